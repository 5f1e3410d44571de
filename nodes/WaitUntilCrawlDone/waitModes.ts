import { InvalidInputError } from '../shared/identifiers';

/** How a wait mode drives the checks. */
export interface WaitMode {
	/** After how many checks of each crawl to let go of it. */
	maxRounds: number;
	/** The least time between two checks, in milliseconds. */
	minGapMs: number;
	/** What becomes of the crawls that are let go of before they have ended. */
	unfinished: 'none' | 'loopBack' | 'handOver';
}

/** The wait modes by their values of the parameter `waitMode`. */
const WAIT_MODES: Readonly<Record<string, WaitMode>> = {
	/** Checks in this process until every crawl has come to an end. */
	inExecution: { maxRounds: Infinity, minGapMs: 0, unfinished: 'none' },
	/**
	 * Checks once, for a loop through n8n's own Wait node. That keeps an execution in memory for less
	 * than 65 seconds, and the items need a moment to get there.
	 */
	checkOnce: { maxRounds: 1, minGapMs: 70_000, unfinished: 'loopBack' },
	/**
	 * Checks once, then parks while an execution of its own goes on. n8n looks for parked executions
	 * every minute: one that parks for less comes back late.
	 */
	durable: { maxRounds: 1, minGapMs: 65_000, unfinished: 'handOver' },
};

/**
 * The wait mode with the given name.
 * @throws {InvalidInputError} when there is no such mode
 */
export function requireWaitMode(name: string): WaitMode {
	const mode = Object.hasOwn(WAIT_MODES, name) ? WAIT_MODES[name] : undefined;
	if (mode !== undefined) return mode;
	throw new InvalidInputError(
		`There is no wait mode "${name}"`,
		`Choose one of: ${Object.keys(WAIT_MODES).join(', ')}.`,
	);
}
