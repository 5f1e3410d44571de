import type { CrawlProgress } from '../../nodes/shared/crawlJob';
import {
	forecastEnd,
	trackProgress,
	type ProgressTrack,
} from '../../nodes/shared/waiting/forecast';

const SECOND = 1000;

type Sight = [atSeconds: number, completed: number, total: number];

function progress(completed: number | null, total: number | null): CrawlProgress {
	return { total, completed, failed: 0, cancelled: 0, percent: null };
}

/** What is foreseen after the given sights of a crawl, in milliseconds; `null` for nothing. */
function foreseen(sights: Sight[]): number | null {
	const track = sights.reduce<ProgressTrack | null>(
		(before, [at, completed, total]) =>
			trackProgress(before, progress(completed, total), at * SECOND),
		null,
	);
	return forecastEnd(track)?.remainingMs ?? null;
}

describe('the end of a crawl', () => {
	it('is foreseen where pages come steadily', () => {
		const remainingMs = foreseen([
			[0, 0, 100],
			[10, 10, 100],
			[20, 20, 100],
			[30, 30, 100],
		]);
		expect(remainingMs).toBeGreaterThan(65 * SECOND);
		expect(remainingMs).toBeLessThan(75 * SECOND);
	});

	it.each<[string, Sight[]]>([
		['nothing has been seen', []],
		['it has been seen once', [[0, 5, 10]]],
		[
			'the total still grows',
			[
				[0, 0, 10],
				[10, 5, 20],
				[20, 10, 40],
				[30, 15, 80],
			],
		],
		[
			'nothing moves',
			[
				[0, 5, 10],
				[10, 5, 10],
				[20, 5, 10],
			],
		],
		[
			'it has stalled',
			[
				[0, 0, 100],
				[10, 10, 100],
				[20, 20, 100],
				[60, 20, 100],
			],
		],
	])('is not foreseen when %s', (_, sights) => {
		expect(foreseen(sights)).toBeNull();
	});

	it('is not foreseen without a total', () => {
		expect(forecastEnd(trackProgress(null, progress(3, null), 0))).toBeNull();
	});

	it('is never foreseen in the past', () => {
		const remainingMs = foreseen([
			[0, 0, 10],
			[10, 5, 10],
			[20, 10, 10],
			[22, 10, 10],
		]);
		expect(remainingMs).toBeGreaterThan(0);
	});

	it('is given up when it fails to come', () => {
		const sights: Sight[] = [
			[0, 0, 10],
			[10, 5, 10],
		];
		for (let at = 20; at < 20_000; at *= 2) sights.push([at, 10, 10]);
		expect(foreseen(sights)).toBeNull();
	});

	it('begins anew when the counters go back', () => {
		expect(
			foreseen([
				[0, 0, 100],
				[10, 10, 100],
				[20, 20, 100],
				[30, 1, 100],
			]),
		).toBeNull();
	});
});
