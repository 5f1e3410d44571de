import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import {
	isParked,
	readExecution,
	rerunOnResume,
	startChild,
	wasStoppedByUser,
	type ParkedNode,
} from '../../shared/n8nEngine';
import type { Role } from '../waitModes';
import {
	checkpointIn,
	saveCheckpoint,
	type Checkpoint,
	type ChildInput,
	type SavedItemError,
} from './checkpoint';
import { givenUp, stopped, type WaitSnapshot } from './snapshot';

/*
 * The executions of a durable wait, each parked on the next: the user's, the supervisors, the
 * watcher. n8n resumes one when the next has ended or was lost.
 */

/** When n8n has lost executions so often, it is the check that crashes it. */
const MAX_RESTARTS = 50;

/**
 * Starts the next execution of the chain, and parks this one until that ends. This node then runs
 * again and finds it in its checkpoint.
 * @param parameters the node's parameters that are the same for all items, without expressions
 * @param itemErrors of items that do not wait
 */
export async function startNext(
	context: IExecuteFunctions,
	{ waitMode, nodeName, workflowName }: Role,
	input: ChildInput,
	parameters: INodeParameters,
	itemErrors: SavedItemError[] = [],
): Promise<INodeExecutionData[][]> {
	const self = { executionId: context.getExecutionId(), nodeName: context.getNode().name };
	const child = await startChild(
		context,
		{ name: nodeName, workflowName, parameters: { ...parameters, waitMode } },
		{ ...input, parents: [...input.parents, self] } satisfies ChildInput,
	);
	saveCheckpoint(context, { ...input, itemErrors, child });
	return rerunOnResume(context);
}

/**
 * Why n8n has resumed an execution that was parked on another one:
 * - `over`: each of the waits has come to an end
 * - `lost`: n8n has lost an execution; the waits have to be handed on again, as they stood last
 * - `unneeded`: the same, because the watcher found that nobody waited for it
 */
export type ChildResult =
	| { kind: 'over'; waits: WaitSnapshot[] }
	| { kind: 'lost' | 'unneeded'; input: ChildInput };

/** Finds out what has become of the waits that an execution had handed on. */
export async function childResult(
	context: IExecuteFunctions,
	own: Checkpoint,
): Promise<ChildResult> {
	const below: Trace = own.child ? await traceOf(context, own.child) : { wasStopped: false };
	const { waits, stopOnError, restarts, ending } = below.checkpoint ?? own;
	if (ending === 'reported') return { kind: 'over', waits };
	if (below.wasStopped) return { kind: 'over', waits: waits.map(stopped) };
	if (restarts >= MAX_RESTARTS) return { kind: 'over', waits: waits.map(givenUp) };
	return {
		kind: ending ?? 'lost',
		input: { waits, stopOnError, parents: own.parents, restarts: restarts + 1 },
	};
}

/** What an execution and those that it was parked on have left in their saved data. */
interface Trace {
	/** The one furthest down the chain. */
	checkpoint?: Checkpoint | undefined;
	/** Whether a person stopped one of them. */
	wasStopped: boolean;
}

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
	};
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
