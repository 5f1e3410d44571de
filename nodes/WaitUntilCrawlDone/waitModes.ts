import type { INodeProperties } from 'n8n-workflow';

import { InvalidInputError } from '../shared/errors';

/** How a wait mode drives the checks, and what the editor says of it. */
export interface WaitMode {
	/** The value of the parameter `waitMode`. */
	value: string;
	name: string;
	description: string;
	/** After how many checks of each crawl to let go of it. */
	maxRounds: number;
	/** The least time between two checks, in milliseconds. */
	minGapMs: number;
	/** What becomes of the crawls that are let go of before they have ended. */
	unfinished: 'none' | 'loopBack' | 'suspend';
}

/** Waits in an execution that is parked between the checks. */
export const DURABLE: WaitMode = {
	value: 'durable',
	name: 'Durable',
	description:
		'Parks this execution, which then costs no memory and survives restarts; for long crawls',
	maxRounds: 1,
	// n8n looks for parked executions every minute: one that parks for less comes back late.
	minGapMs: 65_000,
	unfinished: 'suspend',
};

/** In the order of the editor. */
const WAIT_MODES: readonly WaitMode[] = [
	{
		value: 'checkOnce',
		name: 'Check Once',
		description: 'Checks once and lets go; for a loop through a Wait node',
		maxRounds: 1,
		// n8n's own Wait node keeps an execution in memory for less than 65 seconds, and the items need
		// a moment to get there.
		minGapMs: 70_000,
		unfinished: 'loopBack',
	},
	DURABLE,
	{
		value: 'inExecution',
		name: 'In This Execution',
		description: 'Keeps this execution running until the crawls have ended',
		maxRounds: Infinity,
		minGapMs: 0,
		unfinished: 'none',
	},
];

/** A node of the executions that a durable wait starts by itself. */
export interface Role {
	/** The hidden value of `waitMode` by which the node knows it. Parked executions hold it. */
	waitMode: string;
	nodeName: string;
	workflowName: string;
}

/** Stands between the user's execution and the watcher, and replaces what n8n loses. */
export const SUPERVISOR: Role = {
	waitMode: 'durableSupervise',
	nodeName: 'Supervise',
	workflowName: 'Durable wait: supervisor',
};

/** Makes the checks. */
export const WATCHER: Role = {
	waitMode: 'durableWatch',
	nodeName: 'Watch',
	workflowName: 'Durable wait: watcher',
};

export const waitModeProperties: INodeProperties[] = [
	{
		displayName: 'Wait Mode',
		name: 'waitMode',
		type: 'options',
		noDataExpression: true,
		options: WAIT_MODES.map(({ name, value, description }) => ({ name, value, description })),
		default: 'inExecution',
		description: 'How to wait',
	},
	{
		displayName:
			'Checks are at least 65 seconds apart. The workflow has to be saved, and n8n 2.41 or newer.',
		name: 'durableNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { waitMode: [DURABLE.value] } },
	},
];

/**
 * The wait mode of the given value.
 * @throws {InvalidInputError} when there is none
 */
export function requireWaitMode(value: string): WaitMode {
	const mode = WAIT_MODES.find((candidate) => candidate.value === value);
	if (mode !== undefined) return mode;
	throw new InvalidInputError(
		`There is no wait mode "${value}"`,
		`Choose one of: ${WAIT_MODES.map((candidate) => candidate.value).join(', ')}.`,
	);
}
