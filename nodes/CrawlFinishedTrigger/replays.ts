import { systemClock } from '../shared/node/systemClock';

/** How far the clock of a call may be from that of n8n. */
const LONGEST_AGE_MS = 5 * 60_000;
/** The ids of calls that are kept. Older ones are refused for their age. */
const MAX_IDS = 10_000;

const ids = new Set<string>();

/** Whether a call was sent so lately that it can be told from a repetition. */
export function isFresh({ sentAt }: { sentAt: number }): boolean {
	return Math.abs(systemClock.now() - sentAt) <= LONGEST_AGE_MS;
}

/**
 * Whether a call that is authentic and fresh has come before.
 * @param trigger the trigger that was called
 */
export function isRepeated(trigger: string, { id }: { id: string }): boolean {
	const call = `${trigger} ${id}`;
	if (ids.has(call)) return true;
	ids.add(call);
	const [oldest] = ids;
	if (ids.size > MAX_IDS && oldest !== undefined) ids.delete(oldest);
	return false;
}
