import type {
	IConnections,
	IExecuteData,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	IRunData,
	IRunExecutionData,
} from 'n8n-workflow';

import { AdvisedError } from '../errors';

/** Fields of a node's context that n8n does not declare. */
interface EngineContext {
	readonly runExecutionData?: IRunExecutionData | null;
	readonly workflow?: { connectionsBySourceNode?: IConnections };
	readonly additionalData?: {
		hooks?: { addHandler?: (hook: 'nodeExecuteAfter', handler: () => void) => void };
	};
}

/**
 * What the engine still has to run, and what it has run.
 * @throws {AdvisedError} when they are not where they are looked for
 */
export function requireEngineData({ runExecutionData }: IExecuteFunctions & EngineContext): {
	stack: IExecuteData[];
	runData: IRunData;
} {
	const stack = runExecutionData?.executionData?.nodeExecutionStack;
	const runData = runExecutionData?.resultData.runData;
	if (stack !== undefined && runData !== undefined) return { stack, runData };
	throw new AdvisedError(
		'Durable mode does not support this version of n8n',
		"Set 'Wait Mode' to 'In This Execution', or update the package of this node.",
	);
}

/**
 * Which run of the node in its execution this is, counted from 0: a further pass of a loop is another
 * run, while *Retry On Fail* and {@link rerunOnResume} repeat one.
 */
export function runIndexOf(context: IExecuteFunctions & EngineContext): number {
	const earlier = context.runExecutionData?.resultData.runData[context.getNode().name] ?? [];
	return context.getExecuteData().runIndex ?? earlier.length;
}

/**
 * Makes n8n run this node again, with the same input, when it resumes the execution that is about to
 * park. Normally n8n skips a parked node and sends its input, or the outputs of the sub-execution it
 * was parked on, to its outputs (core: `execution-engine/workflow-execute.js`,
 * cli: `wait-tracker.js`). So that data is removed here, and a second entry for the node is put on
 * the stack behind the first. The first has no output at all, not even an empty one: in the legacy
 * execution order, n8n passes an empty output to a Merge node. State that the node needs later
 * belongs in its context.
 * @param shown what n8n shows as the node's first output until it is resumed; it is sent nowhere
 * @returns the node's outputs for now
 */
export function rerunOnResume(
	context: IExecuteFunctions & EngineContext,
	shown: INodeExecutionData[] = [],
): INodeExecutionData[][] {
	const { stack } = requireEngineData(context);
	const parked = context.getExecuteData();
	const { node, data, source } = parked;
	// The second run replaces the skipped one in the data that n8n shows and saves.
	const runIndex = runIndexOf(context);
	stack.unshift({ node, data, source, runIndex });

	parked.data = { main: [] };
	const settings = { ...node, alwaysOutputData: false, continueOnFail: false };
	const onResume: INode = { ...settings, onError: onErrorOfSubExecution(context, node) };
	parked.node = { ...settings, onError: 'stopWorkflow' };
	afterNode(context, () => {
		parked.node = onResume;
	});
	return shown.length === 0 ? [] : [shown];
}

/**
 * Does something when n8n has shown what the node gave, and before it saves the execution: an error
 * output that the node had before would be shown as a branch too many (core:
 * `execution-engine/workflow-execute.js`, `execution-lifecycle-hooks.js`). Where that cannot be, it
 * does it at once.
 */
function afterNode({ additionalData }: EngineContext, act: () => void): void {
	const hooks = additionalData?.hooks;
	if (hooks?.addHandler === undefined) act();
	else hooks.addHandler('nodeExecuteAfter', act);
}

/**
 * What is to become of an error of the sub-execution. It must not stop this one, nor start a branch,
 * since the node sees for itself what has happened. On an error output that is not there it is lost,
 * at the price of empty outputs; where those or the error would go on to somebody, only stopping is
 * safe.
 */
function onErrorOfSubExecution(
	context: IExecuteFunctions & EngineContext,
	{ name, onError }: INode,
): NonNullable<INode['onError']> {
	const outputs = context.workflow?.connectionsBySourceNode?.[name]?.main ?? [];
	if (outputs.length === 0) return 'continueRegularOutput';
	const isLegacyOrder = context.getWorkflowSettings().executionOrder !== 'v1';
	const leadsToLaterInput = outputs.flat().some((connection) => (connection?.index ?? 0) > 0);
	const wouldGoOn = onError === 'continueErrorOutput' || (isLegacyOrder && leadsToLaterInput);
	return wouldGoOn ? 'stopWorkflow' : 'continueErrorOutput';
}
