/** A job length that is measured, and how many pages a crawl of that length has. */
export interface JobLength {
	name: string;
	ms: number;
	pages: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Two or three pages in a second when a crawl is short, one every two seconds when it is long. */
export const LENGTHS: readonly JobLength[] = [
	{ name: '10 s', ms: 10 * SECOND, pages: 25 },
	{ name: '1 min', ms: MINUTE, pages: 100 },
	{ name: '5 min', ms: 5 * MINUTE, pages: 300 },
	{ name: '30 min', ms: 30 * MINUTE, pages: 1_000 },
	{ name: '2 h', ms: 2 * HOUR, pages: 3_000 },
];

/** Lengths that nothing was tuned for. */
export const LENGTHS_BETWEEN: readonly JobLength[] = [
	{ name: '20 s', ms: 20 * SECOND, pages: 40 },
	{ name: '40 s', ms: 40 * SECOND, pages: 75 },
	{ name: '2 min', ms: 2 * MINUTE, pages: 150 },
	{ name: '10 min', ms: 10 * MINUTE, pages: 500 },
	{ name: '1 h', ms: HOUR, pages: 2_000 },
	{ name: '48 h', ms: 48 * HOUR, pages: 50_000 },
];
