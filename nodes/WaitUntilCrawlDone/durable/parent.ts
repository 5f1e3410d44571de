import {
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
} from 'n8n-workflow';

import { readNodeSettings, type ItemWait } from '../input';
import { toOutputs, type ItemError } from '../output';
import { SUPERVISOR } from '../waitModes';
import { childResult, startNext } from './chain';
import { clearCheckpoint, type Checkpoint, type SavedItemError } from './checkpoint';
import { restoreItemWaits, takeSnapshot } from './snapshot';

/**
 * Hands the waits of the user's execution to a supervisor, and parks.
 * @param errors of items that do not wait
 * @param parameters the node's parameters that are the same for all items, without expressions
 */
export async function suspend(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	errors: readonly ItemError[],
	parameters: INodeParameters,
): Promise<INodeExecutionData[][]> {
	const input = {
		waits: items.map(takeSnapshot),
		stopOnError: !context.continueOnFail(),
		parents: [],
		restarts: 0,
	};
	return await startNext(context, SUPERVISOR, input, parameters, errors.map(saveItemError));
}

/**
 * Goes on in the user's execution when n8n has resumed it: puts what has become of the waits on the
 * outputs, or hands them over again when n8n has lost the supervisor.
 */
export async function resume(
	context: IExecuteFunctions,
	checkpoint: Checkpoint,
): Promise<INodeExecutionData[][]> {
	const { itemErrors = [] } = checkpoint;
	const result = await childResult(context, checkpoint);
	clearCheckpoint(context);
	if (result.kind !== 'over') {
		const { parameters } = await readNodeSettings(context);
		return await startNext(context, SUPERVISOR, result.input, parameters, itemErrors);
	}
	const node = context.getNode();
	return toOutputs(
		context,
		restoreItemWaits(context, result.waits),
		itemErrors.map((error) => restoreItemError(node, error)),
	);
}

function saveItemError({ itemIndex, error }: ItemError): SavedItemError {
	return { itemIndex, message: error.message, advice: error.description ?? '' };
}

function restoreItemError(node: INode, { itemIndex, message, advice }: SavedItemError): ItemError {
	return {
		itemIndex,
		error: new NodeOperationError(node, message, { itemIndex, description: advice }),
	};
}
