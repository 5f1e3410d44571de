import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorText, type NodeError } from '../shared/nodeError';

/** The node's outputs, in the order of its description. */
export const OUTCOMES = ['succeeded', 'failed', 'cancelled', 'stillRunning'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** One input item whose job could not be looked up, or whose wait ended in an error. */
export interface ItemError {
	itemIndex: number;
	error: NodeError;
}

/** One input item whose wait has come to an end that a branch stands for. */
export interface ItemOutcome {
	itemIndex: number;
	outcome: Outcome;
	json: IDataObject;
}

/** What comes of one input item. */
export type ItemResult = ItemOutcome | ItemError;

/**
 * Puts results on the node's outputs. Where n8n goes on after errors, they stand on the last
 * output, so that none is taken for an outcome; with "Continue (using error output)", n8n moves
 * them to the error output by itself.
 * @throws the first error, where n8n stops on errors
 */
export function route(
	context: IExecuteFunctions,
	results: readonly ItemResult[],
): INodeExecutionData[][] {
	keepEmptyOutputsEmpty(context);
	showSummary(context, results);
	const outputs: INodeExecutionData[][] = OUTCOMES.map(() => []);
	// An AI agent that uses the node as a tool is shown the first output only.
	const isTool = context.getNode().type.endsWith('Tool');
	for (const result of [...results].sort((a, b) => a.itemIndex - b.itemIndex)) {
		const pairedItem = { item: result.itemIndex };
		if ('error' in result) {
			if (!context.continueOnFail()) throw result.error;
			const json = { error: errorText(result.error) };
			outputs[isTool ? 0 : OUTCOMES.indexOf('stillRunning')]?.push({ json, pairedItem });
		} else {
			const output = isTool ? 0 : OUTCOMES.indexOf(result.outcome);
			outputs[output]?.push({ json: result.json, pairedItem });
		}
	}
	return outputs;
}

/**
 * "Always Output Data" would put an empty item on the first output whenever that is empty, and so
 * start the Success branch after a failure. The engine reads the setting from the execution's copy
 * of the node after the node has run; the workflow itself stays as it is.
 */
function keepEmptyOutputsEmpty(context: IExecuteFunctions): void {
	const executeData = context.getExecuteData();
	if (executeData.node.alwaysOutputData !== true) return;
	executeData.node = { ...executeData.node, alwaysOutputData: false };
	context.addExecutionHints({
		message: '"Always Output Data" has no effect here: it would start Success after a failure.',
		type: 'warning',
		location: 'outputPane',
	});
}

const OUTCOME_WORDS: Readonly<Record<Outcome | 'error', string>> = {
	succeeded: 'succeeded',
	failed: 'failed',
	cancelled: 'cancelled',
	stillRunning: 'still running',
	error: 'could not be checked',
};

function showSummary(context: IExecuteFunctions, results: readonly ItemResult[]): void {
	const outcomes = results.map((result) => ('error' in result ? 'error' : result.outcome));
	const parts = ([...OUTCOMES, 'error'] as const).flatMap((outcome) => {
		const count = outcomes.filter((candidate) => candidate === outcome).length;
		return count === 0 ? [] : [`${count} ${OUTCOME_WORDS[outcome]}`];
	});
	if (parts.length === 0) return;
	context.addExecutionHints({
		message: `Crawls: ${parts.join(', ')}`,
		type: 'info',
		location: 'outputPane',
	});
}
