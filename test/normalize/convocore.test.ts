import { normalizeCrawlJob } from '../../nodes';

/** The example of Convocore's "Get crawler job" page. */
const documented = {
	id: '<string>',
	workspaceId: '<string>',
	primaryUrl: '<string>',
	urls: ['<string>'],
	crawl: true,
	crawlOptions: {
		maxPages: 250,
		urlMatchers: ['<string>'],
		unMatchers: ['<string>'],
		stayOnDomain: true,
	},
	useProxy: true,
	deep: true,
	refreshRate: '<string>',
	toAgentId: '<string>',
	toAgentIds: ['<string>'],
	done: true,
	failed: true,
	isCancelled: true,
	message: '<string>',
	resultError: '<string>',
	createdAt: '<string>',
	ts: 123,
	currentPageIndex: 123,
	scrapedPagesNum: 123,
	failedPagesNum: 123,
	pageLimit: 123,
	creditsPerPage: 123,
	estimatedCredits: 123,
	activeScrapeUrl: '<string>',
	crawlerJobId: '<string>',
	scrapedUrls: ['<string>'],
	scrapedHashes: ['<string>'],
	pendingCandidateUrls: ['<string>'],
	processedCrawlUrls: ['<string>'],
	failedCrawlUrls: ['<string>'],
	webhookFinalizedAt: '<string>',
	processingMode: '<string>',
	crawlerSubmittedAt: '<string>',
	crawlerWebhookUrl: '<string>',
	crawlerSubmissionEndpoint: '<string>',
	webhook: {
		url: '<string>',
		events: [],
		hasSecret: true,
		hasBearerToken: true,
		headerKeys: ['<string>'],
	},
};

/** A running job with the values that the documentation leaves open. */
const running = {
	...documented,
	id: 'job1',
	workspaceId: 'workspace1',
	primaryUrl: 'https://example.com/',
	refreshRate: 'never',
	done: false,
	failed: false,
	isCancelled: false,
	message: null,
	resultError: null,
	createdAt: '2026-05-26T10:30:00Z',
	ts: 1779791400000,
	scrapedPagesNum: 8,
	failedPagesNum: 0,
	pageLimit: 250,
	activeScrapeUrl: 'https://example.com/9',
	pendingCandidateUrls: ['https://example.com/9', 'https://example.com/10'],
	failedCrawlUrls: [],
};

const normalize = (change: object) =>
	normalizeCrawlJob('convocore', {
		success: true,
		message: 'OK',
		data: { ...running, ...change },
	});

describe('a Convocore crawl as a CrawlJob', () => {
	it('is complete for the documented example, whose flags are all set', () => {
		const body = { success: true, message: '<string>', data: documented };
		expect(normalizeCrawlJob('convocore', body)).toEqual({
			provider: 'convocore',
			jobId: '<string>',
			reference: { workspaceId: '<string>', jobId: '<string>' },
			status: 'cancelled',
			rawStatus: null,
			isFinal: true,
			isPartial: true,
			url: '<string>',
			progress: { total: 246, completed: 123, failed: 123, cancelled: null, percent: 100 },
			failure: null,
			warnings: [],
			createdAt: '1970-01-01T00:02:03.000Z',
			startedAt: null,
			updatedAt: null,
			finishedAt: null,
			cost: { amount: 15_129, unit: 'credits', isEstimate: false },
			details: {
				message: '<string>',
				urlCount: 1,
				crawl: true,
				deep: true,
				useProxy: true,
				refreshRate: '<string>',
				toAgentIds: ['<string>'],
				pageLimit: 123,
				currentPageIndex: 123,
				activeUrl: '<string>',
				scrapedUrlCount: 1,
				pendingUrlCount: 1,
				processedUrlCount: 1,
				failedUrlCount: 1,
				creditsPerPage: 123,
				estimatedCredits: 123,
				crawlerJobId: '<string>',
				processingMode: '<string>',
				webhook: {
					events: [],
					hasSecret: true,
					hasBearerToken: true,
					headerKeys: ['<string>'],
				},
			},
		});
	});

	const flags = (done: boolean, failed: boolean, isCancelled: boolean) => ({
		done,
		failed,
		isCancelled,
	});

	it.each([
		['no flag', flags(false, false, false), 'running'],
		['done', flags(true, false, false), 'succeeded'],
		['failed', flags(false, true, false), 'failed'],
		['done and failed', flags(true, true, false), 'failed'],
		['cancelled', flags(false, false, true), 'cancelled'],
		['done and cancelled', flags(true, false, true), 'cancelled'],
		['failed and cancelled', flags(false, true, true), 'cancelled'],
	])('with %s is read right', (_, change, status) => {
		expect(normalize(change)).toMatchObject({ status, rawStatus: null });
	});

	it.each([
		['queued', 'queued'],
		['processing', 'running'],
		['completed', 'succeeded'],
		['failed', 'failed'],
		['cancelled', 'cancelled'],
		['Completed', 'succeeded'],
		['paused', 'unknown'],
		['', 'unknown'],
	])('with the word "%s" and no flag is %s', (rawStatus, status) => {
		expect(normalize({ status: rawStatus })).toMatchObject({ status, rawStatus });
	});

	it.each([
		['the word is behind', { status: 'processing', done: true }, 'succeeded'],
		['the word is not known', { status: 'paused', failed: true }, 'failed'],
		['only the word says failed', { status: 'failed', done: true }, 'failed'],
		['only the word says cancelled', { status: 'cancelled', failed: true }, 'cancelled'],
	])('believes the flag or word that says most when %s', (_, change, status) => {
		expect(normalize(change).status).toBe(status);
	});

	it('names a status that nobody knows in the warnings', () => {
		expect(normalize({ status: 'paused' }).warnings).toEqual([expect.stringContaining('"paused"')]);
	});
});

describe('the progress of a Convocore crawl', () => {
	it.each([
		['the pages that wait, when they are listed', {}, 10, 80],
		[
			'the page at work, when it is not among them',
			{ activeScrapeUrl: 'https://b.test/' },
			11,
			72.73,
		],
		['no entry that is no address', { pendingCandidateUrls: ['https://b.test/', 5, 6] }, 10, 80],
		['no more than the limit', { pageLimit: 9 }, 9, 88.89],
		['nothing that is not known', { pendingCandidateUrls: undefined }, null, null],
		['nothing without the finished ones', { scrapedPagesNum: undefined }, null, null],
		['failed pages', { failedPagesNum: 2 }, 12, 83.33],
		['only what is finished, once it is done', { done: true }, 8, 100],
		['what was left out, when it failed', { failed: true }, 10, 80],
	])('counts %s', (_, change, total, percent) => {
		expect(normalize(change).progress).toMatchObject({ total, percent });
	});

	it('has no percentage before the first page is found', () => {
		const { progress } = normalize({
			scrapedPagesNum: 0,
			pendingCandidateUrls: [],
			activeScrapeUrl: null,
		});
		expect(progress).toMatchObject({ total: 0, completed: 0, percent: null });
	});

	it.each([
		['their number is missing', { failedPagesNum: undefined }],
		['their number is behind', { failedPagesNum: 1 }],
	])('counts the failed pages from their list when %s', (_, change) => {
		const urls = ['https://a.test/', 'https://b.test/'];
		expect(normalize({ ...change, failedCrawlUrls: urls }).progress.failed).toBe(2);
	});

	it('does not count failed pages that nothing tells of', () => {
		const change = { failedPagesNum: undefined, failedCrawlUrls: undefined };
		expect(normalize(change).progress.failed).toBeNull();
	});

	it('warns of a counter that it cannot read', () => {
		expect(normalize({ failedPagesNum: 'some' }).warnings).toEqual([
			expect.stringContaining('failedPagesNum'),
		]);
	});

	it.each([
		['their number', { failedPagesNum: 1 }],
		['their list', { failedCrawlUrls: ['https://a.test/'] }],
	])('makes a crawl partial when it is done and %s tells of failed pages', (_, change) => {
		expect(normalize({ done: true, ...change })).toMatchObject({
			status: 'succeeded',
			isPartial: true,
		});
	});
});

describe('what a Convocore crawl says about itself', () => {
	it.each([
		['resultError', { resultError: 'No route', message: 'Sorry' }, 'No route'],
		['message, where that is all', { message: 'Sorry' }, 'Sorry'],
		['nothing', {}, 'no reason'],
	])('gives a failed crawl the reason in %s', (_, change, reason) => {
		expect(normalize({ failed: true, ...change }).failure).toEqual({
			message: expect.stringContaining(reason) as string,
			code: null,
		});
	});

	it('shows no internal address in the reason', () => {
		const { failure } = normalize({ failed: true, resultError: 'No http://10.0.0.7:8080/submit' });
		expect(failure?.message).toBe('No [internal address]');
	});

	it('has no reason for a cancelled crawl', () => {
		expect(normalize({ isCancelled: true, resultError: 'stopped' }).failure).toBeNull();
	});

	it.each([
		['reports an error', { resultError: 'Two pages were odd' }, 'Two pages were odd'],
		['has scraped nothing', { scrapedPagesNum: 0 }, 'no page'],
		['will be repeated', { refreshRate: '24h' }, 'run again'],
	])('warns when it is done but %s', (_, change, warning) => {
		expect(normalize({ done: true, ...change }).warnings).toEqual([
			expect.stringContaining(warning),
		]);
	});

	it('does not warn of a repetition before the crawl is done', () => {
		expect(normalize({ refreshRate: '24h' }).warnings).toEqual([]);
	});

	it.each([
		['primaryUrl', {}, 'https://example.com/'],
		['its first URL', { primaryUrl: null }, '<string>'],
	])('takes its address from %s', (_, change, url) => {
		expect(normalize(change).url).toBe(url);
	});

	it.each([
		['createdAt', {}],
		['ts in milliseconds', { createdAt: null }],
		['ts in seconds', { createdAt: null, ts: 1779791400 }],
		['ts where createdAt cannot be read', { createdAt: 'yesterday' }],
	])('takes its begin from %s', (_, change) => {
		expect(normalize(change).createdAt).toBe('2026-05-26T10:30:00.000Z');
	});

	it('takes the time it was handed to the crawler as startedAt', () => {
		expect(normalize({ crawlerSubmittedAt: '2026-05-26T10:31:00Z' }).startedAt).toBe(
			'2026-05-26T10:31:00.000Z',
		);
	});

	it('keeps secrets, internal addresses and long lists out of its details', () => {
		const urls = Array.from({ length: 400 }, (_, index) => `https://long.test/${index}`);
		const { details } = normalize({
			crawlerWebhookUrl: 'http://api.internal/hooks',
			crawlerSubmissionEndpoint: 'http://crawler.internal/submit',
			scrapedUrls: urls,
			scrapedHashes: urls,
			pendingCandidateUrls: urls,
			webhook: { url: 'https://hook.test/?token=1', secret: 's3cret', hasSecret: true, events: [] },
		});
		expect(details).toMatchObject({ scrapedUrlCount: 400, pendingUrlCount: 400 });
		expect(JSON.stringify(details)).not.toMatch(/internal|long\.test|hook\.test|s3cret/);
	});

	it.each([
		['the list', { toAgentId: null, toAgentIds: ['a', 'b'] }, ['a', 'b']],
		['the field for one', { toAgentId: 'a', toAgentIds: [] }, ['a']],
		['both, each once', { toAgentId: 'a', toAgentIds: ['b', 'a'] }, ['a', 'b']],
		['neither', { toAgentId: null, toAgentIds: [] }, undefined],
	])('names the agents in its details that are in %s', (_, change, agentIds) => {
		expect(normalize(change).details.toAgentIds).toEqual(agentIds);
	});

	it.each([
		['no lists', { urls: undefined, toAgentIds: null, failedCrawlUrls: undefined }],
		['lists of another shape', { urls: 'none', pendingCandidateUrls: 5, toAgentIds: 'agent' }],
		['odd times', { createdAt: 'yesterday', ts: 'now' }],
		['no webhook', { webhook: undefined }],
		['an odd webhook', { webhook: 'https://example.com' }],
		['fields of the future', { shiny: { new: true } }],
		['flags of another type', { failed: 'no', isCancelled: null }],
	])('tolerates %s', (_, change) => {
		expect(normalize(change).status).toBe('running');
	});

	it('takes the ids it was looked up with when the answer has none', () => {
		const reference = { workspaceId: 'mine', jobId: 'abc' };
		expect(
			normalizeCrawlJob('convocore', { success: true, data: { done: false } }, reference),
		).toMatchObject({ jobId: 'abc', reference });
	});
});

describe('an answer that is no Convocore crawl', () => {
	it.each([
		['a web page', '<html></html>'],
		['nothing', null],
		['a list', []],
		['an envelope without data', { success: true, message: 'OK' }],
		['an envelope around something else', { success: true, data: { id: 'abc' } }],
		[
			'fields of a crawl without state or id',
			{ success: true, data: { primaryUrl: 'x', urls: [] } },
		],
		['a job without its envelope', running],
	])('is refused when it is %s', (_, body) => {
		expect(() => normalizeCrawlJob('convocore', body)).toThrow('not a Convocore crawl job');
	});

	it.each([
		['one of its fields', { id: 'abc', urls: null }, {}],
		['the id that was asked for', { id: 'abc' }, { jobId: 'abc' }],
	])('is one all the same without a state, where it has %s', (_, data, reference) => {
		expect(normalizeCrawlJob('convocore', { success: true, data }, reference)).toMatchObject({
			jobId: 'abc',
			status: 'running',
		});
	});

	it.each([
		['missing', { code: 'NOT_FOUND', message: 'x' }],
		['missing', { message: 'Crawler job not found' }],
		['permanent', { code: 'UNAUTHORIZED' }],
		['permanent', { code: 'FORBIDDEN' }],
		['permanent', { code: 'BAD_REQUEST' }],
		['permanent', { message: 'Unauthorized' }],
		['passing', { code: 'INTERNAL_SERVER_ERROR', message: 'Oops' }],
		['passing', { code: 'TOO_MANY_REQUESTS' }],
		['passing', { message: 'Something is odd' }],
		['passing', {}],
	])('is a %s fault when success is false and it says %j', (kind, words) => {
		const body = { success: false, data: null, ...words };
		expect(() => normalizeCrawlJob('convocore', body)).toThrow(
			expect.objectContaining({ kind, message: 'Convocore rejected the request' }) as Error,
		);
	});

	it('is read all the same when success is false but the job is there', () => {
		const body = {
			success: false,
			message: 'The crawl failed',
			data: { ...running, failed: true },
		};
		expect(normalizeCrawlJob('convocore', body).status).toBe('failed');
	});
});
