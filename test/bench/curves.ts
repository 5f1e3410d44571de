import { normal } from './random';
import recordedCrawl from './recordedCrawl.json';

/** The counters that a crawl reports at a moment; `null` where the provider gives none. */
export interface Counters {
	total: number;
	completed: number;
}

/** The counters after a share (0 to below 1) of a crawl's length. */
export type Curve = (share: number) => Counters | null;

/** Makes the curve of one crawl of so many pages; no two crawls are alike. */
export type CurveMaker = (pages: number, random: () => number) => Curve;

/** A page of a recorded crawl: when it was finished, and the counters from then on. */
export interface RecordedPage {
	share: number;
	finished: number;
	total: number;
}

/** Page times vary by this share of their mean, as when several are fetched at a time. */
const PAGE_TIME_VARIATION = 0.3;
const BURSTS = 8;

/** The shapes of progress that a wait may meet. In all but `recorded` the last page ends the crawl. */
export const CURVES = {
	/** Pages take their time, the first as much as the last. */
	steady: (pages, random) => {
		const times = pageTimes(pages, random);
		return (share) => ({ total: pages, completed: countUntil(times, share) });
	},
	/** Every page takes exactly as long as any other. */
	even: (pages) => (share) => ({ total: pages, completed: Math.floor(pages * share) }),
	/** The speed falls from twice the mean to nothing: 1 − (1 − x)² of the pages are done at x. */
	frontLoaded: (pages, random) => {
		const times = pageTimes(pages, random).map((time) => 1 - Math.sqrt(1 - time));
		return (share) => ({ total: pages, completed: countUntil(times, share) });
	},
	/** Links are found all the while: until four fifths of the crawl the total keeps growing. */
	growingTotal: (pages, random) => {
		const times = pageTimes(pages, random);
		return (share) => {
			const completed = countUntil(times, share);
			const found = Math.floor(pages * (0.1 + 1.1 * share));
			return { total: Math.min(pages, Math.max(found, completed + 1)), completed };
		};
	},
	/** The same to the end: the last page is found with the last but one. */
	lateTotal: (pages, random) => {
		const times = pageTimes(pages, random);
		return (share) => {
			const completed = countUntil(times, share);
			const found = Math.floor(pages * (0.1 + 0.9 * share));
			return { total: Math.min(pages, Math.max(found, completed + 1)), completed };
		};
	},
	/** The counters move eight times only, at irregular times. */
	bursty: (pages, random) => {
		const times = cumulativeShares(BURSTS, () => 0.5 + random());
		return (share) => ({
			total: pages,
			completed: Math.floor((pages * countUntil(times, share)) / BURSTS),
		});
	},
	/** A real crawl: breadth first, its pages found while it goes on. */
	recorded: () => {
		const pages: RecordedPage[] = recordedCrawl;
		const times = pages.map((page) => page.share);
		return (share) => {
			const completed = countUntil(times, share);
			return { total: pages[completed - 1]?.total ?? 1, completed };
		};
	},
	/** The provider counts nothing. */
	none: () => () => null,
} as const satisfies Record<string, CurveMaker>;

export type CurveName = keyof typeof CURVES;

/** The share of the crawl's length after which each page is finished; the last one is 1. */
function pageTimes(pages: number, random: () => number): number[] {
	const sigma = Math.sqrt(Math.log(1 + PAGE_TIME_VARIATION ** 2));
	return cumulativeShares(pages, () => Math.exp(sigma * normal(random)));
}

function cumulativeShares(count: number, draw: () => number): number[] {
	let sum = 0;
	const sums = Array.from({ length: count }, () => (sum += draw()));
	return sums.map((value) => value / sum);
}

/** How many of the ascending `times` are not later than `time`. */
function countUntil(times: readonly number[], time: number): number {
	let low = 0;
	let high = times.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((times[middle] ?? Infinity) <= time) low = middle + 1;
		else high = middle;
	}
	return low;
}
