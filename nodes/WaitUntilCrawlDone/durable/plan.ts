import type { IExecuteFunctions } from 'n8n-workflow';

import { InvalidInputError } from '../../shared/identifiers';
import type { SavedWait } from './savedWait';

/** A node in an execution that parks until the wait is over, or until the next check. */
export interface ParkedNode {
	executionId: string;
	nodeName: string;
}

/** What an execution hands to the one that goes on waiting for it. */
export interface DurablePlan {
	waits: SavedWait[];
	/** Whether the first error ends the wait for all of them. */
	stopOnError: boolean;
	/** For whom it waits: the user's execution first, which has started the next, and so on. */
	parents: ParkedNode[];
	/** How many executions have been lost on the way so far. */
	losses: number;
}

/**
 * The plan that the step before handed on as its only item.
 * @throws {InvalidInputError} when there is none, in a workflow that is not a durable wait's own
 */
export function receivedPlan(context: IExecuteFunctions): DurablePlan {
	const plan: unknown = context.getInputData()[0]?.json;
	if (isPlan(plan)) return plan;
	throw new InvalidInputError(
		'This wait mode is for the executions that the mode Durable starts by itself',
		'Choose the wait mode In This Execution, Check Once or Durable.',
	);
}

function isPlan(value: unknown): value is DurablePlan {
	return typeof value === 'object' && value !== null && 'waits' in value && 'parents' in value;
}
