import { createCrawlJob, type CrawlJob } from '../../nodes/shared/crawlJob';
import type { Forecast } from '../../nodes/shared/waiting/forecast';
import {
	nextDelayMs,
	PACES,
	retryDelayMs,
	shortestOutageMs,
	spreadPauseMs,
	type Pace,
} from '../../nodes/shared/waiting/pace';
import { afterCheck, initialState, type WaitPolicy } from '../../nodes/shared/waiting/wait';
import { endAfter } from '../bench/endOfLoop';
import { between, seededRandom } from '../bench/random';

/** Many more than any wait makes in the time that these tests look at. */
const MOST_CHECKS = 50_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The pause after a check that was answered as soon as it was due. */
const delay = (pace: Pace, dueMs: number, forecast: Forecast | null, random: number): number =>
	nextDelayMs(pace, { dueMs, lateMs: 0 }, forecast, random);
/** The longest interval after a wait of `waitedMs`: what the law says, without jitter. */
const law = (pace: Pace, waitedMs: number): number => delay(pace, waitedMs, null, 0);
/** The shortest one. */
const shortest = (pace: Pace, waitedMs: number): number => delay(pace, waitedMs, null, 0.999_999);

const TIMES = Array.from({ length: 400 }, (_, index) => Math.round(1.05 ** index) * 10).filter(
	(waitedMs) => waitedMs <= 48 * HOUR,
);

describe('responsiveness balanced: the pace', () => {
	it.each([
		['at once', 0, 2.33, 2.75],
		['after 5 s', 5 * SECOND, 2.52, 2.75],
		['after 12 s', 12 * SECOND, 4.3, 4.7],
		['after a minute', MINUTE, 10.4, 11.35],
		['after five minutes', 5 * MINUTE, 25.3, 27.6],
		['after a quarter of an hour', 15 * MINUTE, 46.2, 50.4],
		['after half an hour', 30 * MINUTE, 55.2, 60],
		['after two days', 48 * HOUR, 55.2, 60],
	])('checks again %s within a range', (_, waitedMs, fromS, untilS) => {
		expect(shortest(PACES.balanced, waitedMs)).toBeGreaterThanOrEqual(fromS * SECOND - 1);
		expect(law(PACES.balanced, waitedMs)).toBeLessThanOrEqual(untilS * SECOND);
	});

	it('lets no delay pass a fifth of a wait of a minute or more, the answer included', () => {
		const answerMs = 300;
		const shares = TIMES.filter((waitedMs) => waitedMs >= MINUTE).map(
			(waitedMs) => (law(PACES.balanced, waitedMs) + answerMs) / waitedMs,
		);
		expect(Math.max(...shares)).toBeLessThan(0.2);
	});

	it('checks a job of half an hour no more than sixty times', () => {
		const random = seededRandom(1);
		let checks = 1;
		for (let at = 0; at < 30 * MINUTE; checks++) {
			at += delay(PACES.balanced, at, null, random());
		}
		expect(checks).toBeLessThanOrEqual(60);
	});
});

describe.each(Object.entries(PACES))('responsiveness %s: the pace', (_, pace) => {
	it('keeps between two seconds and a minute', () => {
		expect(Math.min(...TIMES.map((waitedMs) => shortest(pace, waitedMs)))).toBeGreaterThanOrEqual(
			2 * SECOND,
		);
		expect(Math.max(...TIMES.map((waitedMs) => law(pace, waitedMs)))).toBeLessThanOrEqual(MINUTE);
	});

	it('spreads waits that begin together by the first interval most', () => {
		const spread = (waitedMs: number) => 1 - shortest(pace, waitedMs) / law(pace, waitedMs);
		const later = TIMES.filter((waitedMs) => waitedMs > 0).map(spread);
		expect(spread(0)).toBeGreaterThan(1.5 * Math.max(...later));
	});

	it('never checks more often the longer it has waited', () => {
		const intervals = TIMES.map((waitedMs) => law(pace, waitedMs));
		expect(intervals).toEqual([...intervals].sort((a, b) => a - b));
	});

	it('shortens each interval by a random part of it', () => {
		const shares = TIMES.map((waitedMs) => shortest(pace, waitedMs) / law(pace, waitedMs));
		expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.85);
		expect(Math.max(...shares)).toBeLessThan(0.95);
	});
});

it('responsiveness: the eager pace is never slower than the balanced one, and that never than the relaxed', () => {
	const outOfOrder = TIMES.filter(
		(waitedMs) =>
			law(PACES.eager, waitedMs) > law(PACES.balanced, waitedMs) ||
			law(PACES.balanced, waitedMs) > law(PACES.relaxed, waitedMs),
	);
	expect(outOfOrder).toEqual([]);
});

describe.each<[string, Pace]>([
	...Object.entries(PACES),
	['fixed', { kind: 'fixed', intervalMs: 7 * SECOND }],
])('after a check that is late, the pace %s', (_, pace) => {
	const delays = TIMES.map((lateMs) => nextDelayMs(pace, { dueMs: HOUR, lateMs }, null, 0));
	const intervalMs = law(pace, HOUR);

	it('checks again at one of the times at which it would have checked without', () => {
		TIMES.forEach((lateMs, index) => {
			const intervals = (lateMs + (delays[index] ?? NaN)) / intervalMs;
			expect(intervals).toBeCloseTo(Math.round(intervals));
		});
	});

	it('checks at the first of them that is still to come', () => {
		expect(Math.min(...delays)).toBeGreaterThan(0);
		expect(Math.max(...delays)).toBeLessThanOrEqual(intervalMs);
	});
});

describe('a forecast', () => {
	it('is aimed at when it is sooner than the next check', () => {
		expect(delay(PACES.balanced, HOUR, { remainingMs: 7 * SECOND }, 0.5)).toBe(7 * SECOND);
	});

	it.each([
		[30, 6_970],
		[200, 6_800],
		// The rest of it was spent in a queue.
		[20_000, 6_800],
	])('is aimed at with the answer when the one before took %i ms', (lateMs, delayMs) => {
		const forecast = { remainingMs: 7 * SECOND };
		expect(nextDelayMs(PACES.balanced, { dueMs: HOUR, lateMs }, forecast, 0.5)).toBe(delayMs);
	});

	it('leads to no more than four requests in a second', () => {
		const forecast = { remainingMs: 0 };
		const made = { dueMs: HOUR, lateMs: 120 };
		expect(nextDelayMs(PACES.balanced, made, forecast, 0.5) + 120).toBe(250);
	});

	it('is not waited for when it is later', () => {
		const forecast = { remainingMs: HOUR };
		expect(delay(PACES.balanced, HOUR, forecast, 0.5)).toBe(delay(PACES.balanced, HOUR, null, 0.5));
	});

	it('never makes a check later than without it, nor checks without a pause', () => {
		const random = seededRandom(3);
		const broken: unknown[] = [];
		for (let run = 0; run < 10_000; run++) {
			const pace = Object.values(PACES)[run % 3] ?? PACES.balanced;
			const waitedMs = 48 * HOUR * random() ** 4;
			const forecast = { remainingMs: 3 * MINUTE * random() ** 4 };
			const chance = random();
			const delayMs = delay(pace, waitedMs, forecast, chance);
			const withoutMs = delay(pace, waitedMs, null, chance);
			const isRight = delayMs <= withoutMs && delayMs >= 100;
			if (!isRight) broken.push({ pace, waitedMs, forecast, chance, delayMs, withoutMs });
		}
		expect(broken).toEqual([]);
	});
});

describe('responsiveness fixed, intervalSeconds: the pace', () => {
	const pace: Pace = { kind: 'fixed', intervalMs: 7 * SECOND };

	it.each([0, MINUTE, 48 * HOUR])('is the same after %d ms', (waitedMs) => {
		expect(delay(pace, waitedMs, null, 0)).toBe(7 * SECOND);
		expect(delay(pace, waitedMs, { remainingMs: 0 }, 0.9)).toBe(7 * SECOND);
	});

	it('stays fixed when checks fail', () => {
		expect(retryDelayMs(pace, 9, 0.9)).toBe(7 * SECOND);
	});
});

describe('retries after failed checks', () => {
	const retryDelays = (random: number) =>
		Array.from({ length: 20 }, (_, index) => retryDelayMs(PACES.balanced, index + 1, random));

	it('begin after a second and grow to a minute', () => {
		const delays = retryDelays(0);
		expect(delays[0]).toBe(SECOND);
		expect(delays.at(-1)).toBe(MINUTE);
		expect(delays).toEqual([...delays].sort((a, b) => a - b));
	});

	it.each([0.01, 0.5, 0.999])('come sooner by chance, here %d, but not by a tenth', (random) => {
		const longest = retryDelays(0);
		const shares = retryDelays(random).map((delay, index) => delay / (longest[index] ?? NaN));
		expect(Math.max(...shares)).toBeLessThan(1);
		expect(Math.min(...shares)).toBeGreaterThan(0.9);
	});

	it('give the provider about two minutes before the tenth failure in a row', () => {
		const untilTenth = retryDelays(0)
			.slice(0, 9)
			.reduce((sum, delay) => sum + delay, 0);
		expect(untilTenth).toBeGreaterThan(90 * SECOND);
		expect(untilTenth).toBeLessThan(150 * SECOND);
	});
});

describe('what earlier crawls tell', () => {
	const STEP_MS = 50;
	const TIMES_S = [30, 45, 60, 90, 150, 300, 600, 1_200, 3_600];
	const cases = Object.entries(PACES).flatMap(([name, pace]) =>
		TIMES_S.map((waitedS) => ({ name, pace, waitedS })),
	);

	/** The pause when the end is expected soon, after so many checks. */
	function learned(pace: Pace, waitedS: number, checks: number, random = 0): number {
		const length = { median: waitedS * SECOND + 5 * SECOND, spread: 0.05 };
		const made = { dueMs: waitedS * SECOND, lateMs: 0 };
		const knowledge = { usualEnd: { length, headStartMs: 0 }, checks };
		return nextDelayMs(pace, made, null, random, knowledge);
	}

	/** How many checks a pace makes until a time, the first and one then included. */
	function usualChecks(pace: Pace, untilMs: number): number {
		let checks = 1;
		for (let at = 0; at < untilMs; at += STEP_MS) checks += STEP_MS / law(pace, at + STEP_MS / 2);
		return checks;
	}

	it.each(cases)(
		'brings a check sooner, up to half as many checks again as usual and four: $name, after $waitedS s',
		({ pace, waitedS }) => {
			const soon = learned(pace, waitedS, 0);
			const most = Math.floor(1.5 * usualChecks(pace, waitedS * SECOND + soon) + 4);
			const usual = law(pace, waitedS * SECOND);
			expect([most - 1, most].map((made) => learned(pace, waitedS, made))).toEqual([soon, usual]);
		},
	);

	it.each([0.25, 0.5, 0.999])('lets the chance %d only shorten the pause', (random) => {
		const share = learned(PACES.balanced, 300, 0, random) / learned(PACES.balanced, 300, 0);
		expect(share).toBeLessThan(1);
		expect(share).toBeGreaterThan(0.9);
	});
});

describe('the shortest outage that ends a wait', () => {
	const fixed: Pace = { kind: 'fixed', intervalMs: SECOND };

	it.each([1, 2, 3, 9, 10, 11, 30])(
		'lasts at a fixed pace as long as %i failures with pauses that grow',
		(failures) => {
			const pauses = Array.from({ length: failures - 1 }, (_, index) =>
				retryDelayMs(PACES.balanced, index + 1, 1),
			);
			const expected = pauses.reduce((sum, pause) => sum + pause, 0);
			expect(shortestOutageMs(fixed, failures)).toBeCloseTo(expected);
		},
	);

	it('is no matter where the pauses grow by themselves', () => {
		expect(shortestOutageMs(PACES.balanced, 10)).toBe(0);
	});
});

describe('a wait of 48 hours', () => {
	const policy: WaitPolicy = {
		deadlineMs: 72 * HOUR,
		stallMs: 0,
		maxFailuresInRow: 10,
		pace: PACES.balanced,
		minGapMs: 0,
	};

	/** The gaps between the checks of a job that reports `countersAt` and never ends. */
	function gaps(countersAt: (at: number) => CrawlJob): number[] {
		const random = seededRandom(5);
		const result: number[] = [];
		let state = initialState(0);
		const nextRound = endAfter(MOST_CHECKS);
		while (state.nextCheckAt < 48 * HOUR) {
			nextRound();
			const now = state.nextCheckAt;
			const check = { job: countersAt(now), pauseMs: null };
			state = afterCheck(state, check, policy, now, random()).state;
			result.push(state.nextCheckAt - now);
		}
		return result;
	}

	function running(completed: number, total: number): CrawlJob {
		return createCrawlJob({
			provider: 'geonode',
			jobId: '1',
			reference: { jobId: '1' },
			status: 'running',
			rawStatus: null,
			counters: { completed, total },
		});
	}

	it('makes about one check a minute', () => {
		const intervals = gaps(() => running(0, 0));
		expect(intervals.length).toBeGreaterThan(48 * 60);
		expect(intervals.length).toBeLessThan(1.06 * 48 * 60);
	});

	it.each<[string, (at: number) => CrawlJob]>([
		['a crawl that has stalled', () => running(50, 100)],
		['a crawl whose total grows with its pages', (at) => running(at / SECOND, at / SECOND + 5)],
		['a crawl that never finishes a page', () => running(0, 100)],
	])('is not checked more often for %s', (_, countersAt) => {
		expect(gaps(countersAt)).toEqual(gaps(() => running(0, 0)));
	});

	it('makes only a few checks more when the counters mislead it', () => {
		const random = seededRandom(11);
		const uncounted = gaps(() => running(0, 0)).length;
		const more = Array.from({ length: 20 }, () => {
			const speed = between(0.001, 1, random);
			return (
				gaps((at) => running(Math.min(1_000, (at / SECOND) * speed), 1_000)).length - uncounted
			);
		});
		expect(Math.max(...more)).toBeLessThanOrEqual(8);
	});
});

describe('a pause that a server asks for', () => {
	it('is never cut short', () => {
		expect(spreadPauseMs(10_000, 1, 0)).toBe(10_000);
		expect(spreadPauseMs(10_000, 20, 0)).toBe(10_000);
	});

	it.each([
		[1, 11_000],
		[2, 12_000],
		[3, 14_000],
		[7, 74_000],
		[8, 74_000],
	])('is spread over twice the time after each failure in a row: after %i', (failures, longest) => {
		expect(spreadPauseMs(10_000, failures, 1)).toBeCloseTo(longest);
	});
});
