import type { IExecuteFunctions, IRunExecutionData } from 'n8n-workflow';

import { InvalidInputError } from '../../shared/identifiers';
import type { SavedWait } from './savedWait';

/** What a user's execution hands to the supervisor of its wait, and that to the watcher. */
export interface DurablePlan {
	waits: SavedWait[];
	/** Items that never had a wait, since what they say cannot be read. */
	errors: SavedItemError[];
	parent: ParentExecution;
	/** How many watchers have ended without a report so far. */
	lostWatchers: number;
}

/** The user's execution, and the node in it that waits. */
export interface ParentExecution {
	executionId: string;
	nodeName: string;
	/** Whether it keeps the fields of its input for the results. */
	keepsInput: boolean;
	/** What the node does with errors of single items; `stop` ends the wait for all of them. */
	onError: 'stop' | 'stillRunning' | 'errorOutput';
}

export interface SavedItemError {
	itemIndex: number;
	message: string;
	advice: string;
}

/**
 * The plan that the step before handed on as its only item.
 * @throws {InvalidInputError} when there is none, in a workflow that is not a durable wait's own
 */
export function receivedPlan(context: IExecuteFunctions): DurablePlan {
	const plan: unknown = context.getInputData()[0]?.json;
	if (!isPlan(plan)) throw foreignWorkflow();
	return plan;
}

/** A step of a durable wait was put into a workflow of somebody's own. */
export function foreignWorkflow(): InvalidInputError {
	return new InvalidInputError(
		'This wait mode is for the executions that the mode Durable starts by itself',
		'Choose the wait mode In This Execution, Check Once or Durable.',
	);
}

function isPlan(value: unknown): value is DurablePlan {
	return typeof value === 'object' && value !== null && 'waits' in value && 'parent' in value;
}

/**
 * What a node keeps in its context, in the saved data of an execution. The way there is n8n's own
 * and undocumented; it is the same that `getContext('node')` takes.
 */
export function savedContext(
	data: IRunExecutionData | undefined,
	nodeName: string,
): Record<string, unknown> {
	return data?.executionData?.contextData[`node:${nodeName}`] ?? {};
}
