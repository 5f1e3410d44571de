import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { errorText } from '../../shared/nodeError';
import { onOutputs, OUTCOMES, type ItemOutcome, type ItemResult } from '../outputs';
import type { ParentExecution } from './plan';

/** Where n8n has the error output of the user's node, when that is switched on. */
const ERROR_OUTPUT = OUTCOMES.length;

/**
 * What the user's node lets out when n8n resumes it. n8n forwards it as it stands, so the errors
 * have to be where n8n would put them otherwise.
 * @param inputFields of all input items, where they are needed
 * @throws the first error, where n8n stops on errors
 */
export function parentOutputs(
	results: readonly ItemResult[],
	{ onError }: ParentExecution,
	inputFields: readonly IDataObject[],
): INodeExecutionData[][] {
	const errors = results.filter((result) => 'error' in result);
	const [first] = errors;
	if (onError === 'stop' && first !== undefined) throw first.error;

	const outcomes = results.filter((result): result is ItemOutcome => !('error' in result));
	const outputs = onOutputs(outcomes.map(withItemIndex));
	const isApart = onError === 'errorOutput';
	const errorItems = errors.map((error) => ({
		json: { ...(isApart && inputFields[error.itemIndex]), error: errorText(error.error) },
	}));
	if (isApart) outputs[ERROR_OUTPUT] = errorItems;
	else outputs[OUTCOMES.indexOf('stillRunning')]?.push(...errorItems);
	return outputs;
}

/** Behind a resumed node with several items, n8n cannot tell which of them an item came from. */
export function withItemIndex<Result extends ItemResult>(result: Result): Result {
	if ('error' in result) return result;
	const wait = { ...(result.json.wait as object), itemIndex: result.itemIndex };
	return { ...result, json: { ...result.json, wait } };
}
