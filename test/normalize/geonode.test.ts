import { normalizeCrawlJob } from '../../nodes';

/** The example of Geonode's "Get Crawl Job Status" page. */
const documented = {
	job_id: '9d7b2c8e-8a4b-4c10-9af3-65f4f8f6c019',
	url: 'https://quotes.toscrape.com/',
	status: 'processing',
	total_pages: 25,
	completed_pages: 8,
	failed_pages: 0,
	cancelled_pages: 0,
	created_at: '2026-05-26T10:30:00Z',
	completed_at: null,
	token_summary: { tokens_charged_total: 8, tokens_reserved: 17 },
	results: [
		{
			url: 'https://quotes.toscrape.com/',
			parent_url: null,
			depth: 1,
			status: 'completed',
			error_code: null,
			error_message: null,
			links: ['https://quotes.toscrape.com/page/2/'],
			data: { markdown: '...', html: null },
			metadata: { http_status: 200, duration_ms: 631, retry_count: 0, tokens_charged: 1 },
		},
	],
};

const normalize = (change: object) => normalizeCrawlJob('geonode', { ...documented, ...change });

describe('a Geonode crawl as a CrawlJob', () => {
	it('is complete for the documented example', () => {
		expect(normalizeCrawlJob('geonode', documented)).toEqual({
			provider: 'geonode',
			jobId: '9d7b2c8e-8a4b-4c10-9af3-65f4f8f6c019',
			reference: { jobId: '9d7b2c8e-8a4b-4c10-9af3-65f4f8f6c019' },
			status: 'running',
			rawStatus: 'processing',
			isFinal: false,
			isPartial: false,
			url: 'https://quotes.toscrape.com/',
			progress: { total: 25, completed: 8, failed: 0, cancelled: 0, percent: 32 },
			failure: null,
			warnings: [],
			createdAt: '2026-05-26T10:30:00.000Z',
			startedAt: null,
			updatedAt: null,
			finishedAt: null,
			cost: { amount: 8, unit: 'tokens', isEstimate: false },
			details: { tokensCharged: 8, tokensReserved: 17 },
		});
	});

	it.each([
		['queued', 'queued', false],
		['processing', 'running', false],
		['completed', 'succeeded', true],
		['failed', 'failed', true],
		['cancelled', 'cancelled', true],
		['Completed', 'succeeded', true],
		['paused', 'unknown', false],
		['constructor', 'unknown', false],
		['', 'unknown', false],
	])('reads the status "%s" as %s', (rawStatus, status, isFinal) => {
		expect(normalize({ status: rawStatus })).toMatchObject({ status, rawStatus, isFinal });
	});

	it('names a status that nobody knows in the warnings', () => {
		expect(normalize({ status: 'paused' }).warnings).toEqual([expect.stringContaining('"paused"')]);
	});

	it.each([
		['failed pages', { failed_pages: 2 }],
		['cancelled pages', { cancelled_pages: 1 }],
	])('is partial when a completed crawl has %s', (_, change) => {
		expect(normalize({ status: 'completed', ...change }).isPartial).toBe(true);
	});

	it('is not partial while it runs, whatever failed so far', () => {
		expect(normalize({ failed_pages: 2 }).isPartial).toBe(false);
	});

	it.each([
		['nothing is known to be found', { total_pages: 0 }, null],
		['the total is missing', { total_pages: undefined }, null],
		['more is finished than was found', { total_pages: 4, completed_pages: 8 }, 100],
		['pages failed and were cancelled', { failed_pages: 1, cancelled_pages: 1 }, 40],
		['it does not divide evenly', { total_pages: 3, completed_pages: 1 }, 33.33],
	])('has the right percentage when %s', (_, change, percent) => {
		expect(normalize(change).progress.percent).toBe(percent);
	});

	it('warns of a counter that it cannot read, and keeps the others', () => {
		const job = normalize({ completed_pages: 'many' });
		expect(job.progress).toMatchObject({ total: 25, completed: null, failed: 0 });
		expect(job.warnings).toEqual([expect.stringContaining('completed_pages')]);
	});

	it('gives a failed crawl the reason of its first failed page', () => {
		const job = normalize({
			status: 'failed',
			results: [{ url: 'https://a.test/', error_code: 'FETCH_ERROR', error_message: 'No route' }],
		});
		expect(job.failure).toEqual({ message: 'A page failed: No route', code: 'FETCH_ERROR' });
	});

	it('always has a reason for a failed crawl', () => {
		expect(normalize({ status: 'failed', results: [] }).failure).toEqual({
			message: expect.stringContaining('no reason') as string,
			code: null,
		});
	});

	it('has no reason for any other crawl', () => {
		expect(normalize({ status: 'cancelled' }).failure).toBeNull();
	});

	it('takes the time of the end as finishedAt', () => {
		expect(normalize({ completed_at: '2026-05-26T12:30:00+02:00' }).finishedAt).toBe(
			'2026-05-26T10:30:00.000Z',
		);
	});

	it.each([
		['no results', { results: undefined }],
		['results of another shape', { results: 'none' }],
		['odd times', { created_at: 'yesterday', completed_at: 5n.toString() }],
		['fields of the future', { shiny: { new: true } }],
		['no token summary', { token_summary: null }],
	])('tolerates %s', (_, change) => {
		expect(normalize(change).status).toBe('running');
	});

	it('takes the id it was looked up with when the answer has none', () => {
		const job = normalizeCrawlJob('geonode', { status: 'queued' }, { jobId: 'abc' });
		expect(job).toMatchObject({ jobId: 'abc', reference: { jobId: 'abc' } });
	});
});

describe('an answer that is no crawl job', () => {
	it.each([
		['a web page', '<html></html>'],
		['nothing', null],
		['a list', []],
		['an object with neither an id nor a status', { code: 'ERROR', message: 'Oops' }],
		['a status that is no text, of nothing', { status: 7 }],
	])('is refused when it is %s', (_, body) => {
		expect(() => normalizeCrawlJob('geonode', body)).toThrow('not a Geonode crawl job');
	});
});

describe('the provider', () => {
	it('has to be a known one', () => {
		expect(() => normalizeCrawlJob('nobody', documented)).toThrow('There is no provider "nobody"');
	});
});
