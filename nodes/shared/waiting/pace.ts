import { intervalAfterEarlierMs, type UsualEnd } from './earlier';
import type { Forecast } from './forecast';

/** How often to check. `adaptive` intervals grow with the time waited; `fixed` ones do not. */
export type Pace =
	| {
			kind: 'adaptive';
			/** The interval during the first seconds. */
			shortestMs: number;
			/** The interval after one minute, from which those before and after it follow. */
			atOneMinuteMs: number;
			longestMs: number;
	  }
	| { kind: 'fixed'; intervalMs: number };

/**
 * The paces a user can choose by name. `docs/performance.md` says what each of them costs, and how
 * the numbers of `balanced` follow from its goals.
 */
export const PACES = {
	relaxed: { kind: 'adaptive', shortestMs: 5_000, atOneMinuteMs: 20_000, longestMs: 60_000 },
	balanced: { kind: 'adaptive', shortestMs: 2_750, atOneMinuteMs: 11_350, longestMs: 60_000 },
	eager: { kind: 'adaptive', shortestMs: 2_500, atOneMinuteMs: 5_000, longestMs: 15_000 },
} as const satisfies Record<string, Pace>;

/**
 * Intervals grow like t^0.55. The square root has the least requests × delay in the long run, but at
 * the same delay after a minute it makes more than 60 requests in half an hour.
 */
const GROWTH = 0.55;
const MINUTE_MS = 60_000;

/** Until then intervals do not grow, so that a crawl of ten seconds is noticed within three. */
const GROWS_AFTER_MS = 12_000;

/**
 * Waits that start together must not go on checking together. Every interval is shortened by up to
 * this share; the first, which costs the least, by more: what it spreads grows with the intervals.
 */
const JITTER = 0.08;
const FIRST_JITTER = 0.15;

/**
 * Where a crawl is expected by those before it, there are no more checks than the pace makes in the
 * same time, half of that, and four: without these, crawls of a minute have none left at their end.
 */
function budget(usualChecks: number): number {
	return 1.5 * usualChecks + 4;
}

/**
 * Checks that aim at the end are at least so far apart, from request to request. Crawls of seconds
 * gain by it; how many such checks there can be is limited where forecasts are made.
 */
const SHORTEST_AIM_MS = 250;

/** The longest response time of a status request, without queueing: these APIs take 0.1 to 0.3 s. */
const LONGEST_TRIP_MS = 200;

/** A check that found the job. Times are milliseconds. */
export interface MadeCheck {
	/** When it was due, counted from the beginning of the wait. */
	dueMs: number;
	/** How long ago that is: the time in a queue and the way of the answer. */
	lateMs: number;
}

/** What is known of a crawl from those before it. */
export interface Knowledge {
	usualEnd: UsualEnd;
	/** How many checks the wait has made. */
	checks: number;
}

/**
 * How long to wait until the next check, in milliseconds. Intervals are counted from when a check
 * was due, so that a late one does not move those after it. Checks that were missed are left out,
 * not made up for: however slow a server is, it gets no more than one request in an interval.
 * @param forecast when the end is expected, `null` if unknown
 * @param random a number from 0 to below 1
 * @param knowledge of earlier crawls, `null` if there is none; it changes nothing at a fixed pace
 */
export function nextDelayMs(
	pace: Pace,
	{ dueMs, lateMs }: MadeCheck,
	forecast: Forecast | null,
	random: number,
	knowledge: Knowledge | null = null,
): number {
	// What the crawl's own counters say is better than what any other crawl tells.
	const intervalMs = nextIntervalMs(pace, dueMs, forecast === null ? knowledge : null, random);
	const delayMs = intervalMs - (lateMs % intervalMs);
	if (forecast === null || pace.kind === 'fixed') return delayMs;
	// The next answer is expected to take as long as this one.
	const aimMs = Math.max(SHORTEST_AIM_MS, forecast.remainingMs) - Math.min(lateMs, LONGEST_TRIP_MS);
	// A forecast only ever shortens the interval: a wrong one costs a request, never a late notice.
	return Math.min(delayMs, aimMs);
}

type AdaptivePace = Extract<Pace, { kind: 'adaptive' }>;

function nextIntervalMs(
	pace: Pace,
	dueMs: number,
	knowledge: Knowledge | null,
	random: number,
): number {
	if (pace.kind === 'fixed') return pace.intervalMs;
	const jitter = dueMs <= 0 ? FIRST_JITTER : JITTER;
	const intervalMs = growingInterval(pace, dueMs);
	if (knowledge === null) return intervalMs * (1 - jitter * random);
	const { usualEnd, checks } = knowledge;
	const learnedMs = intervalAfterEarlierMs(usualEnd, dueMs, (ms) => growingInterval(pace, ms));
	const isInBudget = checks + 1 <= budget(usualChecks(pace, dueMs + learnedMs));
	return (isInBudget ? learnedMs : Math.max(learnedMs, intervalMs)) * (1 - jitter * random);
}

function growingInterval(pace: AdaptivePace, dueMs: number): number {
	if (dueMs < GROWS_AFTER_MS) return pace.shortestMs;
	const grown = pace.atOneMinuteMs * (dueMs / MINUTE_MS) ** GROWTH;
	return Math.min(pace.longestMs, Math.max(pace.shortestMs, grown));
}

/** About how many checks a pace makes in a time, the first and one at its end included. */
function usualChecks({ shortestMs, atOneMinuteMs, longestMs }: AdaptivePace, ms: number): number {
	const whenMs = (intervalMs: number) => MINUTE_MS * (intervalMs / atOneMinuteMs) ** (1 / GROWTH);
	const growsFrom = Math.max(GROWS_AFTER_MS, whenMs(shortestMs));
	const growsUntil = whenMs(longestMs);
	// The integral of 1 ÷ interval.
	const grown = (until: number) =>
		until ** (1 - GROWTH) / (1 - GROWTH) / (atOneMinuteMs / MINUTE_MS ** GROWTH);
	return (
		1 +
		Math.min(ms, growsFrom) / shortestMs +
		Math.max(0, grown(Math.min(ms, growsUntil)) - grown(growsFrom)) +
		Math.max(0, ms - growsUntil) / longestMs
	);
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

/**
 * How long an outage lasts at least before so many failures in a row are too many, in milliseconds.
 * Retries that back off take that long by themselves; those of a fixed pace would use up their
 * failures in moments.
 */
export function shortestOutageMs(pace: Pace, failures: number): number {
	if (pace.kind !== 'fixed') return 0;
	let total = 0;
	// From here on each pause is the longest one.
	const growing = Math.ceil(Math.log(RETRY_MAX_MS / RETRY_BASE_MS) / Math.log(RETRY_GROWTH));
	for (let failure = 1; failure < failures && failure <= growing; failure++) {
		total += RETRY_BASE_MS * RETRY_GROWTH ** (failure - 1);
	}
	return (total + RETRY_MAX_MS * Math.max(0, failures - 1 - growing)) * (1 - JITTER);
}

const PAUSE_SPREAD = 0.1;
/** Failures in a row after which the spread no longer grows: by then it is six times the pause. */
const MAX_SPREAD_FAILURES = 7;

/**
 * How long to pause when a server asks for it, in milliseconds: never less, and after each failure
 * in a row spread over twice the time. All waits that share a rate limit are told to retry at the
 * same moment; without the spread, most of them would be rejected again.
 * @param failuresInRow counts from 1
 */
export function spreadPauseMs(pauseMs: number, failuresInRow: number, random: number): number {
	const doublings = Math.min(failuresInRow, MAX_SPREAD_FAILURES) - 1;
	return pauseMs * (1 + random * PAUSE_SPREAD * 2 ** doublings);
}
