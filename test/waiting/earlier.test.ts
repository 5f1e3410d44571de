import { createCrawlJob } from '../../nodes/shared/crawlJob';
import {
	intervalAfterEarlierMs,
	learnFrom,
	type EarlierCrawls,
} from '../../nodes/shared/waiting/earlier';
import { PACES, type Pace } from '../../nodes/shared/waiting/pace';
import {
	afterCheck,
	initialState,
	restoreState,
	type WaitPolicy,
	type WaitState,
} from '../../nodes/shared/waiting/wait';
import { endAfter } from '../bench/endOfLoop';
import { between, seededRandom } from '../bench/random';

/** Many more than any wait makes in the time that these tests look at. */
const MOST_CHECKS = 50_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const policyOf = (pace: Pace): WaitPolicy => ({
	deadlineMs: Infinity,
	stallMs: 0,
	maxFailuresInRow: 0,
	pace,
	minGapMs: 0,
});

/** What crawls of these lengths, in minutes, tell. */
const lengths = (...minutes: number[]): EarlierCrawls =>
	learnFrom(
		minutes.map((length) => ({ lengthMs: length * MINUTE, total: null })),
		0,
	);

const FIVE_MINUTES = lengths(5, 5.2, 4.7, 5.1, 4.9);

/** The counters after a time; `null` = none. */
type Progress = (atMs: number) => { total: number | null; completed: number } | null;

/** The state after a check at `atMs`, with the longest interval that the jitter leaves. */
function check(state: WaitState, atMs: number, pace: Pace, progress: Progress): WaitState {
	const counters = progress(atMs);
	const job = createCrawlJob({
		provider: 'any',
		jobId: 'a',
		reference: { jobId: 'a' },
		status: 'running',
		rawStatus: null,
		...(counters && { counters }),
	});
	return afterCheck(state, { job, pauseMs: null }, policyOf(pace), atMs, 0).state;
}

/** When the checks of a wait are made, counted from its beginning. */
function schedule(
	earlier: EarlierCrawls | null,
	untilMs: number,
	pace: Pace = PACES.balanced,
	progress: Progress = () => null,
	startedAt = 0,
): number[] {
	const times: number[] = [];
	let state: WaitState = { ...initialState(startedAt), earlier };
	const nextRound = endAfter(MOST_CHECKS);
	while (state.nextCheckAt - startedAt <= untilMs) {
		nextRound();
		times.push(state.nextCheckAt - startedAt);
		state = check(state, state.nextCheckAt, pace, (at) => progress(at - startedAt));
	}
	return times;
}

const intervals = (times: readonly number[]) =>
	times
		.slice(1)
		.map((time, index) => ({ from: times[index] ?? 0, ms: time - (times[index] ?? 0) }));

/** The interval of the pace alone after a check at `atMs`. */
function usualInterval(atMs: number, pace: Pace = PACES.balanced): number {
	const state = { ...initialState(0), nextCheckAt: atMs };
	return check(state, atMs, pace, () => null).nextCheckAt - atMs;
}

const countBetween = (times: readonly number[], fromMs: number, untilMs: number) =>
	times.filter((time) => time >= fromMs && time < untilMs).length;

/** Earlier crawls of all kinds: long and short, alike and not, and waits that began late. */
function anyEarlier(random: () => number): EarlierCrawls {
	const lengthMs = 10 ** between(3, 9, random);
	const crawls = Array.from({ length: Math.floor(between(0, 9, random)) }, () => ({
		lengthMs: random() < 0.1 ? null : lengthMs * 10 ** between(-1, 1, random),
		total: random() < 0.5 ? null : Math.floor(between(0, 10_000, random)),
	}));
	return learnFrom(crawls, random() < 0.5 ? 0 : 10 ** between(0, 9, random));
}

const ADAPTIVE = Object.entries(PACES);

describe.each(ADAPTIVE)('earlier crawls at the pace %s', (_, pace) => {
	const cases = Array.from({ length: 20 }, (__, seed) => anyEarlier(seededRandom(seed)));

	it('make no interval longer than twice that of the pace', () => {
		const ratios = cases.flatMap((earlier) =>
			intervals(schedule(earlier, HOUR, pace)).map(
				({ from, ms }) => ms / usualInterval(from, pace),
			),
		);
		expect(Math.max(...ratios)).toBeLessThanOrEqual(2 + 1e-9);
	});

	it('make no interval shorter than a second', () => {
		const all = cases.flatMap((earlier) => intervals(schedule(earlier, HOUR, pace)));
		expect(Math.min(...all.map(({ ms }) => ms))).toBeGreaterThanOrEqual(SECOND);
	});

	it('cost half as many checks again as the pace, and four, at the most', () => {
		const usual = schedule(null, 2 * HOUR, pace);
		const overspent = cases.flatMap((earlier) =>
			schedule(earlier, HOUR, pace)
				.map((time, index) => ({ checks: index + 1, allowed: countBetween(usual, 0, time + 1) }))
				// A count of checks is whole, the budget is not.
				.filter(({ checks, allowed }) => checks > 1.5 * (allowed + 1) + 4),
		);
		expect(overspent).toEqual([]);
	});

	it('change nothing where they tell nothing', () => {
		const nothing = learnFrom([{ lengthMs: null, total: null }], 0);
		expect(schedule(nothing, HOUR, pace)).toEqual(schedule(null, HOUR, pace));
	});
});

describe('the density of checks', () => {
	const SCALE_FREE_SHARE = 0.13;
	const SCALE_FREE_HAZARD = 0.25;
	const SCALE_FREE_FROM_S = 12;
	/** Short, so that the belief hardly changes within it. */
	const USUAL_MS = 2 * SECOND;

	/** The belief that a crawl still runs, after seconds of waiting for it. */
	function survival(waitedS: number, medianS: number, spread: number, headStartS: number): number {
		const shape = Math.PI / Math.sqrt(3) / spread;
		const logLogistic = (ageS: number) => 1 / (1 + (ageS / medianS) ** shape);
		return (
			((1 - SCALE_FREE_SHARE) * logLogistic(headStartS + waitedS)) / logLogistic(headStartS) +
			SCALE_FREE_SHARE * (SCALE_FREE_FROM_S / waitedS) ** SCALE_FREE_HAZARD
		);
	}

	/** The chance of an end within a second at a time, by the slope of the belief. */
	function hazard(waitedS: number, ...belief: [number, number, number]): number {
		const step = 0.01;
		const log = (time: number) => Math.log(survival(time, ...belief));
		return (log(waitedS - step) - log(waitedS + step)) / (2 * step);
	}

	const cases = [30, 120, 250, 300, 330, 400, 900].flatMap((waitedS) =>
		[
			[0.1, 0],
			[0.4, 0],
			[0.4, 100],
			[0.4, 280],
			[0.9, 20],
		].map(([spread = 0, headStartS = 0]) => ({ waitedS, spread, headStartS })),
	);

	it.each(cases)(
		'goes like the square root of the hazard: $waitedS s after the beginning, $headStartS s of a head start, a spread of $spread',
		({ waitedS, spread, headStartS }) => {
			const ratio = (hazard(waitedS, 300, spread, headStartS) / SCALE_FREE_HAZARD) * waitedS;
			const expected = USUAL_MS / Math.max(1 / 2, Math.sqrt(ratio));
			const interval = intervalAfterEarlierMs(
				{ length: { median: 5 * MINUTE, spread }, headStartMs: headStartS * SECOND },
				// The interval lies around the time that is looked at.
				waitedS * SECOND - expected / 2,
				() => USUAL_MS,
			);
			expect(interval / Math.max(SECOND, expected)).toBeCloseTo(1, 1);
		},
	);

	const slopes = [200, 240, 300, 400].flatMap((waitedS) =>
		[0.1, 0.3].map((spread) => ({ waitedS, spread })),
	);

	it.each(slopes)(
		'adds up to one from a check to the next: $waitedS s after the beginning, a spread of $spread',
		({ waitedS, spread }) => {
			/** Seconds, long enough for the belief to change within one. */
			const usualS = (atS: number) => 10 + atS / 5;
			const intervalMs = intervalAfterEarlierMs(
				{ length: { median: 5 * MINUTE, spread }, headStartMs: 0 },
				waitedS * SECOND,
				(ms) => usualS(ms / SECOND) * SECOND,
			);
			const parts = 1_000;
			const partS = intervalMs / SECOND / parts;
			const checks = Array.from({ length: parts }, (_, part) => {
				const atS = waitedS + (part + 0.5) * partS;
				const ratio = (hazard(atS, 300, spread, 0) / SCALE_FREE_HAZARD) * atS;
				return (Math.max(1 / 2, Math.sqrt(ratio)) * partS) / usualS(atS);
			}).reduce((sum, share) => sum + share, 0);
			expect(Math.abs(checks - 1)).toBeLessThan(0.02);
		},
	);
});

describe('earlier crawls of five minutes', () => {
	const usual = schedule(null, HOUR);
	const learned = schedule(FIVE_MINUTES, HOUR);

	it('bring more than twice as many checks around the fifth minute', () => {
		const around = (times: readonly number[]) => countBetween(times, 4 * MINUTE, 6 * MINUTE);
		expect(around(learned)).toBeGreaterThan(2 * around(usual));
	});

	it('bring about half as many in the first three', () => {
		const early = (times: readonly number[]) => countBetween(times, 0, 3 * MINUTE);
		expect(early(learned)).toBeLessThan(0.6 * early(usual));
	});

	it('leave the pace as it is once their time is long over', () => {
		const ratios = intervals(learned)
			.filter(({ from }) => from > 15 * MINUTE)
			.map(({ from, ms }) => ms / usualInterval(from));
		expect(Math.min(...ratios)).toBeGreaterThan(0.9);
		expect(Math.max(...ratios)).toBeLessThan(1.1);
	});

	it('count the time before the wait as well', () => {
		const late = schedule({ ...FIVE_MINUTES, headStartMs: 4 * MINUTE }, HOUR);
		expect(countBetween(late, 0, 2 * MINUTE)).toBeGreaterThan(countBetween(usual, 0, 2 * MINUTE));
	});

	it('mean nothing to a fixed interval', () => {
		const fixed: Pace = { kind: 'fixed', intervalMs: 10 * SECOND };
		expect(schedule(FIVE_MINUTES, HOUR, fixed)).toEqual(schedule(null, HOUR, fixed));
	});
});

describe('the usual number of pages', () => {
	const pages = learnFrom(
		[98, 101, 100].map((total) => ({ lengthMs: null, total })),
		0,
	);
	/** A page every three seconds, found one by one. */
	const growing: Progress = (atMs) => {
		const completed = Math.floor(atMs / (3 * SECOND));
		return { total: completed + 2, completed };
	};
	/** The same without a total. */
	const uncounted: Progress = (atMs) => ({ total: null, completed: Math.floor(atMs / 3_000) });
	/** How long after `endMs` the first check is. */
	const delay = (times: readonly number[], endMs: number) =>
		(times.find((time) => time >= endMs) ?? Infinity) - endMs;

	it.each([
		['that grows', growing],
		['that is not counted', uncounted],
	])('tells the end of a crawl with a total %s', (_, progress) => {
		const delays = [295, 300, 305].map((endS) =>
			delay(schedule(pages, HOUR, PACES.balanced, progress), endS * SECOND),
		);
		expect(Math.max(...delays)).toBeLessThan(6 * SECOND);
	});

	it('leaves the usual length in force while the counters tell nothing', () => {
		const both = { ...FIVE_MINUTES, total: pages.total };
		expect(schedule(both, HOUR)).toEqual(schedule(FIVE_MINUTES, HOUR));
	});

	it.each<[string, EarlierCrawls, Progress]>([
		['by the clock', FIVE_MINUTES, () => null],
		['by the pages', pages, growing],
	])('does not depend on the date: the end is expected %s', (_, earlier, progress) => {
		const on = (startedAt: number) => schedule(earlier, HOUR, PACES.balanced, progress, startedAt);
		const usual = on(0);
		const drifts = on(Date.UTC(2026, 0, 1)).map((at, index) =>
			Math.abs(at - (usual[index] ?? NaN)),
		);
		// Times since the epoch leave fewer digits to fractions of a millisecond.
		expect(Math.max(...drifts)).toBeLessThan(SECOND / 10);
	});

	it('says nothing of a crawl that becomes slower and slower', () => {
		const slowing: Progress = (atMs) => {
			const completed = Math.floor(100 * (1 - (1 - Math.min(1, atMs / HOUR)) ** 2));
			return { total: completed + 5, completed };
		};
		const checks = (earlier: EarlierCrawls | null) =>
			schedule(earlier, 0.8 * HOUR, PACES.balanced, slowing).length;
		expect(checks(pages)).toBeLessThanOrEqual(1.1 * checks(null));
	});

	it('costs no more checks until then', () => {
		const with_ = countBetween(schedule(pages, HOUR, PACES.balanced, growing), 0, 300 * SECOND);
		const without = countBetween(schedule(null, HOUR, PACES.balanced, growing), 0, 300 * SECOND);
		expect(with_).toBeLessThanOrEqual(without);
	});

	it('gives way to counters that tell the end by themselves', () => {
		const steady: Progress = (atMs) => ({
			total: 50,
			completed: Math.min(50, Math.floor(atMs / (3 * SECOND))),
		});
		const untilEnd = (earlier: EarlierCrawls | null) =>
			delay(schedule(earlier, HOUR, PACES.balanced, steady), 150 * SECOND);
		expect(untilEnd(pages)).toBeLessThan(2 * SECOND);
	});
});

describe('what is learned of earlier crawls', () => {
	it('is their median, which one odd crawl does not move', () => {
		expect(lengths(5, 5, 5, 5, 50).length?.median).toBeCloseTo(5 * MINUTE);
	});

	it.each([
		[1, 2, 16],
		[16, 1, 2],
		[2, 16, 1],
		[16, 2, 1],
	])(
		'is the middle of the averages of any two of them, in any order: %i, %i and %i',
		(...minutes) => {
			expect(lengths(...minutes).length?.median).toBeCloseTo(2 * Math.SQRT2 * MINUTE);
		},
	);

	it('lies between two, in the middle of their logarithms', () => {
		expect(lengths(4, 9).length?.median).toBeCloseTo(6 * MINUTE);
	});

	it.each([
		['one', lengths(5), 0.3],
		['three that are alike', lengths(5, 5, 5), 0.3 / Math.sqrt(3)],
		[
			'two that differ',
			lengths(5 / 1.5, 5 * 1.5),
			Math.hypot(0.3, 2 ** 0.5 * Math.log(1.5)) / 2 ** 0.5,
		],
	])('has the spread of %s, with one more crawl of a usual spread', (_, earlier, spread) => {
		expect(earlier.length?.spread).toBeCloseTo(Math.SQRT2 * spread);
	});

	it('is less certain the more they differ', () => {
		const [alike, unlike] = [lengths(5, 5, 5), lengths(2, 5, 10)];
		expect(unlike.length?.spread).toBeGreaterThan(alike.length?.spread ?? Infinity);
	});

	it('is less certain after one crawl than after seven', () => {
		const [one, seven] = [lengths(5), lengths(5, 5, 5, 5, 5, 5, 5)];
		expect(one.length?.spread).toBeGreaterThan(seven.length?.spread ?? Infinity);
	});

	it('counts the last seven', () => {
		expect(lengths(5, 5, 5, 5, 5, 5, 5, 60, 60, 60)).toEqual(lengths(5, 5, 5, 5, 5, 5, 5));
	});

	it('begins with crawls of twenty seconds', () => {
		expect(learnFrom([{ lengthMs: 20 * SECOND, total: 3 }], 0).length?.median).toBeCloseTo(20_000);
	});

	it('can be the pages of crawls whose lengths nobody knows', () => {
		expect(learnFrom([{ lengthMs: null, total: 40 }], 0)).toMatchObject({
			length: null,
			total: { median: expect.closeTo(40) as number },
		});
	});

	it('leaves crawls of no pages out of the total', () => {
		const crawls = [0, 100].map((total) => ({ lengthMs: MINUTE, total }));
		expect(learnFrom(crawls, 0).total?.median).toBeCloseTo(100);
	});

	it('is nothing for crawls of seconds', () => {
		expect(learnFrom([{ lengthMs: 15 * SECOND, total: 3 }], 0)).toMatchObject({
			length: null,
			total: null,
		});
	});

	it('survives being saved', () => {
		const state = { ...initialState(0), earlier: FIVE_MINUTES };
		expect(restoreState(JSON.parse(JSON.stringify(state)) as WaitState)).toEqual(state);
	});

	it('is unknown to a wait that an older version has saved', () => {
		const { earlier, ...older } = initialState(0);
		expect(restoreState(older).earlier).toBe(earlier);
	});
});
