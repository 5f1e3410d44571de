import { normalizeCrawlJob } from '../../nodes';

/** The example of HighLevel's "Get crawling status for the latest operation" page. */
const documented = {
	success: true,
	data: {
		aggregate: [
			{
				_id: 'Failed',
				records: [
					{
						url: 'https://developer.mozilla.org/en-US/blog/rss.xml',
						id: '688e41118a188704914d13c0',
						title: 'JavaScript Temporal is coming | MDN Blog',
						error: {
							stack:
								'HttpException: Failed to fetch HTML content\n    at getHtml (/app/dist/apps/conversations-ai/crm-conversations-ai-discover-worker.js:2531:15)',
							response: 'Failed to fetch HTML content',
							status: 500,
							options: null,
							message: 'Failed to fetch HTML content',
							name: 'HttpException',
						},
					},
				],
			},
		],
		operationDetails: {
			discoveredUrlsCount: 66,
			trainedUrlsCount: 0,
			_id: '688e410c8a18870ecf4d13bb',
			locationId: 'nnAzVJqSv6PJ1p6zrhvC',
			status: 'Pending',
			url: 'https://developer.mozilla.org/en-US/blog/',
			mode: 'Path',
			knowledgeBaseId: 'CCNPhKqSCkTOG8O7dtbq',
			createdAt: '2025-08-02T16:47:08.182Z',
			updatedAt: '2025-08-02T16:48:43.635Z',
			__v: 0,
			robotsFileData:
				'User-agent: *\nSitemap: https://developer.mozilla.org/sitemap.xml\nDisallow: /api/',
		},
	},
};

const { aggregate, operationDetails } = documented.data;

const REFERENCE = {
	locationId: 'nnAzVJqSv6PJ1p6zrhvC',
	knowledgeBaseId: 'CCNPhKqSCkTOG8O7dtbq',
	operationId: '688e410c8a18870ecf4d13bb',
};

/** The documented example with some details of the operation changed. */
const withDetails = (change: object, groups: unknown = aggregate) => ({
	success: true,
	data: { aggregate: groups, operationDetails: { ...operationDetails, ...change } },
});

const normalize = (change: object, groups?: unknown) =>
	normalizeCrawlJob('highLevel', withDetails(change, groups));

/** A group of pages; each failed for the given reason, if there is one. */
const group = (word: string, pages: number, error?: unknown) => ({
	_id: word,
	records: Array.from({ length: pages }, (_none, index) => ({
		id: `${word}${index}`,
		url: `https://example.com/${word}/${index}`,
		...(error !== undefined && { error }),
	})),
});

describe('a HighLevel crawl as a CrawlJob', () => {
	it('is complete for the documented example', () => {
		expect(normalizeCrawlJob('highLevel', documented)).toEqual({
			provider: 'highLevel',
			jobId: '688e410c8a18870ecf4d13bb',
			reference: REFERENCE,
			status: 'running',
			rawStatus: 'Pending',
			isFinal: false,
			isPartial: false,
			url: 'https://developer.mozilla.org/en-US/blog/',
			progress: { total: 66, completed: 0, failed: 1, cancelled: 0, percent: 1.52 },
			failure: null,
			warnings: [],
			createdAt: '2025-08-02T16:47:08.182Z',
			startedAt: null,
			updatedAt: '2025-08-02T16:48:43.635Z',
			finishedAt: null,
			cost: null,
			details: {
				mode: 'Path',
				phase: 'discovery',
				discoveredUrlsCount: 66,
				trainedUrlsCount: 0,
				pagesByStatus: { failed: 1 },
			},
		});
	});

	it('is the same without the envelope, as newer versions of the API give it', () => {
		expect(normalizeCrawlJob('highLevel', documented.data)).toEqual(
			normalizeCrawlJob('highLevel', documented),
		);
	});

	it.each([
		['Pending', 'running', false],
		['Processing', 'running', false],
		['Training', 'running', false],
		['Successful', 'succeeded', true],
		['Existing', 'succeeded', true],
		['Failed', 'failed', true],
		['Aborted', 'failed', true],
		['Restricted', 'failed', true],
		['Cancelled', 'cancelled', true],
		['Canceled', 'cancelled', true],
		['success', 'succeeded', true],
		['completed', 'succeeded', true],
		['trained', 'succeeded', true],
		['aborted', 'failed', true],
		['SUCCESSFUL', 'succeeded', true],
		['Paused', 'unknown', false],
		['', 'unknown', false],
		['constructor', 'unknown', false],
	])('reads the status "%s" as %s', (rawStatus, status, isFinal) => {
		expect(normalize({ status: rawStatus })).toMatchObject({ status, rawStatus, isFinal });
	});

	it('follows the word of the operation, whatever the groups of pages say', () => {
		expect(normalize({ status: 'Processing' }, [group('Failed', 66)]).status).toBe('running');
	});

	it('names a status that nobody knows in the warnings', () => {
		expect(normalize({ status: 'Paused' }).warnings).toEqual([expect.stringContaining('"Paused"')]);
	});

	it('says that pages were there before when HighLevel calls them existing', () => {
		expect(normalize({ status: 'Existing' }).warnings).toEqual([
			expect.stringContaining('in the knowledge base before'),
		]);
	});

	it('is in the training phase while and after pages are trained', () => {
		const phases = [
			normalize({ status: 'Successful' }),
			normalize({ status: 'Training' }),
			normalize({ status: 'Successful', trainedUrlsCount: 3 }),
		].map(({ details }) => details.phase);
		expect(phases).toEqual(['discovery', 'training', 'training']);
	});
});

describe('the pages of a HighLevel crawl', () => {
	const groups = [
		group('Successful', 5),
		group('Failed', 2),
		group('Aborted', 1),
		group('Restricted', 1),
		group('Cancelled', 3),
		group('Existing', 1),
	];

	it('are counted by what their group means', () => {
		const { progress } = normalize({ discoveredUrlsCount: 20, trainedUrlsCount: 5 }, groups);
		expect(progress).toEqual({ total: 20, completed: 5, failed: 4, cancelled: 3, percent: 60 });
	});

	it('are counted by the word of their group in the details', () => {
		expect(normalize({}, [...groups, group('FAILED', 1)]).details.pagesByStatus).toEqual({
			successful: 5,
			failed: 3,
			aborted: 1,
			restricted: 1,
			cancelled: 3,
			existing: 1,
		});
	});

	it('make a success partial when one of them failed', () => {
		expect(normalize({ status: 'Successful' }).isPartial).toBe(true);
	});

	it.each([
		['there are none', undefined],
		['they are no list', 'many'],
		['they are null', null],
	])('are unknown, with a warning, when %s', (_, groupsOfPages) => {
		const details = { ...documented.data.operationDetails };
		const job = normalizeCrawlJob('highLevel', {
			aggregate: groupsOfPages,
			operationDetails: details,
		});
		expect(job).toMatchObject({
			status: 'running',
			progress: { failed: null, cancelled: null },
			warnings: [expect.stringContaining('list of pages')],
		});
	});

	it.each([
		['a group without records', { _id: 'Failed' }],
		['a group that is none', 'Failed'],
		['a record that is none', { _id: 'Failed', records: ['page'] }],
	])('leave out %s', (_, odd) => {
		expect(normalize({}, [odd, group('Failed', 1)]).progress.failed).toBe(1);
	});
});

describe('the reason of a failed HighLevel crawl', () => {
	const failureFor = (error: unknown, status = 'Failed') =>
		normalize({ status }, [group('Failed', 1, error)]).failure;

	it('is the message of the first page that failed', () => {
		expect(failureFor({ message: 'Not found', response: 'r', status: 404 })).toEqual({
			message: 'A page failed: Not found',
			code: '404',
		});
	});

	it('is the response where there is no message', () => {
		expect(failureFor({ response: 'Failed to fetch' })).toEqual({
			message: 'A page failed: Failed to fetch',
			code: null,
		});
	});

	it('is taken from the first page that gives one', () => {
		const groups = [
			group('Pending', 1, { message: 'no' }),
			group('Failed', 1),
			group('Aborted', 1, { message: 'yes' }),
		];
		expect(normalize({ status: 'Failed' }, groups).failure?.message).toBe('A page failed: yes');
	});

	it.each(['Failed', 'Aborted', 'Restricted'])('is always there for "%s"', (status) => {
		expect(failureFor(undefined, status)).toEqual({
			message: `HighLevel reports the crawl as ${status.toLowerCase()} and gives no reason`,
			code: null,
		});
	});

	it.each(['Pending', 'Successful', 'Cancelled', 'Paused'])('is not there for "%s"', (status) => {
		expect(failureFor({ message: 'Not found' }, status)).toBeNull();
	});

	it.each([
		['the stack of the error', { ...aggregate[0]?.records[0]?.error }],
		[
			'a stack in the message',
			{ message: 'Boom\n    at getHtml (/app/dist/apps/worker.js:2531:15)' },
		],
		['an internal address', { message: 'connect to http://10.0.0.7:8080/render failed' }],
	])('holds no trace of %s', (_, error) => {
		const job = normalize({ status: 'Failed' }, [group('Failed', 1, error)]);
		expect(JSON.stringify(job)).not.toMatch(/\.js|getHtml|10\.0\.0\.7|stack/);
	});
});

describe('an odd answer of HighLevel', () => {
	it.each([
		['fields of the future', { shiny: { new: true } }],
		['odd times', { createdAt: 'yesterday', updatedAt: {} }],
		['no address', { url: undefined, mode: null }],
	])('is tolerated with %s', (_, change) => {
		expect(normalize(change).status).toBe('running');
	});

	it('warns of a counter that it cannot read, and keeps the others', () => {
		const job = normalize({ trainedUrlsCount: 'many' });
		expect(job.progress).toMatchObject({ total: 66, completed: null, failed: 1 });
		expect(job.warnings).toEqual([expect.stringContaining('trainedUrlsCount')]);
	});

	it.each([
		['the operation is empty, as in an example of the newest version', {}],
		['its status is no text', { status: 7 }],
	])('is no outcome when %s', (_, details) => {
		const job = normalizeCrawlJob('highLevel', { aggregate, operationDetails: details }, REFERENCE);
		expect(job).toMatchObject({
			jobId: REFERENCE.operationId,
			reference: REFERENCE,
			status: 'unknown',
			rawStatus: null,
			isFinal: false,
			warnings: expect.arrayContaining([expect.stringContaining('returned no status')]) as string[],
		});
	});

	it('has the status unknown when there is no such operation', () => {
		const body = { success: true, data: { aggregate: [], operationDetails: null } };
		expect(normalizeCrawlJob('highLevel', body, REFERENCE)).toMatchObject({
			jobId: REFERENCE.operationId,
			reference: REFERENCE,
			status: 'unknown',
			warnings: ['HighLevel could not find this crawl.'],
		});
	});

	it('is refused when it says that it did not succeed', () => {
		const body = { ...documented, success: false, message: 'Try later' };
		expect(() => normalizeCrawlJob('highLevel', body)).toThrow('did not succeed');
	});

	it.each([
		['a web page', '<html></html>'],
		['nothing', null],
		['a list', []],
		['an empty object', {}],
		['an operation that is no object', { aggregate: [], operationDetails: 'Pending' }],
		['an error', { statusCode: 500, message: 'Internal Server Error' }],
	])('is refused when it is %s', (_, body) => {
		expect(() => normalizeCrawlJob('highLevel', body)).toThrow('not a HighLevel crawl status');
	});
});
