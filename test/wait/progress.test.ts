import type { CrawlJob, CrawlStatus } from '../../nodes/shared/crawlJob';
import { describeProgress } from '../../nodes/shared/crawlWait/progress';
import { crawl } from './itemWait';

const NONE = { total: null, completed: null, failed: null, cancelled: null, percent: null };

const doing = (status: CrawlStatus, progress: Partial<CrawlJob['progress']> = {}): CrawlJob =>
	crawl(status, { progress: { ...NONE, ...progress } });

describe('how crawls are doing', () => {
	it.each<[string, CrawlJob[]]>([
		['running', [doing('running')]],
		['running, 9 pages', [doing('running', { completed: 9 })]],
		['running, 9 of 10 pages', [doing('running', { completed: 9, total: 10 })]],
		['running, 9 pages, 1 failed', [doing('running', { completed: 9, failed: 1 })]],
		['failed, 2 failed', [doing('failed', { failed: 2 })]],
		['running, 0 of 3 pages', [doing('running', { completed: 0, total: 3, failed: 0 })]],
		['2 running', [doing('running'), doing('running')]],
		[
			'1 running, 1 succeeded, 5 of 7 pages, 3 failed',
			[
				doing('running', { completed: 2, total: 4, failed: 2 }),
				doing('succeeded', { completed: 3, total: 3, failed: 1 }),
			],
		],
		[
			'2 running, 5 pages',
			[doing('running', { completed: 2, total: 4 }), doing('running', { completed: 3 })],
		],
		['2 running', [doing('running', { completed: 2 }), doing('running')]],
	])('%s', (text, jobs) => {
		expect(describeProgress(jobs)).toBe(text);
	});
});
