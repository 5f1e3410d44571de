/**
 * What it is worth to know the crawls before, on a simulated clock: `npm run bench:earlier`. Prints
 * the tables of `docs/performance.md` about earlier crawls.
 */
import { learnFrom, type EarlierCrawls } from '../../nodes/shared/waiting/earlier';
import { PACES } from '../../nodes/shared/waiting/pace';
import { CURVES, type CurveName } from './curves';
import { between, normal, seededRandom } from './random';
import type { SimulatedJob } from './simulatedJob';
import { seconds, table } from './table';
import { waitAlone } from './waitAlone';

const MINUTE = 60_000;
const LENGTHS = [
	{ name: '1 min', ms: MINUTE, pages: 100, runs: 3_000 },
	{ name: '5 min', ms: 5 * MINUTE, pages: 300, runs: 2_000 },
	{ name: '30 min', ms: 30 * MINUTE, pages: 1_000, runs: 800 },
	{ name: '2 h', ms: 120 * MINUTE, pages: 3_000, runs: 300 },
];
type Length = (typeof LENGTHS)[number];

/** The standard deviation of a length's natural logarithm, from crawl to crawl. */
const SPREADS = [0.1, 0.3, 0.6];
const COUNTS = [0, 1, 3, 5, 7];

/** How much the number of a site's pages differs from crawl to crawl. */
const TOTAL_SPREAD = 0.03;

const CELL = 'requests · mean delay · **efficiency**';
const FIRST_SEED = 2_000_003;

interface Situation {
	length: Length;
	curve: CurveName;
	/** Draws a crawl of the site: how much longer than usual it takes, and how many pages it has. */
	draw: (random: () => number) => { lengthMs: number; total: number };
	/** What of that the wait knows. */
	know: (crawls: Array<{ lengthMs: number; total: number }>) => EarlierCrawls | null;
	/** How many crawls there were before. */
	count: number;
}

function score({ length, curve, draw, know, count }: Situation): string {
	let requests = 0;
	let delayMs = 0;
	let lengthMs = 0;
	for (let run = 0; run < length.runs; run++) {
		const random = seededRandom(FIRST_SEED + run);
		const crawl = draw(random);
		const earlier = know(Array.from({ length: count }, () => draw(random)));
		const startsAt = -between(0, 1_000, random);
		const job: SimulatedJob = {
			id: String(run),
			startsAt,
			endsAt: startsAt + crawl.lengthMs,
			curve: CURVES[curve](crawl.total, random),
			answers: [100, 300],
		};
		const result = waitAlone(job, PACES.balanced, random, null, earlier);
		requests += result.requests;
		delayMs += result.delayMs;
		lengthMs += crawl.lengthMs;
	}
	const { runs } = length;
	const efficiency = ((requests / runs) * delayMs) / (lengthMs / 2);
	return `${(requests / runs).toFixed(1)} · ${seconds(delayMs / runs)} · **${efficiency.toFixed(2)}**`;
}

/** Crawls without progress, whose lengths differ by a spread. */
function compareLengths(spread: number): string {
	const rows = COUNTS.map((count) => [
		count === 0 ? 'without' : String(count),
		...LENGTHS.map((length) =>
			score({
				length,
				curve: 'none',
				draw: (random) => ({
					lengthMs: length.ms * Math.exp(spread * normal(random)),
					total: length.pages,
				}),
				know: (crawls) => (count === 0 ? null : learnFrom(crawls, 0)),
				count,
			}),
		),
	]);
	return table(['Earlier crawls', ...LENGTHS.map(({ name }) => name)], rows);
}

/**
 * Crawls with counters, whose number of pages hardly changes. How fast the pages come differs as much
 * as it likes.
 */
function compareCurves(): string {
	const curves = ['growingTotal', 'lateTotal', 'steady', 'frontLoaded', 'bursty'] as const;
	const rows = curves.flatMap((curve) =>
		[0, 5].map((count) => [
			`${curve}, ${count === 0 ? 'without' : 'after 5'}`,
			...LENGTHS.map((length) =>
				score({
					length,
					curve,
					draw: (random) => {
						const share = 1 + between(-TOTAL_SPREAD, TOTAL_SPREAD, random);
						const lengthMs = length.ms * share * Math.exp(0.3 * normal(random));
						return { lengthMs, total: Math.round(length.pages * share) };
					},
					know: (crawls) => (count === 0 ? null : learnFrom(crawls, 0)),
					count,
				}),
			),
		]),
	);
	return table(['Progress', ...LENGTHS.map(({ name }) => name)], rows);
}

/** Crawls without progress that are unlike those before them. */
function compareUnlike(): string {
	const rows = [1, 5, 0.2].map((factor) => [
		factor === 1 ? 'without' : `after 5 that took ${factor} times as long`,
		...LENGTHS.map((length) =>
			score({
				length,
				curve: 'none',
				draw: (random) => ({
					lengthMs: length.ms * Math.exp(0.1 * normal(random)),
					total: length.pages,
				}),
				know: (crawls) =>
					factor === 1
						? null
						: learnFrom(
								crawls.map((crawl) => ({ ...crawl, lengthMs: factor * crawl.lengthMs })),
								0,
							),
				count: factor === 1 ? 0 : 5,
			}),
		),
	]);
	return table(['Unlike crawls', ...LENGTHS.map(({ name }) => name)], rows);
}

for (const spread of SPREADS) {
	console.log(`## No progress, spread ${spread}: ${CELL}\n\n${compareLengths(spread)}\n`);
}
console.log(`## Progress, the total within 3 %: ${CELL}\n\n${compareCurves()}\n`);
console.log(`## No progress, unlike earlier crawls: ${CELL}\n\n${compareUnlike()}\n`);
