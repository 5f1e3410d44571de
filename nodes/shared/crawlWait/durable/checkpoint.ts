import type { IExecuteFunctions, IRunExecutionData } from 'n8n-workflow';

import { InvalidInputError } from '../../errors';
import { savedContext, setSavedContext, type ParkedNode } from '../../n8nEngine';
import { currentRun, isCurrentRun, type NodeRun } from '../currentRun';
import type { WaitSnapshot } from './snapshot';

/** What an execution passes to the one that continues the wait. */
export interface ChildInput {
	/** The latest states of the waits. */
	waits: WaitSnapshot[];
	/** Whether the first error ends the wait for all of them. */
	stopOnError: boolean;
	/** The executions above it: the user's first, then the one that it started, and so on. */
	parents: ParkedNode[];
	/** How often an execution of this wait had to be replaced so far. */
	restarts: number;
	/**
	 * How many watchers have been killed, one after the other, without a check that was finished;
	 * version 0.1.0 did not count them.
	 */
	killedInRow?: number;
}

/** One input item without a wait, because its parameters are invalid. */
export interface SavedItemError {
	itemIndex: number;
	message: string;
	advice: string;
}

/** The record that a node of a durable wait keeps in its execution between its runs. */
export interface Checkpoint extends ChildInput {
	/** The execution it was written in. A retried execution has a copy of the context. */
	executionId: string;
	/** The node and execution that it is parked on. */
	child?: ParkedNode;
	/** Of items of the user's node; they stay in its execution. */
	itemErrors?: SavedItemError[];
	/** How often a watcher has woken up; version 0.1.0 did not count that. */
	wakeUps?: number;
	/** Of a watcher: when it has last looked whether somebody still waits, in milliseconds since the epoch. */
	lookedAt?: number;
	/** Of a watcher: when it has parked, in milliseconds since the epoch. */
	parkedAt?: number;
	/** Of a watcher: how many checks calls of the resume address have brought about. */
	woken?: number;
	/** Whether such a call is why n8n resumes the watcher. */
	isWoken?: boolean;
	/**
	 * Of a watcher that has ended normally: `reported` when the waits are over and saved here,
	 * `unneeded` when it found that nobody waited for it any more. A supervisor that gives the waits up
	 * is `reported` as well.
	 */
	ending?: 'reported' | 'unneeded';
}

/** The key of the record in the node's context. */
const CONTEXT_KEY = 'durable';

/** The checkpoint of this node in this execution. */
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

/** The checkpoint of a wait that is over, for the tries of *Retry On Fail* after it. */
interface EndedCheckpoint extends NodeRun {
	checkpoint: Checkpoint;
}

const ENDED_KEY = 'durableEnded';

/** Ends the wait of this node: nobody takes it for one that goes on. */
export function endCheckpoint(context: IExecuteFunctions): void {
	const record = context.getContext('node');
	const checkpoint = loadCheckpoint(context);
	const ended: EndedCheckpoint | undefined = checkpoint && { ...currentRun(context), checkpoint };
	if (ended !== undefined && context.getNode().retryOnFail === true) record[ENDED_KEY] = ended;
	delete record[CONTEXT_KEY];
}

/** The checkpoint of a wait that has ended in this very run of the node. */
export function loadEndedCheckpoint(context: IExecuteFunctions): Checkpoint | undefined {
	const ended = context.getContext('node')[ENDED_KEY] as EndedCheckpoint | undefined;
	return ended && isCurrentRun(context, ended) ? ended.checkpoint : undefined;
}

/** The checkpoint of a node in a saved execution. */
export function checkpointIn(
	data: IRunExecutionData | undefined,
	nodeName: string,
): Checkpoint | undefined {
	return upToDate(savedContext(data, nodeName, CONTEXT_KEY));
}

/** Changes the checkpoint of a node in the data of an execution that n8n is about to resume. */
export function updateCheckpoint(
	data: IRunExecutionData,
	nodeName: string,
	checkpoint: Checkpoint,
): void {
	setSavedContext(data, nodeName, CONTEXT_KEY, checkpoint);
}

/** The record of version 0.1.0: an execution can be parked while the package is updated. */
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
 * The input from the execution that started this one, its only input item.
 * @throws {InvalidInputError} when there is none, in a workflow that is not a durable wait's own
 */
export function readChildInput(context: IExecuteFunctions): ChildInput {
	const input: unknown = context.getInputData()[0]?.json;
	if (isChildInput(input)) return input;
	throw childWorkflowOnly();
}

/** The error of a wait mode that stands outside the executions of a durable wait. */
export function childWorkflowOnly(): InvalidInputError {
	return new InvalidInputError(
		'This wait mode is reserved for the executions that Durable mode starts',
		"Set 'Wait Mode' to 'In This Execution', 'Check Once' or 'Durable'.",
	);
}

function isChildInput(value: unknown): value is ChildInput {
	return typeof value === 'object' && value !== null && 'waits' in value && 'parents' in value;
}
