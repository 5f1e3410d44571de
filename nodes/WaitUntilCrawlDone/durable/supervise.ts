import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { WATCH } from './childWorkflow';
import { delegate, outcomeOf } from './delegate';
import { recall } from './memory';
import { receivedPlan } from './plan';

/**
 * Starts a watcher, and another one when n8n has lost it; ends with the last of them. It does
 * nothing else, so that it is hardly ever running at the moment when n8n is killed.
 */
export async function supervise(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const memory = recall(context);
	const outcome = memory
		? await outcomeOf(context, memory)
		: { isOver: false as const, plan: receivedPlan(context) };
	// What the watcher reports stays where it is: the user's execution finds it there.
	if (outcome.isOver) return [[]];
	return await delegate(context, WATCH, outcome.plan, context.getNode().parameters);
}
