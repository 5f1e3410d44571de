import type { CrawlProgress } from '../crawlJob';

/** When to look for the end of a crawl. */
export interface Forecast {
	/** Milliseconds until the answer that shows the end is expected to come; never negative. */
	remainingMs: number;
}

/** The estimated time (milliseconds since the epoch) at which so many pages were finished. */
interface Sample {
	at: number;
	finished: number;
}

const UNKNOWN_TOTAL = -1;

/** The progress of a crawl so far, in plain JSON of constant size. */
export interface ProgressTrack {
	/** The speed is measured from `oldest` to `latest`; `middle` is the next `oldest`. */
	oldest: Sample;
	middle: Sample;
	latest: Sample;
	/** {@link UNKNOWN_TOTAL} where the provider does not count it. */
	total: number;
	checkedAt: number;
	/** When an answer should show the extrapolated end; `null` where nothing can be extrapolated. */
	lookAt: number | null;
	isTrusted: boolean;
	/** How many checks at a forecast end did not find it. */
	misses: number;
	/**
	 * When the crawl will have its usual pages, in milliseconds since the epoch, and whether the check
	 * before said so too.
	 */
	usual: { endAt: number; isSteady: boolean } | null;
}

/**
 * The speed is measured over at least this share of the time since progress began: a shorter span
 * follows changes sooner, but takes noise for change.
 */
const SPAN = 0.7;

/**
 * A forecast is trusted when it differs from the one before by no more than what pages explain (each
 * of the two is off by up to half a page, and pages vary), and a drift of this share of the time
 * between them. A slowing crawl drifts by half of that time or more: the pace alone does better there.
 */
const TOLERATED_PAGES = 1.5;
const TOLERATED_DRIFT = 0.3;

/** After this many page times without a page the crawl has stalled, or counts in bursts. */
const STILL_PAGES = 3;
/** Counters may be updated once a second only, however fast the pages come. */
const STILL_MS = 1_000;

/** After so many wrong forecasts only the pace decides: this limits what forecasts can cost. */
const MAX_MISSES = 5;

/** Checks per page time once the end is overdue: more checks mean more misses. */
const LATE_STEPS_PER_PAGE = 2;

/** What a crawl may do after its last page, say build an index, takes at least this share of it. */
const FINISHING_SHARE = 0.02;

/** A usual end is told by a speed that was measured over at least this share of the usual pages. */
const MEASURED_SHARE = 0.1;

/**
 * Updates a track with the progress found by a check at `now`; `null` if there are no counters.
 * @param usualTotal how many pages earlier crawls had, `null` if that is not known; with it, a crawl
 * is tracked that has no total of its own
 */
export function trackProgress(
	track: ProgressTrack | null,
	progress: CrawlProgress,
	now: number,
	usualTotal: number | null = null,
): ProgressTrack | null {
	const { completed, failed, cancelled } = progress;
	const total = progress.total ?? (usualTotal === null ? null : UNKNOWN_TOTAL);
	if (total === null || completed === null) return null;
	const finished = completed + (failed ?? 0) + (cancelled ?? 0);
	const misses = track === null ? 0 : track.misses + (wasMiss(track, now) ? 1 : 0);
	if (track === null || finished < track.latest.finished) {
		return startTrack({ at: now, finished }, total, misses);
	}
	const { oldest, middle, latest } = addSample(track, finished, now);
	const next: ProgressTrack = {
		oldest,
		middle,
		latest,
		total,
		checkedAt: now,
		lookAt: null,
		isTrusted: false,
		misses,
		usual: null,
	};
	if (usualTotal !== null) next.usual = usualEnd(next, usualTotal, track);
	// While the total grows, pages are being discovered and the end moves away.
	if (total !== track.total || total === UNKNOWN_TOTAL) return next;
	const pageMs = msPerPage(next);
	if (pageMs === null) return next;
	next.lookAt = extrapolate(next, pageMs);
	next.isTrusted = isTrustworthy(next, next.lookAt, pageMs, track);
	return next;
}

/** The end of a crawl, extrapolated from its speed; `null` if that cannot be trusted. */
export function forecastEnd(track: ProgressTrack | null): Forecast | null {
	if (track === null || !track.isTrusted || track.misses >= MAX_MISSES) return null;
	const pageMs = msPerPage(track);
	if (track.lookAt === null || pageMs === null) return null;
	return { remainingMs: Math.max(track.lookAt - track.checkedAt, pageMs / LATE_STEPS_PER_PAGE) };
}

/**
 * When a crawl will have as many pages as usual, by its speed: what can be said of the end while its
 * total still grows. In milliseconds since the epoch, in the past where it has more pages than that.
 * @returns `null` while too little is known of the speed, or while it changes
 */
export function usualEndAt(track: ProgressTrack | null): number | null {
	return track?.usual?.isSteady ? track.usual.endAt : null;
}

function usualEnd(
	track: ProgressTrack,
	usualTotal: number,
	before: ProgressTrack,
): ProgressTrack['usual'] {
	const pageMs = msPerPage(track);
	const { oldest, latest } = track;
	if (pageMs === null || latest.finished - oldest.finished < MEASURED_SHARE * usualTotal)
		return null;
	const endAt = latest.at + (usualTotal - latest.finished) * pageMs;
	const isSteady = isNear(endAt, before.usual?.endAt ?? null, pageMs, track, before);
	return { endAt, isSteady };
}

function wasMiss({ isTrusted, lookAt }: ProgressTrack, now: number): boolean {
	return isTrusted && lookAt !== null && now >= lookAt;
}

function startTrack(sample: Sample, total: number, misses: number): ProgressTrack {
	return {
		oldest: sample,
		middle: sample,
		latest: sample,
		total,
		checkedAt: sample.at,
		lookAt: null,
		isTrusted: false,
		misses,
		usual: null,
	};
}

function addSample(
	track: ProgressTrack,
	finished: number,
	now: number,
): Pick<ProgressTrack, 'oldest' | 'middle' | 'latest'> {
	const { oldest, middle, latest, checkedAt } = track;
	if (finished === oldest.finished) {
		// Nothing has moved yet: time in a queue says nothing about the speed.
		const sample = { at: now, finished };
		return { oldest: sample, middle: sample, latest: sample };
	}
	if (finished === latest.finished) return { oldest, middle, latest };
	// Of the pages since the check before, the last was counted half a page's time ago on average.
	const sinceCounted = (now - checkedAt) / (finished - latest.finished) / 2;
	const sample = { at: now - sinceCounted, finished };
	return sample.at - middle.at < SPAN * (now - oldest.at)
		? { oldest, middle, latest: sample }
		: { oldest: middle, middle: sample, latest: sample };
}

function msPerPage({ oldest, latest }: ProgressTrack): number | null {
	const finished = latest.finished - oldest.finished;
	return finished > 0 ? (latest.at - oldest.at) / finished : null;
}

function isComplete({ latest, total }: ProgressTrack): boolean {
	return latest.finished >= total;
}

function extrapolate(track: ProgressTrack, pageMs: number): number {
	const { oldest, latest, total, checkedAt } = track;
	if (isComplete(track)) {
		// What follows the last page is no page. The best guess is that it takes as long again as it
		// has taken, which also doubles the pause from check to check.
		const finishingMs = checkedAt - latest.at;
		return checkedAt + Math.max(finishingMs, FINISHING_SHARE * (latest.at - oldest.at));
	}
	return latest.at + (total - latest.finished) * pageMs;
}

function isTrustworthy(
	track: ProgressTrack,
	lookAt: number,
	pageMs: number,
	before: ProgressTrack,
): boolean {
	if (isComplete(track)) return true;
	const stillMs = track.checkedAt - track.latest.at;
	if (stillMs > Math.max(STILL_PAGES * pageMs, STILL_MS)) return false;
	return isNear(lookAt, before.lookAt, pageMs, track, before);
}

/** Whether two ends, as they were extrapolated at two checks, agree. */
function isNear(
	endAt: number,
	endBefore: number | null,
	pageMs: number,
	track: ProgressTrack,
	before: ProgressTrack,
): boolean {
	const elapsedMs = track.checkedAt - before.checkedAt;
	const tolerance = TOLERATED_PAGES * pageMs + TOLERATED_DRIFT * elapsedMs;
	return endBefore !== null && Math.abs(endAt - endBefore) <= tolerance;
}
