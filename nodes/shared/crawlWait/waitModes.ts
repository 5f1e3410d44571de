import type { INodeProperties } from 'n8n-workflow';

import { isBlank, readChoice } from '../input';

/** A wait mode: how it makes the checks, and its texts in the editor. */
export interface WaitMode {
	/** The value of the parameter `waitMode`. */
	value: string;
	name: string;
	description: string;
	/** The number of checks of each crawl in one run of the node. */
	maxRounds: number;
	/** The minimum time between two checks, in milliseconds. */
	minGapMs: number;
	/** What happens to the crawls that have not ended then. */
	unfinished: 'none' | 'loopBack' | 'suspend';
}

/**
 * Waits in an execution that is parked between the checks: n8n keeps it in the database with the
 * status `waiting`, and it occupies no worker.
 */
export const DURABLE: WaitMode = {
	value: 'durable',
	name: 'Durable',
	description:
		'Suspend the execution between checks. Shows progress, survives restarts; best for longer crawls.',
	maxRounds: 1,
	// n8n looks for parked executions once a minute: one that parks for less is resumed late.
	minGapMs: 65_000,
	unfinished: 'suspend',
};

/** Waits in a loop of the user's own, one pass at a time. */
const CHECK_ONCE: WaitMode = {
	value: 'checkOnce',
	name: 'Check Once',
	description: "Check once and continue. For loops of your own with n8n's Wait node.",
	maxRounds: 1,
	// n8n's own Wait node keeps an execution in memory for less than 65 seconds, and the items need
	// a moment to get there.
	minGapMs: 70_000,
	unfinished: 'loopBack',
};

/** Waits in the running execution. */
const IN_EXECUTION: WaitMode = {
	value: 'inExecution',
	name: 'In This Execution',
	description:
		'Keep the execution running. Shows no progress; simplest, and best for short crawls.',
	maxRounds: Infinity,
	minGapMs: 0,
	unfinished: 'none',
};

/** The wait modes of a node that is done with a crawl in one run, in the order of the editor. */
export const FINISHING_MODES: readonly WaitMode[] = [DURABLE, IN_EXECUTION];

/** All wait modes, in the order of the editor. */
export const WAIT_MODES: readonly WaitMode[] = [CHECK_ONCE, ...FINISHING_MODES];

/** The node of a helper execution of a durable wait. */
export interface Role {
	/** The hidden value of `waitMode` by which the node knows it. Parked executions hold it. */
	waitMode: string;
	/** What a person reads below the node in n8n's list of executions. Parked executions hold it. */
	nodeName: string;
	workflowName: string;
	/** What it says to whoever finds its execution in n8n's list. */
	note: string;
}

/** Between the user's execution and the watcher; replaces executions that n8n loses. */
export const SUPERVISOR: Role = {
	waitMode: 'durableSupervise',
	nodeName: 'Restart What Is Lost',
	workflowName: 'Durable wait: supervisor',
	note: 'Restarts any part of the wait that n8n loses, for example in a crash',
};

/** Makes the checks. */
export const WATCHER: Role = {
	waitMode: 'durableWatch',
	nodeName: 'Check the Crawls',
	workflowName: 'Durable wait: watcher',
	note: 'Wakes up for each check of the crawls',
};

/** Wakes the user's execution up when somebody has deleted one that it is parked on. */
export const GUARD: Role = {
	waitMode: 'durableGuard',
	nodeName: 'Look for Deleted Executions',
	workflowName: 'Durable wait: guard',
	note: 'Looks whether somebody has deleted an execution of the wait',
};

/** What stands on a sticky note beside the node of a helper execution. */
export function aboutHelper(userExecutionId: string): string {
	return `## Part of a durable wait\n\nThis execution is part of a durable wait of **execution ${userExecutionId}**. To give up, stop that one: this one then ends by itself.\n\nDo not stop or delete this one.`;
}

/** The field *Wait Mode* with the given choices, and what to know about them. */
export function waitModeProperties(modes: readonly WaitMode[]): INodeProperties[] {
	const initial = IN_EXECUTION.value;
	return [
		{
			displayName: 'Wait Mode',
			name: 'waitMode',
			type: 'options',
			noDataExpression: true,
			options: modes.map(({ name, value, description }) => ({ name, value, description })),
			default: initial,
			description: modes.includes(CHECK_ONCE)
				? 'Whether the execution keeps running between checks, is suspended, or continues after one check'
				: 'Whether the execution keeps running between checks or is suspended',
		},
		{
			displayName:
				"Stops waiting after 60 minutes, unless 'Maximum Wait' is set under Options below. Checks at most once a minute. Needs a saved workflow and n8n 2.41 or newer. Adds four helper executions to the executions list.",
			name: 'durableNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { waitMode: [DURABLE.value] } },
		},
	];
}

/**
 * The wait mode that a value of the parameter means; the default where it is empty.
 * @throws {InvalidInputError} when there is none
 */
export function requireWaitMode(value: unknown, modes: readonly WaitMode[]): WaitMode {
	if (isBlank(value)) return IN_EXECUTION;
	const chosen = readChoice(value, 'Wait Mode', modes);
	return modes.find((mode) => mode.value === chosen) ?? IN_EXECUTION;
}
