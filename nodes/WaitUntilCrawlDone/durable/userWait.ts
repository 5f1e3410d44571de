import {
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
} from 'n8n-workflow';

import { readNodeSettings } from '../nodeSettings';
import type { ItemError } from '../outputs';
import { letOut } from '../result';
import type { WaitingItem } from '../waitingItems';
import { SUPERVISE } from './childWorkflow';
import { delegate, outcomeOf } from './delegate';
import { forget, type DurableMemory, type SavedItemError } from './memory';
import { restoreWaits, saveWait } from './savedWait';

/**
 * Hands the waits of the user's execution to a supervisor, and parks.
 * @param errors of items that do not wait
 * @param parameters the node's parameters that are the same for all items, without expressions
 */
export async function handOver(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
	errors: readonly ItemError[],
	parameters: INodeParameters,
): Promise<INodeExecutionData[][]> {
	const plan = {
		waits: items.map(saveWait),
		stopOnError: !context.continueOnFail(),
		parents: [],
		losses: 0,
	};
	return await delegate(context, SUPERVISE, plan, parameters, errors.map(saveItemError));
}

/**
 * Goes on in the user's execution when n8n has resumed it: lets out what has become of the waits, or
 * hands them over again when n8n has lost the supervisor.
 */
export async function takeBack(
	context: IExecuteFunctions,
	memory: DurableMemory,
): Promise<INodeExecutionData[][]> {
	const { errors = [] } = memory;
	const outcome = await outcomeOf(context, memory);
	forget(context);
	if (outcome.kind !== 'over') {
		const { parameters } = await readNodeSettings(context);
		return await delegate(context, SUPERVISE, outcome.plan, parameters, errors);
	}
	const node = context.getNode();
	return letOut(
		context,
		restoreWaits(context, outcome.waits),
		errors.map((error) => restoreItemError(node, error)),
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
