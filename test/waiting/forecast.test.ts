import type { CrawlProgress } from '../../nodes/shared/crawlJob';
import {
	forecastEnd,
	trackProgress,
	usualEndAt,
	type ProgressTrack,
} from '../../nodes/shared/waiting/forecast';
import { seededRandom } from '../bench/random';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** Times are since the epoch, and so are large. */
const START = Date.UTC(2026, 0);

/** When a check was made, in seconds, and the pages it found finished, of how many. */
type Check = [at: number, finished: number, total?: number];

function progress(completed: number | null, total: number | null = 100): CrawlProgress {
	return { total, completed, failed: 0, cancelled: 0, percent: null };
}

function track(checks: readonly Check[]): ProgressTrack | null {
	return checks.reduce<ProgressTrack | null>(
		(before, [at, finished, total]) =>
			trackProgress(before, progress(finished, total), START + at * SECOND),
		null,
	);
}

/** In how many seconds the end is to be looked for, after the given checks. */
function remaining(...checks: Check[]): number | null {
	const forecast = forecastEnd(track(checks));
	return forecast === null ? null : forecast.remainingMs / SECOND;
}

/** Checks every ten seconds of a crawl of 100 pages that finishes as many as `pagesAt` says. */
function everyTenSeconds(untilS: number, pagesAt: (atS: number) => number): Check[] {
	return Array.from({ length: untilS / 10 + 1 }, (_, index) => [
		index * 10,
		Math.floor(pagesAt(index * 10)),
	]);
}

describe('steady progress', () => {
	it('foretells the end to less than a page', () => {
		const pageS = 2.5;
		const remainingS = remaining(...everyTenSeconds(200, (at) => at / pageS));
		expect(remainingS).toBeGreaterThan(50 - pageS);
		expect(remainingS).toBeLessThan(50 + pageS);
	});

	it('foretells it more closely than single pages are counted, when checks come closer', () => {
		// Pages of 10 s each; the ninetieth is counted at 900 s, between two checks.
		const checks: Check[] = [...everyTenSeconds(890, (at) => at / 10), [899.5, 89], [900.5, 90]];
		expect(Math.abs((remaining(...checks) ?? Infinity) - 99.5)).toBeLessThan(1);
	});

	it('counts pages that failed or were cancelled as finished', () => {
		const mixed = (at: number): CrawlProgress => ({
			total: 100,
			completed: at - 2,
			failed: 1,
			cancelled: 1,
			percent: null,
		});
		const plain = [10, 20, 30].reduce<ProgressTrack | null>(
			(before, at) => trackProgress(before, progress(at), at * SECOND),
			null,
		);
		const counted = [10, 20, 30].reduce<ProgressTrack | null>(
			(before, at) => trackProgress(before, mixed(at), at * SECOND),
			null,
		);
		expect(counted).toEqual(plain);
	});

	it('does not let the time in a queue pass for slowness', () => {
		const inQueue = everyTenSeconds(600, () => 0);
		const running: Check[] = [
			[610, 10],
			[620, 20],
			[630, 30],
			[640, 40],
		];
		expect(Math.abs((remaining(...inQueue, ...running) ?? Infinity) - 60)).toBeLessThan(6);
	});
});

describe('a crawl whose speed changes', () => {
	it('is judged by the speed of late', () => {
		// A page a second for 100 s, then one every ten.
		const pagesAt = (at: number) => Math.min(at, 100) + Math.max(0, at - 100) / 10;
		const checks = everyTenSeconds(1_100, pagesAt).map(([at, n]): Check => [at, n, 1_000]);
		expect(Math.abs((remaining(...checks) ?? Infinity) - 8_000)).toBeLessThan(800);
	});

	it('is judged by what came since a counter went back', () => {
		const fast = everyTenSeconds(40, (at) => 2 * at);
		const slow = Array.from({ length: 10 }, (_, n): Check => [50 + 10 * n, 5 + n]);
		expect(Math.abs((remaining(...fast, ...slow) ?? Infinity) - 860)).toBeLessThan(20);
	});
});

describe('no forecast is made', () => {
	it('before two forecasts agree', () => {
		expect(remaining([0, 0])).toBeNull();
		expect(remaining([0, 0], [10, 10])).toBeNull();
		expect(remaining([0, 0], [10, 10], [20, 20])).not.toBeNull();
	});

	it('where the provider does not count', () => {
		expect(trackProgress(null, progress(null), 0)).toBeNull();
		expect(trackProgress(null, progress(3, null), 0)).toBeNull();
		expect(forecastEnd(null)).toBeNull();
	});

	it('while the total grows, since pages are being discovered', () => {
		expect(remaining([0, 0, 50], [10, 10, 60], [20, 20, 70], [30, 30, 80])).toBeNull();
	});

	it('before the total has held still for two forecasts', () => {
		const growing: Check[] = [
			[0, 0, 80],
			[10, 10, 90],
			[20, 20, 100],
		];
		expect(remaining(...growing, [30, 30])).toBeNull();
		expect(remaining(...growing, [30, 30], [40, 40])).not.toBeNull();
	});

	it('once pages no longer come', () => {
		const moving = everyTenSeconds(80, (at) => at);
		expect(remaining(...moving, [82, 80])).not.toBeNull();
		expect(remaining(...moving, [85, 80])).toBeNull();
		expect(remaining(...moving, [900, 80])).toBeNull();
	});

	it('where pages come in bursts', () => {
		const bursty = everyTenSeconds(90, (at) => 25 * Math.floor(at / 25));
		for (let checks = 1; checks <= bursty.length; checks++) {
			expect(remaining(...bursty.slice(0, checks))).toBeNull();
		}
	});

	it('while the crawl slows down, since the end moves away', () => {
		const slowing = everyTenSeconds(300, (at) => 1_000 * (1 - (1 - at / 400) ** 2));
		expect(remaining(...slowing.map(([at, finished]): Check => [at, finished, 1_000]))).toBeNull();
	});

	it('after a counter went back', () => {
		const moving = everyTenSeconds(80, (at) => at);
		expect(remaining(...moving, [90, 10], [100, 20])).toBeNull();
	});

	it('where there is nothing to crawl', () => {
		expect(remaining([0, 0, 0], [10, 0, 0], [20, 0, 0])).toBeNull();
	});
});

describe('an end that does not come when expected', () => {
	const nearlyDone = everyTenSeconds(90, (at) => at);
	const inVain = [99.95, 100.5, 101, 101.5, 102].map((at): Check => [at, 99]);

	it('is looked for again within the time of a page', () => {
		const remainingS = remaining(...nearlyDone, [99.9, 99], [100.4, 99]);
		expect(remainingS).toBeGreaterThan(0);
		expect(remainingS).toBeLessThanOrEqual(1);
	});

	it('is looked for twice in the time of a page', () => {
		expect(remaining(...nearlyDone, [99.9, 99], [101.2, 99])).toBeCloseTo(0.5, 1);
	});

	it('is given up after five checks in vain', () => {
		expect(remaining(...nearlyDone, ...inVain.slice(0, 4))).not.toBeNull();
		expect(remaining(...nearlyDone, ...inVain)).toBeNull();
	});

	it('stays given up when a counter goes back', () => {
		const again: Check[] = [110, 120, 130, 140].map((at) => [at, at - 100]);
		expect(remaining(...nearlyDone, ...inVain, ...again)).toBeNull();
	});

	it.each([
		['counts from the very time on', 0, false],
		['does not count before', -0.001, true],
	])('is given up by checks in vain, of which one %s', (_, earlyS, isLookedFor) => {
		const foundAtS = 99;
		const expectedAtS = foundAtS + (remaining(...nearlyDone, [foundAtS, 99]) ?? NaN);
		const inVain = [0.3, 0.6, 0.9, 1.2].map((afterS): Check => [expectedAtS + afterS, 99]);
		const checks: Check[] = [[foundAtS, 99], [expectedAtS + earlyS, 99], ...inVain];
		expect(remaining(...nearlyDone, ...checks) !== null).toBe(isLookedFor);
	});

	it('is still looked for after checks of a crawl that had stalled', () => {
		const stalled = Array.from({ length: 20 }, (_, n): Check => [100 + 10 * n, 90]);
		expect(remaining(...nearlyDone, ...stalled, [300, 100])).not.toBeNull();
	});

	it('is looked for when all pages are done, sooner than they were expected', () => {
		expect(remaining([0, 0], [10, 10], [20, 20], [30, 100])).not.toBeNull();
	});

	it('is looked for less and less often once all pages are done', () => {
		const done: Check[] = [...nearlyDone, [100, 100]];
		const pauses = Array.from({ length: 4 }, () => {
			const pause = remaining(...done) ?? NaN;
			done.push([(done.at(-1)?.[0] ?? 0) + pause, 100]);
			return pause;
		});
		expect(pauses[0]).toBeLessThan(5);
		expect(pauses[2]).toBeCloseTo(2 * (pauses[1] ?? 0));
		expect(pauses[3]).toBeCloseTo(2 * (pauses[2] ?? 0));
	});
});

describe('an end by how many pages earlier crawls had', () => {
	/** Of a crawl that does not say how many pages it has, unless it is told. */
	const trackUsual = (checks: readonly Check[], usualTotal: number | null, total: number | null) =>
		checks.reduce<ProgressTrack | null>(
			(before, [at, finished]) =>
				trackProgress(before, progress(finished, total), START + at * SECOND, usualTotal),
			null,
		);

	/** In how many seconds after the first check a crawl will have 100 pages, as usual. */
	function usualEnd(
		checks: readonly Check[],
		usualTotal: number | null = 100,
		total: number | null = null,
	): number | null {
		const endAt = usualEndAt(trackUsual(checks, usualTotal, total));
		return endAt === null ? null : (endAt - START) / SECOND;
	}

	const aPageInTenSeconds = (untilS: number) => everyTenSeconds(untilS, (at) => at / 10);

	it('is foretold by the speed of the crawl', () => {
		expect(Math.abs((usualEnd(aPageInTenSeconds(400)) ?? 0) - 1_000)).toBeLessThan(20);
	});

	it('is foretold also while the total grows', () => {
		expect(Math.abs((usualEnd(aPageInTenSeconds(400), 100, 60) ?? 0) - 1_000)).toBeLessThan(20);
	});

	it('is not foretold before a tenth of them has come', () => {
		expect(usualEnd(aPageInTenSeconds(80))).toBeNull();
	});

	it.each<[number, string]>([
		[9, 'not foretold'],
		[10, 'foretold'],
	])('after two checks, the first of which found %i of them, is %s', (pages, expected) => {
		const foretold = usualEnd([
			[0, 0],
			[100, pages],
			[200, 2 * pages],
		]);
		expect(foretold === null ? 'not foretold' : 'foretold').toBe(expected);
	});

	it('is not foretold by pages that were there at the first check', () => {
		const underWay = aPageInTenSeconds(80).map(([at, pages]): Check => [at, pages + 50]);
		expect(usualEnd(underWay)).toBeNull();
	});

	it('is not foretold while the speed changes', () => {
		expect(usualEnd([...aPageInTenSeconds(300), [310, 40]])).toBeNull();
	});

	it('is no forecast, which would need a total of its own', () => {
		expect(forecastEnd(trackUsual(aPageInTenSeconds(30), 100, null))).toBeNull();
	});

	it('is not foretold where there were none', () => {
		expect(usualEnd(aPageInTenSeconds(400), null, 100)).toBeNull();
	});
});

describe('what is remembered', () => {
	it('is plain JSON of constant size, however long the crawl', () => {
		let current: ProgressTrack | null = null;
		for (let at = 0; at < 48 * HOUR; at += 60 * SECOND) {
			current = trackProgress(current, progress(at / SECOND, 200_000), at);
		}
		expect(JSON.parse(JSON.stringify(current))).toEqual(current);
		expect(JSON.stringify(current).length).toBeLessThan(400);
	});

	it('gives a finite, non-negative forecast or none, whatever the counters say', () => {
		const random = seededRandom(7);
		const forecasts: number[] = [];
		for (let crawl = 0; crawl < 200; crawl++) {
			let current: ProgressTrack | null = null;
			let now = 0;
			for (let check = 0; check < 50; check++) {
				now += Math.floor(random() * 20) * SECOND;
				const total = random() < 0.1 ? null : Math.floor(random() * 4) * 10;
				current = trackProgress(current, progress(Math.floor(random() * 40), total), now);
				forecasts.push(forecastEnd(current)?.remainingMs ?? 0);
			}
		}
		expect(forecasts.filter((ms) => !Number.isFinite(ms) || ms < 0)).toEqual([]);
	});
});
