import { createCrawlJob, type CrawlJobFacts } from '../../nodes/shared/crawlJob';

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
		['its unknown status', { rawStatus: HUGE, status: 'unknown' }],
		['its id', { jobId: HUGE, reference: { jobId: HUGE } }],
		['its address', { url: `https://x.test/${HUGE}` }],
		['its failure', { failure: { message: HUGE, code: HUGE } }],
		['a warning', { warnings: [HUGE] }],
		['many warnings', { warnings: Array.from({ length: 100_000 }, () => 'one more') }],
		['a detail', { details: { message: HUGE } }],
		['a detail in a list in an object', { details: { a: { b: [HUGE] } } }],
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
