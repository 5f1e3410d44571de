import {
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { rerunOnResume } from '../../n8nEngine';
import type { ItemWait } from '../input';
import { toOutputs, type ItemError } from '../output';
import { showWaiting } from '../summary';
import type { WaitingNode } from '../waitingNode';
import { SUPERVISOR } from '../waitModes';
import { childResult, startNext } from './chain';
import { endCheckpoint, type Checkpoint, type ChildInput, type SavedItemError } from './checkpoint';
import { startGuard } from './guard';
import { restoreItemWaits, takeSnapshot } from './snapshot';

/**
 * Passes the waits of the user's execution to a supervisor, and parks.
 * @param errors of items that do not wait
 * @param answer what n8n shows as the node's output meanwhile
 */
export async function suspend(
	context: IExecuteFunctions,
	node: WaitingNode,
	items: readonly ItemWait[],
	errors: readonly ItemError[],
	answer: INodeExecutionData[],
): Promise<INodeExecutionData[][]> {
	const input: ChildInput = {
		waits: items.map(takeSnapshot),
		stopOnError: !context.continueOnFail(),
		parents: [],
		restarts: 0,
	};
	const itemErrors = errors.map(saveItemError);
	const parameters = node.helperParameters(context);
	const supervisor = await startNext(context, SUPERVISOR, input, parameters, itemErrors);
	await startGuard(context, supervisor, parameters, items);
	showWaiting(context, items);
	return rerunOnResume(context, answer);
}

/**
 * Continues in the user's execution when n8n has resumed it: puts the items on the outputs, or starts
 * another supervisor when n8n has lost the previous one. When it throws, the checkpoint stays: with
 * *Retry On Fail*, n8n runs the node again at once, and that must not start a new wait.
 */
export async function resume(
	context: IExecuteFunctions,
	waitingNode: WaitingNode,
	checkpoint: Checkpoint,
): Promise<INodeExecutionData[][]> {
	const { itemErrors = [] } = checkpoint;
	const result = await childResult(context, checkpoint);
	if ('input' in result) {
		const { waits } = result.input;
		const parameters = waitingNode.helperParameters(context);
		const supervisor = await startNext(context, SUPERVISOR, result.input, parameters, itemErrors);
		const items = restoreItemWaits(context, waitingNode, waits);
		await startGuard(context, supervisor, parameters, items);
		showWaiting(context, items);
		return rerunOnResume(context);
	}
	const node = context.getNode();
	const outputs = toOutputs(
		context,
		waitingNode,
		restoreItemWaits(context, waitingNode, result.waits),
		itemErrors.map((error) => restoreItemError(node, error)),
	);
	endCheckpoint(context);
	return outputs;
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
