import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { SUPERVISE, WATCH } from './childWorkflow';
import { delegate, outcomeOf } from './delegate';
import { recall } from './memory';
import { receivedPlan } from './plan';

/**
 * How many supervisors stand between the user's execution and the watcher. With one, an n8n that is
 * killed again and again while it starts could lose the watcher, then the supervisor that replaces
 * it, and then the user's execution, which nothing can replace.
 */
const SUPERVISORS = 2;

/**
 * Starts the next supervisor or the watcher, and another one when n8n has lost it; ends with the last
 * of them. It does nothing else, so that it is hardly ever running at the moment when n8n is killed.
 */
export async function supervise(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const memory = recall(context);
	const outcome = memory
		? await outcomeOf(context, memory)
		: { kind: 'lost' as const, plan: receivedPlan(context) };
	// What the watcher reports stays where it is: the user's execution finds it there.
	if (outcome.kind !== 'lost') return [[]];
	const { plan } = outcome;
	const step = plan.parents.length < SUPERVISORS ? SUPERVISE : WATCH;
	return await delegate(context, step, plan, context.getNode().parameters);
}
