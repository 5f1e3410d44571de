import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import {
	isStarting,
	parkAfterStartMs,
	rerunOnResume,
	startChild,
	type ParkedNode,
} from '../../n8nEngine';
import { systemClock } from '../../node/systemClock';
import { deadlineAt } from '../../waiting/wait';
import type { ItemWait } from '../input';
import { showHelper } from '../summary';
import { aboutHelper, GUARD } from '../waitModes';
import { isIntact } from './chain';
import { childWorkflowOnly } from './checkpoint';

/*
 * n8n resumes what is parked on an execution when that has ended, but not when somebody has deleted
 * it. So the user's execution is parked on a second one, the guard, which ends when it finds that
 * something is missing. It looks seldom, as it hardly ever finds anything, and is hardly ever overdue
 * when n8n starts: what is resumed then can be lost, and would wake the user's execution for nothing.
 */

/** The least and the most time between two looks. */
const SHORTEST_MS = 5 * 60_000;
const LONGEST_MS = 60 * 60_000;

/** So long after the latest deadline, a wait should be over. */
const OVERTIME_MS = 5 * 60_000;

/** What the user's execution hands to its guard. */
interface GuardInput {
	/** The supervisor that the user's execution is parked on. */
	supervisor: ParkedNode;
	/** The user's execution. */
	waitOf: string;
	/** When the last of the waits has to be over, in milliseconds since the epoch. */
	deadline: number;
}

/**
 * Starts a guard, on which n8n parks this execution as well. Without one, the wait goes on all the same.
 * @param parameters as for the other helpers
 */
export async function startGuard(
	context: IExecuteFunctions,
	supervisor: ParkedNode,
	parameters: INodeParameters,
	items: readonly ItemWait[],
): Promise<void> {
	const { waitMode, nodeName, workflowName, note } = GUARD;
	const waitOf = context.getExecutionId();
	const deadline = Math.max(...items.map(({ wait }) => deadlineAt(wait.state, wait.policy)));
	try {
		await startChild(
			context,
			{
				name: nodeName,
				workflowName,
				parameters: { ...parameters, waitMode },
				note,
				about: aboutHelper(waitOf),
				resumes: 'whenParkedOn',
			},
			{ supervisor, waitOf, deadline } satisfies GuardInput,
		);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.warn(`A durable wait goes on without a guard: ${reason}`);
	}
}

/** Parks, and looks at each wake-up whether the executions of the wait are still there. */
export async function guard(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const input = readGuardInput(context);
	const state = context.getContext('node');
	const isFirstRun = state[STARTED] !== true;
	state[STARTED] = true;
	showHelper(context, input.waitOf);
	if (!isFirstRun && isStarting()) return await park(context, parkAfterStartMs(Math.random()));
	if (!isFirstRun && !(await isIntact(context, input.supervisor))) return [];
	const untilOver = input.deadline + OVERTIME_MS - systemClock.now();
	return await park(context, Math.min(LONGEST_MS, Math.max(SHORTEST_MS, untilOver)));
}

const STARTED = 'started';

async function park(context: IExecuteFunctions, ms: number): Promise<INodeExecutionData[][]> {
	await context.putExecutionToWait(new Date(systemClock.now() + ms));
	return rerunOnResume(context);
}

function readGuardInput(context: IExecuteFunctions): GuardInput {
	const input: unknown = context.getInputData()[0]?.json;
	if (isGuardInput(input)) return input;
	throw childWorkflowOnly();
}

function isGuardInput(value: unknown): value is GuardInput {
	return typeof value === 'object' && value !== null && 'supervisor' in value;
}
