import {
	createCrawlJob,
	restoreCrawlJob,
	type CrawlCounters,
	type CrawlJobFacts,
} from '../../nodes/shared/crawlJob';

const facts: CrawlJobFacts = {
	provider: 'geonode',
	jobId: 'j',
	reference: { jobId: 'j' },
	status: 'running',
	rawStatus: 'processing',
};

const create = (more: Partial<CrawlJobFacts>) => createCrawlJob({ ...facts, ...more });

const HUGE = 'x'.repeat(10_000_000);

describe('the texts of a crawl', () => {
	it.each<[string, Partial<CrawlJobFacts>]>([
		['its status', { rawStatus: HUGE }],
		['the blanks behind its status', { rawStatus: `x${' '.repeat(10_000_000)}` }],
		['its unknown status', { rawStatus: HUGE, status: 'unknown' }],
		['its id', { jobId: HUGE, reference: { jobId: HUGE } }],
		['its address', { url: `https://x.test/${HUGE}` }],
		['its failure', { failure: { message: HUGE, code: HUGE } }],
		['a warning', { warnings: [HUGE] }],
		['many warnings', { warnings: Array.from({ length: 100_000 }, () => 'one more') }],
		['a detail', { details: { message: HUGE } }],
		['a detail in a list in an object', { details: { a: { b: [HUGE] } } }],
		['a long list in a detail', { details: { a: Array.from({ length: 100_000 }, () => 'one') } }],
		['the name of a detail', { details: { [HUGE]: 1 } }],
		['many details', { details: Object.fromEntries([...Array(100_000).keys()].entries()) }],
	])('are cut: %s', (_, more) => {
		expect(JSON.stringify(create(more)).length).toBeLessThan(60_000);
	});

	const DIRTY = 'failed at run (/app/main.js:1:2) on http://10.0.0.7:8080/jobs';

	it.each<[string, Partial<CrawlJobFacts>]>([
		['its status', { rawStatus: DIRTY }],
		['its unknown status', { rawStatus: DIRTY, status: 'unknown' }],
		['its failure', { failure: { message: DIRTY, code: DIRTY } }],
		['a warning', { warnings: [DIRTY] }],
		['a detail', { details: { message: DIRTY } }],
		['a detail that begins with an address', { details: { message: `https://x.test/ ${DIRTY}` } }],
		['a detail in a list in an object', { details: { a: { b: [DIRTY] } } }],
	])('show nothing of servers: %s', (_, more) => {
		expect(JSON.stringify(create(more))).not.toMatch(/main\.js|10\.0\.0\.7/);
	});

	it('keep the word of the provider as it is', () => {
		expect(create({ rawStatus: ' Processing ' }).rawStatus).toBe(' Processing ');
	});

	it('keep the addresses of pages, wherever they are', () => {
		const url = 'http://localhost:3000/app/home';
		expect(create({ url, details: { activeUrl: url } })).toMatchObject({
			url,
			details: { activeUrl: url },
		});
	});
});

describe('the details of a crawl', () => {
	it.each([
		[null, null],
		[true, true],
		[1.5, 1.5],
		[-0, 0],
		[Infinity, null],
		[Number.NaN, null],
		[
			[1, null],
			[1, null],
		],
		[{ b: null }, { b: null }],
	])('hold %p as %p, as JSON can', (value, expected) => {
		expect(create({ details: { a: value } }).details).toEqual({ a: expected });
	});
});

describe('the warnings of a crawl', () => {
	it('are none where there is nothing to say', () => {
		expect(create({}).warnings).toEqual([]);
	});
});

describe('the progress of a crawl', () => {
	it.each<[Partial<CrawlCounters>, number | null]>([
		[{ total: 4, completed: 2 }, 50],
		[{ total: 4, failed: 1 }, 25],
		[{ total: 4, cancelled: 1 }, 25],
		[{ total: 4, completed: 1, failed: 1, cancelled: 1 }, 75],
		[{ total: 3, completed: 1 }, 33.33],
		[{ total: 2, completed: 3 }, 100],
		[{ total: 4 }, null],
		[{ total: 0, completed: 0 }, null],
		[{ completed: 2 }, null],
		[{}, null],
	])('of %j is %p percent', (counters, percent) => {
		expect(create({ counters }).progress.percent).toBe(percent);
	});
});

describe('a crawl out of a saved execution', () => {
	const { cost, ...saved } = create({ cost: { amount: 2, unit: 'credits', isEstimate: false } });

	it('has no cost where it was saved without one', () => {
		expect(restoreCrawlJob(saved)).toEqual({ ...saved, cost: null });
	});

	it('keeps the cost that it was saved with', () => {
		expect(restoreCrawlJob({ ...saved, cost }).cost).toEqual(cost);
	});
});
