import { InvalidInputError } from '../shared/identifiers';

/** How a wait mode drives the checks. */
export interface WaitMode {
	/** After how many checks of each crawl to let go of it. */
	maxRounds: number;
	/** The least time between two checks, in milliseconds. */
	minGapMs: number;
	/** Whether the wait goes on from what an earlier pass saved. */
	goesOn: boolean;
}

/** The wait modes by their values of the parameter `waitMode`. */
const WAIT_MODES: Readonly<Record<string, WaitMode>> = {
	/** Checks in this process until every crawl has come to an end. */
	inExecution: { maxRounds: Infinity, minGapMs: 0, goesOn: false },
	/**
	 * Checks once, for a loop through n8n's own Wait node. That keeps an execution in memory for less
	 * than 65 seconds, and the items need a moment to get there.
	 */
	checkOnce: { maxRounds: 1, minGapMs: 70_000, goesOn: true },
};

/**
 * The wait mode with the given name.
 * @throws {InvalidInputError} when this version has no such mode
 */
export function requireWaitMode(name: string): WaitMode {
	const mode = Object.hasOwn(WAIT_MODES, name) ? WAIT_MODES[name] : undefined;
	if (mode !== undefined) return mode;
	throw new InvalidInputError(
		`This version of the node has no wait mode "${name}"`,
		`Choose one of: ${Object.keys(WAIT_MODES).join(', ')}.`,
	);
}
