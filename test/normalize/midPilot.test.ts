import { normalizeCrawlJob } from '../../nodes';

/** The examples of midPilot's "Get Scrape Status" page. */
const running = {
	jobId: '9b3e7f12-8c4a-43d9-b5e2-1a9c8f7d6e5b',
	status: 'running',
	createdAt: '2026-03-10T15:00:00Z',
	startedAt: '2026-03-10T15:00:05Z',
	updatedAt: '2026-03-10T15:02:30Z',
	progress: {
		stage: 'running',
		message: 'Scraping documentation pages',
		completedIterations: 15,
		totalIterations: 50,
	},
};

const finished = {
	jobId: '9b3e7f12-8c4a-43d9-b5e2-1a9c8f7d6e5b',
	status: 'finished',
	createdAt: '2026-03-10T15:00:00Z',
	startedAt: '2026-03-10T15:00:05Z',
	updatedAt: '2026-03-10T15:08:45Z',
	progress: {
		stage: 'finished',
		message: 'Scraping completed successfully',
		completedIterations: 42,
		totalIterations: 50,
	},
	result: {
		finishReason: 'no_more_links',
		savedPagesCount: 42,
		pageChunksCount: 328,
		savedPages: {
			'https://docs.evolveum.com/midpoint/reference/': {
				title: 'midPoint Reference Documentation',
				chunks: 8,
				scrapedAt: '2026-03-10T15:00:15Z',
			},
			'https://docs.evolveum.com/midpoint/install/': {
				title: 'Installation Guide',
				chunks: 12,
				scrapedAt: '2026-03-10T15:01:22Z',
			},
		},
	},
};

const failed = {
	jobId: '9b3e7f12-8c4a-43d9-b5e2-1a9c8f7d6e5b',
	status: 'failed',
	createdAt: '2026-03-10T15:00:00Z',
	startedAt: '2026-03-10T15:00:05Z',
	updatedAt: '2026-03-10T15:01:30Z',
	progress: { stage: 'failed', message: 'Failed to scrape documentation' },
	errors: [
		'Connection timeout while fetching https://docs.evolveum.com/midpoint/reference/',
		'Unable to reach documentation server after 3 retries',
	],
};

/** The first example of the same page, with a value for each type. */
const anyJob = {
	jobId: '<string>',
	status: '<string>',
	createdAt: '<string>',
	startedAt: '<string>',
	updatedAt: '<string>',
	progress: {
		stage: '<string>',
		message: '<string>',
		completedIterations: 123,
		totalIterations: 123,
	},
	result: { finishReason: '<string>', savedPagesCount: 123, pageChunksCount: 123, savedPages: {} },
	errors: [{}],
};

/** What the server's current code answers, in place of the documented result. */
const currentResult = {
	finishReason: 'no-more-links',
	savedDocumentationsCount: 1,
	savedChunksCount: 2,
	savedDocumentations: [
		{
			docId: 'doc1',
			chunks: [
				{ chunkId: 'chunk1', url: 'https://a.test/', content: 'the first part' },
				{ chunkId: 'chunk2', url: 'https://a.test/', content: 'the second part' },
			],
		},
	],
};

const SESSION_ID = '550e8400-e29b-41d4-a716-446655440000';

const normalize = (body: object) => normalizeCrawlJob('midPilot', body, { sessionId: SESSION_ID });

describe('a midPilot crawl as a CrawlJob', () => {
	const common = {
		provider: 'midPilot',
		jobId: running.jobId,
		reference: { sessionId: SESSION_ID, jobId: running.jobId },
		isPartial: false,
		url: null,
		warnings: [],
		createdAt: '2026-03-10T15:00:00.000Z',
		startedAt: '2026-03-10T15:00:05.000Z',
		finishedAt: null,
	};

	it('is complete for the documented running job', () => {
		expect(normalize(running)).toEqual({
			...common,
			status: 'running',
			rawStatus: 'running',
			isFinal: false,
			progress: { total: 50, completed: 15, failed: null, cancelled: null, percent: 30 },
			failure: null,
			updatedAt: '2026-03-10T15:02:30.000Z',
			cost: null,
			details: {
				progressUnit: 'iterations',
				stage: 'running',
				message: 'Scraping documentation pages',
			},
		});
	});

	it('is complete for the documented finished job', () => {
		expect(normalize(finished)).toEqual({
			...common,
			status: 'succeeded',
			rawStatus: 'finished',
			isFinal: true,
			progress: { total: 50, completed: 42, failed: null, cancelled: null, percent: 84 },
			failure: null,
			updatedAt: '2026-03-10T15:08:45.000Z',
			cost: null,
			details: {
				progressUnit: 'iterations',
				stage: 'finished',
				message: 'Scraping completed successfully',
				finishReason: 'no_more_links',
				savedPages: 42,
				savedChunks: 328,
			},
		});
	});

	it('is complete for the documented failed job', () => {
		expect(normalize(failed)).toEqual({
			...common,
			status: 'failed',
			rawStatus: 'failed',
			isFinal: true,
			progress: { total: null, completed: null, failed: null, cancelled: null, percent: null },
			failure: {
				message:
					'Connection timeout while fetching https://docs.evolveum.com/midpoint/reference/; Unable to reach documentation server after 3 retries',
				code: null,
			},
			updatedAt: '2026-03-10T15:01:30.000Z',
			cost: null,
			details: {
				progressUnit: 'iterations',
				stage: 'failed',
				message: 'Failed to scrape documentation',
			},
		});
	});

	it('reads the documented job of all types', () => {
		expect(normalize(anyJob)).toMatchObject({
			jobId: '<string>',
			status: 'unknown',
			warnings: [expect.stringContaining('"<string>"')],
			progress: { percent: 100 },
			details: { finishReason: '<string>', savedPages: 123, savedChunks: 123 },
		});
	});

	it.each([
		['queued', 'queued', false],
		['running', 'running', false],
		['finished', 'succeeded', true],
		['failed', 'failed', true],
		['Finished', 'succeeded', true],
		['cancelled', 'cancelled', true],
		['', 'unknown', false],
	])('reads the status "%s" as %s', (rawStatus, status, isFinal) => {
		expect(normalize({ ...running, status: rawStatus })).toMatchObject({
			status,
			rawStatus,
			isFinal,
		});
	});

	it('is unknown, and says so, when the server does not know it', () => {
		expect(normalize({ jobId: running.jobId, status: 'not_found' })).toMatchObject({
			jobId: running.jobId,
			status: 'unknown',
			rawStatus: 'not_found',
			isFinal: false,
			warnings: [expect.stringContaining('could not find the crawl')],
		});
	});

	it('never takes its state from the stage', () => {
		const progress = { stage: 'failed', message: 'no-starter-links provided' };
		expect(normalize({ ...finished, progress }).status).toBe('succeeded');
	});

	it('takes the ids it was looked up with when the answer has none', () => {
		const reference = { sessionId: SESSION_ID, jobId: 'abc' };
		expect(normalizeCrawlJob('midPilot', { status: 'queued' }, reference)).toMatchObject({
			jobId: 'abc',
			reference,
		});
	});

	it('reads times without a zone as UTC', () => {
		expect(normalize({ ...running, createdAt: '2026-03-10T15:00:00.123456' }).createdAt).toBe(
			'2026-03-10T15:00:00.123Z',
		);
	});
});

describe('the result of a midPilot crawl', () => {
	const normalizeResult = (result: unknown) => normalize({ ...finished, result });

	it('is read by the names of the current code', () => {
		expect(normalizeResult(currentResult).details).toMatchObject({
			finishReason: 'no_more_links',
			savedPages: 1,
			savedChunks: 2,
		});
	});

	it('keeps its content out of the details', () => {
		expect(JSON.stringify(normalizeResult(currentResult))).not.toContain('part');
	});

	it.each([
		['the current list', { savedDocumentations: [{ docId: 'a', chunks: [] }] }, 1],
		['an empty object in its place', { savedDocumentations: {} }, 0],
		['an object by address in its place', { savedDocumentations: { 'https://a.test/': {} } }, 1],
		['the documented pages', { savedPages: { 'https://a.test/': {}, 'https://b.test/': 7 } }, 2],
	])('is counted where the count is missing, from %s', (_, result, savedPages) => {
		expect(normalizeResult(result).details).toMatchObject({ savedPages });
	});

	it.each([
		['no-more-links', 'no_more_links'],
		['max-iterations-reached', 'max_iterations_reached'],
		['reused_previous_session_data', 'reused_previous_session_data'],
		['a-new-one', 'a_new_one'],
	])('writes the finish reason "%s" as %s', (finishReason, expected) => {
		expect(normalizeResult({ ...currentResult, finishReason }).details).toMatchObject({
			finishReason: expected,
		});
	});

	it.each([
		['saved nothing', { finishReason: 'no-more-links', savedDocumentationsCount: 0 }],
		['had nowhere to start', { finishReason: 'no-starter-links' }],
		['was not allowed a single round', { finishReason: 'wrong-scraper-iterations-value' }],
	])('makes a warning, which names the reason, of a crawl that %s', (_, result) => {
		const reason = result.finishReason.replaceAll('-', '_');
		expect(normalizeResult(result)).toMatchObject({
			status: 'succeeded',
			warnings: [expect.stringContaining(`saved nothing (finish reason: ${reason})`)],
		});
	});

	it.each([
		['is not over', running, { savedDocumentationsCount: 0 }],
		[
			'saved pages, whatever its reason',
			finished,
			{ finishReason: 'no-starter-links', savedPagesCount: 2 },
		],
	])('makes no warning of a crawl that %s', (_, job, result) => {
		expect(normalize({ ...job, result }).warnings).toEqual([]);
	});

	it.each([
		['is missing', undefined],
		['is null', null],
		['is a text', 'Corrupted result payload'],
		['has odd values', { finishReason: 7, savedPagesCount: 'many', savedPages: 'none' }],
	])('does not matter to the status when it %s', (_, result) => {
		expect(normalizeResult(result)).toMatchObject({ status: 'succeeded', warnings: [] });
	});
});

describe('the errors of a midPilot crawl', () => {
	it.each([
		['texts', ['One', 'Two'], 'One; Two'],
		['objects with a message', [{ message: 'One' }, { detail: 'Two' }], 'One; Two'],
		[
			'FastAPI objects',
			[{ loc: ['body', 'a'], msg: 'Field required', type: 'missing' }],
			'Field required',
		],
		['a list under detail', { detail: [{ msg: 'One' }, { msg: 'Two' }] }, 'One; Two'],
		['an envelope', [{ error: { code: 'x', message: 'One' } }], 'One'],
		['errors by address', { 'https://a.test/': { message: 'One' } }, 'https://a.test/: One'],
		[
			'errors beside what they are about',
			[{ page: { message: 'One' }, code: 5 }],
			'page: One; code: 5',
		],
		['nested lists', [[['One']], [null, 'Two']], 'One; Two'],
		['lists in lists as deep as a server nests them', [[[[['One']]]]], 'One'],
		['lists that are deeper', [[[[[['One']]]]]], 'Failed to scrape documentation'],
		[
			'objects that are deeper',
			{ a: { b: { c: { d: { e: { f: { g: 'One' } } } } } } },
			'Failed to scrape documentation',
		],
		['a stack frame and a text', ['at run (/app/worker.js:1:2)', 'One'], 'One'],
		['numbers', [404, 'One'], '404; One'],
		['objects of another shape', [{ code: 5 }], '{"code":5}'],
		['a single text', 'One', 'One'],
		['nothing that can be read', [{}, '', null], 'Failed to scrape documentation'],
		['nothing', undefined, 'Failed to scrape documentation'],
	])('are the reason of a failed one when they are %s', (_, errors, message) => {
		expect(normalize({ ...failed, errors }).failure).toEqual({ message, code: null });
	});

	it('leave a failed crawl a reason when there are none at all', () => {
		expect(normalize({ jobId: 'a', status: 'failed' }).failure).toEqual({
			message: expect.stringContaining('no reason') as string,
			code: null,
		});
	});

	it.each([
		['a running', running],
		['a finished', finished],
	])('are warnings of %s one', (_, job) => {
		const errors = ['No answer from http://10.0.0.7:8000/llm', { message: 'Two' }];
		expect(normalize({ ...job, errors })).toMatchObject({
			failure: null,
			warnings: ['No answer from [internal address]', 'Two'],
		});
	});

	it('are no warning where they are nothing but the frame of a stack', () => {
		expect(normalize({ ...running, errors: ['at run (/app/worker.js:1:2)'] }).warnings).toEqual([]);
	});

	it('do not flood the warnings', () => {
		const errors = Array.from({ length: 200 }, (_, index) => `Error ${index}`);
		const { warnings } = normalize({ ...running, errors });
		expect(warnings).toHaveLength(11);
		expect(warnings.at(-1)).toContain('190 more');
	});
});

describe('the progress of a midPilot crawl', () => {
	it.each([
		['has not begun', { stage: 'queue', message: 'Queued' }, null, null],
		['is missing', undefined, null, null],
		['is no object', 'half', null, null],
		['is of no rounds', { completedIterations: 0, totalIterations: 0 }, 0, null],
		['is above its total', { completedIterations: 5, totalIterations: 4 }, 4, 100],
	])('is read when it %s', (_, progress, total, percent) => {
		expect(normalize({ ...running, progress }).progress).toMatchObject({ total, percent });
	});

	it('makes a warning of a counter that cannot be read', () => {
		const progress = { completedIterations: 'two', totalIterations: 4 };
		expect(normalize({ ...running, progress }).warnings).toEqual([
			expect.stringContaining('completedIterations'),
		]);
	});
});

describe('an answer that is no midPilot crawl', () => {
	it.each([
		['a web page', '<html></html>'],
		['nothing', null],
		['a list', []],
		['an object with neither an id nor a status', { detail: 'Not Found' }],
		['a status that is no text, of nothing', { status: 7 }],
	])('is refused when it is %s', (_, body) => {
		expect(() => normalizeCrawlJob('midPilot', body)).toThrow('not a midPilot crawl');
	});
});
