import type { IExecuteFunctions, INode } from 'n8n-workflow';

/** How n8n names the type of a node that an AI agent uses as a tool (cli: `node-types.js`). */
export function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}

/**
 * Turns *Always Output Data* off for this run of the node. The engine reads the setting from the
 * execution's copy of the node after the node has run; the workflow itself stays as it is
 * (core: `execution-engine/workflow-execute.js`).
 * @returns whether it was on
 */
export function turnOffAlwaysOutputData(context: IExecuteFunctions): boolean {
	const executeData = context.getExecuteData();
	if (executeData.node.alwaysOutputData !== true) return false;
	executeData.node = { ...executeData.node, alwaysOutputData: false };
	return true;
}

/** A field of a node's context that n8n does not declare. */
interface TimedContext {
	readonly additionalData?: { executionTimeoutTimestamp?: number };
}

/**
 * When n8n ends this execution by a timeout, that of the workflow or that of all workflows
 * (cli: `workflow-runner.js`, `workflow-execute-additional-data.js`).
 * @returns milliseconds since the epoch; `Infinity` if there is none
 */
export function timeoutOf({ additionalData }: IExecuteFunctions & TimedContext): number {
	return additionalData?.executionTimeoutTimestamp ?? Infinity;
}

/**
 * Whether n8n responds to the HTTP request that started this execution with the output of the last
 * node. It responds as soon as the execution parks, with HTTP 500 if the first output of the parked
 * node is empty (cli: `webhooks/webhook-last-node-response-extractor.js`).
 */
export function respondsWithLastNode(context: IExecuteFunctions): boolean {
	if (context.getMode() !== 'webhook') return false;
	return context
		.getParentNodes(context.getNode().name, { includeNodeParameters: true })
		.some(({ parameters }) => parameters?.responseMode === 'lastNode');
}
