import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { rerunOnResume } from '../../n8nEngine';
import { showHelper } from '../summary';
import { SUPERVISOR, WATCHER } from '../waitModes';
import { childResult, needFor, startNext } from './chain';
import {
	loadCheckpoint,
	readChildInput,
	saveCheckpoint,
	type Checkpoint,
	type ChildInput,
} from './checkpoint';
import type { WaitSnapshot } from './snapshot';

/**
 * The number of supervisors between the user's execution and the watcher. With only one, an n8n that
 * is killed repeatedly while it starts could lose the watcher, then the supervisor that replaces it,
 * and then the user's execution, which nothing can replace.
 */
const SUPERVISORS = 2;

/**
 * Starts the next supervisor or the watcher, starts a replacement when n8n has lost it, and ends when
 * it has ended. It does nothing else, so that it is rarely running when n8n is killed.
 */
export async function supervise(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const checkpoint = loadCheckpoint(context);
	if (checkpoint === undefined) return await startBelow(context, readChildInput(context));

	const result = await childResult(context, checkpoint);
	if (!('input' in result)) {
		// The result stays in the watcher's checkpoint, where the user's execution reads it.
		if (result.kind === 'givenUp') saveCheckpoint(context, report(checkpoint, result.waits));
		return [];
	}
	// A lost watcher is replaced even if nobody waits any more: the new one may have to cancel the
	// abandoned crawls.
	const isUnneeded =
		result.kind === 'unneeded' && (await needFor(context, checkpoint.parents)) !== 'needed';
	return isUnneeded ? [] : await startBelow(context, result.input);
}

/** What stands for the report of a watcher: there is nothing below that says more. */
function report(checkpoint: Checkpoint, waits: WaitSnapshot[]): Checkpoint {
	const reported: Checkpoint = { ...checkpoint, waits, ending: 'reported' };
	delete reported.child;
	return reported;
}

async function startBelow(
	context: IExecuteFunctions,
	input: ChildInput,
): Promise<INodeExecutionData[][]> {
	const role = input.parents.length < SUPERVISORS ? SUPERVISOR : WATCHER;
	await startNext(context, role, input, context.getNode().parameters);
	showHelper(context, input.parents[0]?.executionId ?? '');
	return rerunOnResume(context);
}
