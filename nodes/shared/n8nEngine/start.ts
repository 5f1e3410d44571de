/**
 * The age of this process when it loaded this code, in milliseconds: early in its start, five seconds
 * after n8n has loaded the package at the latest.
 */
const LOADED_AT_MS = performance.now();

/** The least and the most time that n8n may need from there to the end of its start, in milliseconds. */
const SHORTEST_START_MS = 30_000;
const LONGEST_START_MS = 120_000;

/** On a machine that is slow to load n8n, the rest of the start takes longer as well. */
const STARTED_AT_MS =
	LOADED_AT_MS + Math.min(LONGEST_START_MS, Math.max(SHORTEST_START_MS, 2 * LOADED_AT_MS));

/**
 * Whether this n8n process is so young that an execution can fail without any fault of its own. n8n
 * resumes overdue executions before it has finished starting, and fails some that run then (cli:
 * `start.js`; 2.41: "OTel settings not yet initialized"), or its crash recovery marks them as crashed.
 */
export function isStarting(): boolean {
	return performance.now() < STARTED_AT_MS;
}

/** How often n8n's wait tracker looks for what is due, in milliseconds. */
const TRACKER_MS = 60_000;

/**
 * For how long to park an execution that n8n has resumed while it was starting, in milliseconds. All
 * that is overdue is resumed at the same moment then, and only what parks past the next look of the
 * wait tracker, a minute later, is resumed each at its own time (cli: `wait-tracker.js`).
 * @param random from 0 to below 1, at each call another
 */
export function parkAfterStartMs(random: number): number {
	return TRACKER_MS + random * TRACKER_MS;
}
