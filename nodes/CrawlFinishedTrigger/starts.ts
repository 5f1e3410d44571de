import type { IPollFunctions } from 'n8n-workflow';

import { systemClock } from '../shared/node/systemClock';
import { keyOf } from './turns';

/*
 * Which polls come too late. n8n's scheduler in the database can make two polls of a trigger at once,
 * each with a memory of its own: after a crash or an outage of n8n, and where two poll times coincide
 * (cli: `scheduling/poll-trigger-node/poll-trigger-task-handler.js`; it has no lock for a trigger).
 * Both find the same ends. So the first to give them is noted, and the other one gives and keeps
 * nothing; for a while only, since n8n may fail to save what the first one has given.
 */

interface Start {
	/** How many starts of the workflow the memory counts, with this one. */
	count: number;
	/** When it was given to n8n, in milliseconds since the epoch. */
	at: number;
}

/** How long n8n may take to start the workflow and to save the memory. */
const SAVING_MS = 30_000;

/** The latest of each trigger in this process, by workflow and node, the latest of all last. */
const latest = new Map<string, Start>();

/** Notes that a poll gives items, and how many starts its memory counts with these. */
export function noteStart(context: IPollFunctions, count: number): void {
	const key = keyOf(context);
	latest.delete(key);
	latest.set(key, { count, at: systemClock.now() });
	for (const [known, start] of latest) {
		if (isRecent(start)) break;
		latest.delete(known);
	}
}

/**
 * Whether another poll has just started the workflow with what this one finds as well.
 * @param count how many starts the memory counted when this poll began
 */
export function isOvertaken(context: IPollFunctions, count: number): boolean {
	const start = latest.get(keyOf(context));
	return start !== undefined && count < start.count && isRecent(start);
}

/** Not when the clock has been set back. */
function isRecent({ at }: Start): boolean {
	const ageMs = systemClock.now() - at;
	return ageMs >= 0 && ageMs < SAVING_MS;
}
