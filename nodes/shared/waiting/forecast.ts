import type { CrawlProgress } from '../crawlJob';

/** When a crawl is expected to end. */
export interface Forecast {
	remainingMs: number;
}

/** A count of finished pages at a point in time (milliseconds since the epoch). */
interface Sample {
	at: number;
	finished: number;
}

/** What is remembered of a crawl's progress: of constant size, and plain JSON. */
export interface ProgressTrack {
	/** The two ends of the span that the speed is measured over, and the sample that follows. */
	oldest: Sample;
	middle: Sample;
	latest: Sample;
	total: number;
	/** Whether the total stayed the same since the check before. */
	isTotalStable: boolean;
}

/** Continues a track with what a check at `now` found; `null` where there is nothing to count. */
export function trackProgress(
	track: ProgressTrack | null,
	progress: CrawlProgress,
	now: number,
): ProgressTrack | null {
	if (progress.total === null || progress.completed === null) return null;
	const finished = progress.completed + (progress.failed ?? 0) + (progress.cancelled ?? 0);
	const latest: Sample = { at: now, finished };
	const { total } = progress;
	if (track === null) {
		return { oldest: latest, middle: latest, latest, total, isTotalStable: false };
	}
	const isTotalStable = total === track.total;
	// The span slides: it covers between the latest third and two thirds of what was seen, so that
	// the speed is neither one of long ago nor one of a single burst.
	const isMiddleOld = now - track.middle.at > (now - track.oldest.at) / 2;
	return isMiddleOld
		? { oldest: track.middle, middle: latest, latest, total, isTotalStable }
		: { ...track, latest, total, isTotalStable };
}

/**
 * The end of a crawl, extrapolated from its speed; `null` while its total still grows (pages are
 * being discovered, so the end moves away) or nothing has moved.
 */
export function forecastEnd(track: ProgressTrack | null): Forecast | null {
	if (track === null || !track.isTotalStable) return null;
	const { oldest, latest, total } = track;
	const finished = latest.finished - oldest.finished;
	const elapsedMs = latest.at - oldest.at;
	if (finished <= 0 || elapsedMs <= 0) return null;
	const msPerPage = elapsedMs / finished;
	// Pages are counted once they are whole: on average, half of one more is already done.
	return { remainingMs: Math.max(0, total - latest.finished - 0.5) * msPerPage };
}
