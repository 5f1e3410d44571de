import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import {
	isParked,
	readExecution,
	startChild,
	wasKilled,
	wasStoppedByUser,
	type ParkedNode,
} from '../../n8nEngine';
import { aboutHelper, WATCHER, type Role } from '../waitModes';
import {
	checkpointIn,
	saveCheckpoint,
	type Checkpoint,
	type ChildInput,
	type SavedItemError,
} from './checkpoint';
import { givenUp, stopped, type WaitSnapshot } from './snapshot';

/*
 * The executions of a durable wait form a chain, each parked on the next: the user's, the
 * supervisors, the watcher. n8n resumes one when the next has ended or was lost.
 */

/** The names of the watcher's node, also in the executions that version 0.1.0 has parked. */
const WATCHER_NAMES = [WATCHER.nodeName, 'Watch'];

/** In a long wait n8n can lose an execution now and then, but not so many. */
const MAX_RESTARTS = 50;

/** When n8n was killed in so many checks in a row, it is the check that brings it down. */
const MAX_KILLED_IN_ROW = 5;

/**
 * Starts the next execution of the chain, on which n8n then parks this one. The caller makes the node
 * run again when that has ended, with the started execution in its checkpoint.
 * @param parameters the node's parameters that are the same for all items, without expressions
 * @param itemErrors of items that do not wait
 */
export async function startNext(
	context: IExecuteFunctions,
	{ waitMode, nodeName, workflowName, note }: Role,
	input: ChildInput,
	parameters: INodeParameters,
	itemErrors: SavedItemError[] = [],
): Promise<ParkedNode> {
	const self = { executionId: context.getExecutionId(), nodeName: context.getNode().name };
	const parents = [...input.parents, self];
	const [user = self] = parents;
	const child = await startChild(
		context,
		{
			name: nodeName,
			workflowName,
			parameters: { ...parameters, waitMode },
			note,
			about: aboutHelper(user.executionId),
			resumes: 'now',
		},
		{ ...input, parents } satisfies ChildInput,
	);
	saveCheckpoint(context, { ...input, itemErrors, child });
	return child;
}

/**
 * Why n8n has resumed an execution that was parked on another one:
 * - `over`: all waits have ended
 * - `givenUp`: no wait is continued, although not all have ended
 * - `lost`: n8n has lost an execution; another one has to continue from the last saved state
 * - `unneeded`: the watcher ended without a result, because it found that nobody waited for it
 */
export type ChildResult =
	| { kind: 'over' | 'givenUp'; waits: WaitSnapshot[] }
	| { kind: 'lost' | 'unneeded'; input: ChildInput };

/** Finds out how the waits ended that an execution had passed to its child. */
export async function childResult(
	context: IExecuteFunctions,
	own: Checkpoint,
): Promise<ChildResult> {
	const below = own.child ? await traceOf(context, own.child) : NO_TRACE;
	const { waits, stopOnError, restarts, killedInRow = 0, ending } = below.checkpoint ?? own;
	if (ending === 'reported') return { kind: 'over', waits };
	if (below.wasStopped) return { kind: 'over', waits: waits.map(stopped) };
	// When a supervisor was lost, nothing is known about the watcher.
	const isKill = WATCHER_NAMES.includes(own.child?.nodeName ?? '') && below.wasKilled;
	const killed = killedInRow + (isKill ? 1 : 0);
	if (restarts >= MAX_RESTARTS || killed >= MAX_KILLED_IN_ROW) {
		return { kind: 'givenUp', waits: waits.map(givenUp) };
	}
	return {
		kind: ending ?? 'lost',
		input: {
			waits,
			stopOnError,
			parents: own.parents,
			restarts: restarts + 1,
			killedInRow: killed,
		},
	};
}

/** The saved data of an execution and of those that it was parked on. */
interface Trace {
	/** The checkpoint furthest down the chain. */
	checkpoint?: Checkpoint | undefined;
	/** Whether a person stopped one of them. */
	wasStopped: boolean;
	/** Whether the first of them ran when n8n was killed, should it have been lost. */
	wasKilled: boolean;
}

const NO_TRACE: Trace = { wasStopped: false, wasKilled: false };

async function traceOf(
	context: IExecuteFunctions,
	{ executionId, nodeName }: ParkedNode,
): Promise<Trace> {
	const data = await readExecution(context, executionId);
	const checkpoint = checkpointIn(data, nodeName);
	const below = checkpoint?.child ? await traceOf(context, checkpoint.child) : null;
	return {
		checkpoint: below?.checkpoint ?? checkpoint,
		wasStopped: (below?.wasStopped ?? false) || wasStoppedByUser(data),
		wasKilled: wasKilled(data),
	};
}

/**
 * Whether the execution that this node's user is parked on still waits, and n8n still has all that it
 * is parked on in its turn. What n8n loses of them, it finds by itself, but not what a person deletes.
 */
export async function isIntact(
	context: IExecuteFunctions,
	{ executionId, nodeName }: ParkedNode,
): Promise<boolean> {
	const data = await readExecution(context, executionId);
	if (!isParked(data)) return false;
	const child = checkpointIn(data, nodeName)?.child;
	return child === undefined || (await isThere(context, child));
}

async function isThere(
	context: IExecuteFunctions,
	{ executionId, nodeName }: ParkedNode,
): Promise<boolean> {
	const data = await readExecution(context, executionId);
	if (data === undefined) return false;
	const child = checkpointIn(data, nodeName)?.child;
	return child === undefined || (await isThere(context, child));
}

/**
 * Whether an execution is still waited for:
 * - `needed`: all that it was started for are parked, each on the next
 * - `superseded`: one of them has ended, or started another one in place of the next
 * - `abandoned`: the user's execution was stopped, has ended or is gone
 */
export type Need = 'needed' | 'superseded' | 'abandoned';

/** @param parents the executions that this one was started for, the user's first */
export async function needFor(
	context: IExecuteFunctions,
	parents: readonly ParkedNode[],
): Promise<Need> {
	const ids = [...parents.map(({ executionId }) => executionId), context.getExecutionId()];
	for (const [index, { executionId, nodeName }] of parents.entries()) {
		const data = await readExecution(context, executionId);
		if (!isParked(data)) return index === 0 ? 'abandoned' : 'superseded';
		const child = checkpointIn(data, nodeName)?.child;
		if (child?.executionId !== ids[index + 1]) return 'superseded';
	}
	return 'needed';
}
