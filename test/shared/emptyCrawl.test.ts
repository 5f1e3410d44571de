import type { CrawlCounters } from '../../nodes/shared/crawlJob';
import { emptyCrawlWarnings } from '../../nodes/shared/emptyCrawl';

const NO_PAGE = ['The crawl is done, but no page was crawled.'];
const ALL_FAILED = ['The crawl is done, but all of its pages failed.'];

describe('the warning of a crawl that is done without a page', () => {
	it.each<[Partial<CrawlCounters>, string[]]>([
		[{ completed: 0 }, NO_PAGE],
		[{ completed: 0, failed: 2 }, ALL_FAILED],
		[{ completed: 1, failed: 2 }, []],
		[{ completed: 1, total: 0 }, []],
		[{ total: 0 }, NO_PAGE],
		[{ total: 2, cancelled: 2 }, NO_PAGE],
		[{ total: 4, failed: 4 }, ALL_FAILED],
		[{ total: 4, failed: 3, cancelled: 1 }, ALL_FAILED],
		[{ total: 4, failed: 3 }, []],
		[{ total: 4 }, []],
		[{ failed: 3 }, []],
		[{}, []],
	])('with the counters %j is %j', (counters, warnings) => {
		expect(emptyCrawlWarnings(counters)).toEqual(warnings);
	});

	it('says why the first page failed, where that is known', () => {
		expect(emptyCrawlWarnings({ completed: 0, failed: 1 }, 'No route')).toEqual([
			'The crawl is done, but all of its pages failed. The first error: No route',
		]);
	});
});
