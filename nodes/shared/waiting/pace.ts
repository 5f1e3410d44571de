import type { Forecast } from './forecast';

/**
 * How often to check. `adaptive` intervals grow with the time waited, first in proportion to it,
 * then with its square root; `fixed` ones do not grow.
 */
export type Pace =
	| { kind: 'adaptive'; minMs: number; maxMs: number; proportion: number; rootFactor: number }
	| { kind: 'fixed'; intervalMs: number };

/** The paces a user can choose from by name; `docs/performance.md` has what each of them costs. */
export const PACES = {
	relaxed: { kind: 'adaptive', minMs: 5_000, maxMs: 60_000, proportion: 0.3, rootFactor: 2.5 },
	balanced: { kind: 'adaptive', minMs: 2_000, maxMs: 60_000, proportion: 0.18, rootFactor: 1.5 },
	eager: { kind: 'adaptive', minMs: 2_000, maxMs: 15_000, proportion: 0.08, rootFactor: 0.7 },
} as const satisfies Record<string, Pace>;

/** A thousand waits that start together must not check together for ever. */
const JITTER = 0.1;

/**
 * How long to wait until the next check, in milliseconds.
 * @param waitedMs the time since the wait began
 * @param forecast when the crawl is expected to end, `null` where nothing can be said
 * @param random a number from 0 to below 1
 */
export function nextDelayMs(
	pace: Pace,
	waitedMs: number,
	forecast: Forecast | null,
	random: number,
): number {
	if (pace.kind === 'fixed') return pace.intervalMs;
	const interval = growingInterval(pace, waitedMs) * (1 - JITTER * random);
	if (forecast === null) return interval;
	// A forecast only ever shortens the interval: a wrong one costs a request, never a late notice.
	return Math.min(interval, Math.max(pace.minMs, forecast.remainingMs));
}

function growingInterval(pace: Extract<Pace, { kind: 'adaptive' }>, waitedMs: number): number {
	const seconds = waitedMs / 1000;
	const grown = 1000 * Math.min(pace.proportion * seconds, pace.rootFactor * Math.sqrt(seconds));
	return Math.min(pace.maxMs, Math.max(pace.minMs, grown));
}

const RETRY_BASE_MS = 1_000;
const RETRY_GROWTH = 1.6;
const RETRY_MAX_MS = 60_000;

/**
 * How long to wait after a check that failed, in milliseconds: exponential backoff, under which
 * ten failures in a row span about two minutes. A fixed pace stays fixed.
 * @param failuresInRow counts from 1
 */
export function retryDelayMs(pace: Pace, failuresInRow: number, random: number): number {
	if (pace.kind === 'fixed') return pace.intervalMs;
	const delay = Math.min(RETRY_MAX_MS, RETRY_BASE_MS * RETRY_GROWTH ** (failuresInRow - 1));
	return delay * (1 - JITTER * random);
}
