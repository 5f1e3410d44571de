import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { SUPERVISOR, WATCHER } from '../waitModes';
import { childResult, needFor, startNext } from './chain';
import { loadCheckpoint, readChildInput, type ChildInput } from './checkpoint';

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
	const checkpoint = loadCheckpoint(context);
	if (checkpoint === undefined) return await startBelow(context, readChildInput(context));

	const result = await childResult(context, checkpoint);
	// What the watcher reports stays where it is: the user's execution finds it there.
	if (result.kind === 'over') return [[]];
	// A watcher that is merely lost is replaced even so: the next one sees to what an abandoned wait
	// leaves to be done.
	const isUnneeded =
		result.kind === 'unneeded' && (await needFor(context, checkpoint.parents)) !== 'needed';
	return isUnneeded ? [[]] : await startBelow(context, result.input);
}

async function startBelow(
	context: IExecuteFunctions,
	input: ChildInput,
): Promise<INodeExecutionData[][]> {
	const role = input.parents.length < SUPERVISORS ? SUPERVISOR : WATCHER;
	return await startNext(context, role, input, context.getNode().parameters);
}
