import type { IExecuteFunctions, IRunExecutionData } from 'n8n-workflow';

import { InvalidInputError } from '../../shared/errors';
import { savedContext, type ParkedNode } from '../../shared/n8nEngine';
import type { WaitSnapshot } from './snapshot';

/** What an execution hands to the one that goes on waiting for it. */
export interface ChildInput {
	/** The waits as they stood last. */
	waits: WaitSnapshot[];
	/** Whether the first error ends the wait for all of them. */
	stopOnError: boolean;
	/** For whom it waits: the user's execution first, which has started the next, and so on. */
	parents: ParkedNode[];
	/** How often n8n has lost an execution of this wait so far. */
	restarts: number;
}

/** One input item that never had a wait, since what it says cannot be read. */
export interface SavedItemError {
	itemIndex: number;
	message: string;
	advice: string;
}

/** The record that a node of a durable wait keeps in its execution, from one run of it to the next. */
export interface Checkpoint extends ChildInput {
	/** The execution it was written in. One that retries another has a copy of its context. */
	executionId: string;
	/** The node and execution that it is parked on. */
	child?: ParkedNode;
	/** Of items of the user's node; they go no further. */
	itemErrors?: SavedItemError[];
	/**
	 * Of a watcher that has ended by itself: `reported` when the waits are over and stand here,
	 * `unneeded` when it found that nobody waited for it any more.
	 */
	ending?: 'reported' | 'unneeded';
}

/** Where the record stands in the node's context. */
const CONTEXT_KEY = 'durable';

/** What this node has kept in this execution. */
export function loadCheckpoint(context: IExecuteFunctions): Checkpoint | undefined {
	const checkpoint = upToDate(context.getContext('node')[CONTEXT_KEY]);
	return checkpoint?.executionId === context.getExecutionId() ? checkpoint : undefined;
}

export function saveCheckpoint(
	context: IExecuteFunctions,
	checkpoint: Omit<Checkpoint, 'executionId'>,
): void {
	const executionId = context.getExecutionId();
	context.getContext('node')[CONTEXT_KEY] = { ...checkpoint, executionId };
}

export function clearCheckpoint(context: IExecuteFunctions): void {
	delete context.getContext('node')[CONTEXT_KEY];
}

/** What a node has kept in a saved execution. */
export function checkpointIn(
	data: IRunExecutionData | undefined,
	nodeName: string,
): Checkpoint | undefined {
	return upToDate(savedContext(data, nodeName, CONTEXT_KEY));
}

/** The record as version 0.1.0 has written it: an execution can be parked while the package is updated. */
interface CheckpointOf010 {
	executionId: string;
	plan: Omit<ChildInput, 'restarts'> & { losses: number };
	child?: ParkedNode;
	errors?: SavedItemError[];
	report?: WaitSnapshot[];
	obsoleteFrom?: number;
}

function upToDate(saved: unknown): Checkpoint | undefined {
	if (typeof saved !== 'object' || saved === null) return undefined;
	return 'plan' in saved ? convert010(saved as CheckpointOf010) : (saved as Checkpoint);
}

function convert010(saved: CheckpointOf010): Checkpoint {
	const { executionId, plan, child, errors, report, obsoleteFrom } = saved;
	const { waits, stopOnError, parents, losses } = plan;
	return {
		executionId,
		waits: report ?? waits,
		stopOnError,
		parents,
		restarts: losses,
		...(child && { child }),
		...(errors && { itemErrors: errors }),
		...(obsoleteFrom !== undefined && { ending: 'unneeded' }),
		...(report && { ending: 'reported' }),
	};
}

/**
 * What the execution that started this one has handed to it, as the only input item.
 * @throws {InvalidInputError} when there is none, in a workflow that is not a durable wait's own
 */
export function readChildInput(context: IExecuteFunctions): ChildInput {
	const input: unknown = context.getInputData()[0]?.json;
	if (isChildInput(input)) return input;
	throw new InvalidInputError(
		'This wait mode is for the executions that the mode Durable starts by itself',
		'Choose the wait mode In This Execution, Check Once or Durable.',
	);
}

function isChildInput(value: unknown): value is ChildInput {
	return typeof value === 'object' && value !== null && 'waits' in value && 'parents' in value;
}
