/*
 * A schedule that knows how long the earlier crawls of an address took. The best density of checks
 * goes like the square root of the hazard: of the chance that a crawl which still runs ends now. So a
 * pace is what is best for one belief about the end, and another belief changes its intervals by the
 * square root of the ratio of the hazards.
 *
 * The belief of a pace alone is scale-free: a crawl may take any time, the longer the rarer. Earlier
 * crawls add a log-logistic distribution around their usual length. It is as good as a log-normal one
 * here, has a hazard without integrals, and its long tails suit what a handful of lengths can tell.
 * Once the usual time has passed, what is left of the belief is the scale-free part, which is the
 * pace itself.
 */

/** A quantity as it usually is. */
export interface Usual {
	median: number;
	/** The standard deviation of the next one's natural logarithm. */
	spread: number;
}

/** What earlier crawls tell of one that is waited for, in plain JSON of constant size. */
export interface EarlierCrawls {
	/** Of a crawl's length in milliseconds; `null` = not known. */
	length: Usual | null;
	/** Of the number of its pages; `null` = not known. */
	total: Usual | null;
	/** How long the crawl had been running when the wait began, in milliseconds. */
	headStartMs: number;
}

/** When a crawl is expected to end. */
export interface UsualEnd {
	/** How long it takes, in milliseconds since its own beginning. */
	length: Usual;
	/** How long it had been running when the wait began, in milliseconds. */
	headStartMs: number;
}

/** One earlier crawl, a success; `null` for what is not known. */
export interface EarlierCrawl {
	lengthMs: number | null;
	total: number | null;
}

/** How many earlier crawls count: enough for their spread to be known, and sites change. */
export const EARLIER_CRAWLS = 7;

/** Crawls that are shorter tell nothing: the intervals of all paces are short enough for them. */
const SHORTEST_LENGTH_MS = 20_000;

/**
 * The spread from one crawl to the next before anything is known of it. It counts like one more
 * crawl: equal lengths, or a single one, do not make the next one certain. A site has about as many
 * pages as the day before, however fast it is.
 */
const PRIOR_SPREAD_OF_LENGTHS = 0.3;
const PRIOR_SPREAD_OF_TOTALS = 0.03;
/** A handful of crawls shows less than their true spread; too wide a belief costs less than too narrow a one. */
const VARIANCE_MARGIN = 2;

/** How much of the belief is that the crawl is unlike the earlier ones. */
const SCALE_FREE_SHARE = 0.13;
/**
 * The scale-free part: the chance to end in the next moment is 0.25 ÷ the time waited, or ÷ twelve
 * seconds in the beginning, in which intervals do not grow either. A larger number makes fewer checks
 * of crawls with a usual length, and notices them later; their product hardly changes.
 */
const SCALE_FREE_HAZARD = 0.25;
const SCALE_FREE_FROM_MS = 12_000;

/** A crawl unlike its predecessors is noticed no more than so many times later. */
const LONGEST_STRETCH = 2;
/** Nothing that is only likely is worth more than a check in a second. */
const SHORTEST_INTERVAL_MS = 1_000;
/** Into how many steps the interval of a pace is cut to add up the density of checks. */
const STEPS = 12;

/** The standard deviation of the logistic distribution with the scale 1. */
const LOGISTIC_DEVIATION = Math.PI / Math.sqrt(3);
/** So that no power below is infinite. */
const MAX_EXPONENT = 300;

/**
 * What earlier crawls tell.
 * @param crawls the latest first; no more than {@link EARLIER_CRAWLS} of them count
 */
export function learnFrom(crawls: readonly EarlierCrawl[], headStartMs: number): EarlierCrawls {
	const latest = crawls
		.filter(({ lengthMs }) => lengthMs === null || lengthMs >= SHORTEST_LENGTH_MS)
		.slice(0, EARLIER_CRAWLS);
	return {
		length: usualOf(
			latest.flatMap(({ lengthMs }) => lengthMs ?? []),
			PRIOR_SPREAD_OF_LENGTHS,
		),
		total: usualOf(
			latest.flatMap(({ total }) => total || []),
			PRIOR_SPREAD_OF_TOTALS,
		),
		headStartMs,
	};
}

function usualOf(values: readonly number[], priorSpread: number): Usual | null {
	const logs = values.map(Math.log);
	// Nearly as exact as the mean, and one crawl that went wrong does not move it.
	const middle = median(logs.flatMap((a, index) => logs.slice(index).map((b) => (a + b) / 2)));
	if (middle === null) return null;
	const squares = logs.reduce((sum, log) => sum + (log - middle) ** 2, priorSpread ** 2);
	return {
		median: Math.exp(middle),
		spread: Math.sqrt((VARIANCE_MARGIN * squares) / logs.length),
	};
}

/** `null` of nothing. */
function median(values: readonly number[]): number | null {
	const sorted = [...values].sort((a, b) => a - b);
	const upper = sorted[sorted.length >> 1];
	const lower = sorted[(sorted.length - 1) >> 1];
	return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/**
 * The time from a check to the next, in milliseconds: as long as it takes for the density of checks
 * to add up to one.
 * @param waitedMs how long the wait had lasted at the check
 * @param usualMs the interval of the pace after a time of waiting, both in milliseconds
 */
export function intervalAfterEarlierMs(
	usualEnd: UsualEnd,
	waitedMs: number,
	usualMs: (waitedMs: number) => number,
): number {
	const hazardRatio = hazardRatioOf(usualEnd);
	const stepMs = usualMs(waitedMs) / STEPS;
	let missing = 1;
	for (let step = 0; step < LONGEST_STRETCH * STEPS; step++) {
		const passedMs = step * stepMs;
		const atMs = waitedMs + passedMs + stepMs / 2;
		const speed = Math.max(1 / LONGEST_STRETCH, Math.sqrt(hazardRatio(atMs)));
		const checks = (speed * stepMs) / usualMs(atMs);
		if (checks >= missing) {
			return Math.max(SHORTEST_INTERVAL_MS, passedMs + (stepMs * missing) / checks);
		}
		missing -= checks;
	}
	return LONGEST_STRETCH * usualMs(waitedMs);
}

/** The hazard with the earlier crawls over that without, after a time of waiting. */
function hazardRatioOf({ length, headStartMs }: UsualEnd): (waitedMs: number) => number {
	const shape = LOGISTIC_DEVIATION / length.spread;
	const odds = (ageMs: number) =>
		Math.exp(Math.min(MAX_EXPONENT, shape * Math.log(ageMs / length.median)));
	// It had not ended when the wait began.
	const atStart = 1 + odds(headStartMs);
	return (waitedMs) => {
		const ageMs = headStartMs + waitedMs;
		const passed = odds(ageMs);
		const usualHazard = ((shape / ageMs) * passed) / (1 + passed);
		const usualLeft = (1 - SCALE_FREE_SHARE) * (atStart / (1 + passed));
		const fromMs = Math.max(waitedMs, SCALE_FREE_FROM_MS);
		const otherHazard = SCALE_FREE_HAZARD / fromMs;
		const otherLeft = SCALE_FREE_SHARE * (SCALE_FREE_FROM_MS / fromMs) ** SCALE_FREE_HAZARD;
		const hazard = (usualLeft * usualHazard + otherLeft * otherHazard) / (usualLeft + otherLeft);
		return hazard / otherHazard;
	};
}
