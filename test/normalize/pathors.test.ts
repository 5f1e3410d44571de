import { normalizeCrawlJob } from '../../nodes';

const REFERENCE = { projectId: 'project1', knowledgeBaseId: 'kb_abc123', jobId: 'job1' };

/** An entry with all fields that "List crawl/import jobs and their progress" declares. */
const documented = {
	jobId: 'job1',
	mode: 'crawl',
	total: 25,
	done: 8,
	failed: 0,
	status: 'scraping',
	startedAt: '2026-05-26T10:30:00.000Z',
	updatedAt: '2026-05-26T10:31:00.000Z',
};

const normalize = (change: object) =>
	normalizeCrawlJob('pathors', { jobs: [{ ...documented, ...change }] }, REFERENCE);

describe('a Pathors crawl as a CrawlJob', () => {
	it('is complete for an entry with every documented field', () => {
		expect(normalizeCrawlJob('pathors', { jobs: [documented] }, REFERENCE)).toEqual({
			provider: 'pathors',
			jobId: 'job1',
			reference: REFERENCE,
			status: 'running',
			rawStatus: 'scraping',
			isFinal: false,
			isPartial: false,
			url: null,
			progress: { total: 25, completed: 8, failed: 0, cancelled: null, percent: 32 },
			failure: null,
			warnings: [],
			createdAt: null,
			startedAt: '2026-05-26T10:30:00.000Z',
			updatedAt: '2026-05-26T10:31:00.000Z',
			finishedAt: null,
			cost: null,
			details: { mode: 'crawl' },
		});
	});

	it('is picked out of the list by its id', () => {
		const jobs = [
			{ ...documented, jobId: 'job0', status: 'failed' },
			{ ...documented, status: 'completed' },
			{ ...documented, jobId: 'job2', status: 'cancelled' },
		];
		expect(normalizeCrawlJob('pathors', { jobs }, REFERENCE)).toMatchObject({
			jobId: 'job1',
			status: 'succeeded',
		});
	});

	it('is found beside entries that cannot be read', () => {
		const jobs = [null, 'x', {}, { jobId: null }, { jobId: 'job0' }, documented];
		expect(normalizeCrawlJob('pathors', { jobs }, REFERENCE).status).toBe('running');
	});

	it.each([
		['an id that is a number', { jobId: 7 }, '7'],
		['an id with blanks around it', { jobId: ' 7 ' }, '7'],
	])('is found by %s', (_, change, jobId) => {
		const body = { jobs: [{ ...documented, ...change }] };
		expect(normalizeCrawlJob('pathors', body, { jobId }).jobId).toBe(jobId);
	});

	it.each([
		['no mode', { mode: undefined }],
		['odd times', { startedAt: 'yesterday', updatedAt: {} }],
		['no counters', { total: undefined, done: undefined, failed: undefined }],
		['fields of the future', { shiny: { new: true } }],
	])('tolerates %s', (_, change) => {
		expect(normalize(change)).toMatchObject({ status: 'running', warnings: [] });
	});

	it('warns of a counter that it cannot read, and keeps the others', () => {
		const job = normalize({ done: 'many' });
		expect(job.progress).toMatchObject({ total: 25, completed: null, failed: 0 });
		expect(job.warnings).toEqual([expect.stringContaining('done')]);
	});
});

describe('the status of a Pathors crawl', () => {
	it.each([
		['queued', 'queued'],
		['pending', 'queued'],
		['waiting', 'queued'],
		['scraping', 'running'],
		['crawling', 'running'],
		['processing', 'running'],
		['running', 'running'],
		['active', 'running'],
		['importing', 'running'],
		['embedding', 'running'],
		['started', 'running'],
		['in_progress', 'running'],
		['in progress', 'running'],
		['in-progress', 'running'],
		['completed', 'succeeded'],
		['complete', 'succeeded'],
		['done', 'succeeded'],
		['finished', 'succeeded'],
		['success', 'succeeded'],
		['succeeded', 'succeeded'],
		['successful', 'succeeded'],
		['ready', 'succeeded'],
		['failed', 'failed'],
		['failure', 'failed'],
		['error', 'failed'],
		['errored', 'failed'],
		['timeout', 'failed'],
		['timed_out', 'failed'],
		['cancelled', 'cancelled'],
		['canceled', 'cancelled'],
		['stopped', 'cancelled'],
		['aborted', 'cancelled'],
		['Completed', 'succeeded'],
		[' COMPLETED\n', 'succeeded'],
	])('is, for the word "%s", %s', (rawStatus, status) => {
		expect(normalize({ status: rawStatus })).toMatchObject({ status, rawStatus, warnings: [] });
	});

	it.each([['indexing'], ['uncompleted'], ['not done'], [''], ['constructor'], ['__proto__']])(
		'is unknown for the word "%s", and the warnings name the word',
		(rawStatus) => {
			const job = normalize({ status: rawStatus });
			expect(job).toMatchObject({ status: 'unknown', rawStatus, isFinal: false });
			expect(job.warnings).toEqual([expect.stringContaining(`"${rawStatus}"`)]);
		},
	);

	it.each([
		['all pages are done', { total: 4, done: 4, failed: 0 }, 'succeeded'],
		['all pages are done or failed', { total: 4, done: 3, failed: 1 }, 'succeeded'],
		['all pages are failed', { total: 4, done: 0, failed: 4 }, 'failed'],
		['all pages are failed, and counted as done too', { total: 4, done: 4, failed: 4 }, 'failed'],
		['the failed pages are counted as done too', { total: 4, done: 4, failed: 1 }, 'succeeded'],
		['pages are missing', { total: 4, done: 3, failed: 0 }, 'unknown'],
		['pages counted twice hide missing ones', { total: 9, done: 7, failed: 4 }, 'unknown'],
		['no page is found', { total: 0, done: 0, failed: 0 }, 'unknown'],
		['the total is not known', { total: null, done: 4, failed: 0 }, 'unknown'],
		['it is not known how many are done', { total: 4, done: null, failed: 4 }, 'unknown'],
	])('is left to the counters for an unknown word: %s', (_, counters, status) => {
		const job = normalize({ status: 'indexed', ...counters });
		expect(job.status).toBe(status);
		expect(job.warnings).toEqual([expect.stringContaining('"indexed"')]);
	});

	it.each([['scraping'], ['queued'], ['in progress']])(
		'is not changed by the counters for the known word "%s"',
		(status) => {
			expect(normalize({ status, total: 4, done: 4 }).isFinal).toBe(false);
		},
	);

	it.each([
		['the provider says so', { status: 'failed' }, 'reports the crawl as failed'],
		['the counters say so', { status: 'over', total: 2, done: 0, failed: 2 }, 'None of the pages'],
	])('comes with a reason when it is failed and %s', (_, change, message) => {
		expect(normalize(change).failure).toEqual({
			message: expect.stringContaining(message) as string,
			code: null,
		});
	});

	it.each([['completed'], ['cancelled'], ['scraping'], ['indexing']])(
		'comes without a reason when it is %s',
		(status) => {
			expect(normalize({ status }).failure).toBeNull();
		},
	);
});

describe('the progress of a Pathors crawl', () => {
	it.each([
		['nothing is found yet', { total: 0, done: 0, failed: 0 }, 0, null],
		['pages failed', { total: 10, done: 5, failed: 1 }, 5, 60],
		['the failed pages are counted as done too', { total: 10, done: 10, failed: 2 }, 8, 100],
		['more is done than was found', { total: 4, done: 6, failed: 0 }, 6, 100],
		['no total is known yet', { total: 0, done: 3, failed: 1 }, 3, null],
		['the total is missing', { total: null, done: 3, failed: 1 }, 3, null],
		['nothing failed', { total: 4, done: 6, failed: null }, 6, 100],
		['more failed than was done', { total: 4, done: 2, failed: 5 }, 0, 100],
	])('counts no page twice when %s', (_, counters, completed, percent) => {
		expect(normalize(counters).progress).toMatchObject({ completed, percent });
	});

	it('is partial when a completed crawl has failed pages', () => {
		expect(normalize({ status: 'completed', failed: 1 }).isPartial).toBe(true);
	});

	it('is not partial while it runs, whatever failed so far', () => {
		expect(normalize({ failed: 1 }).isPartial).toBe(false);
	});
});

describe('a list without the crawl', () => {
	it.each([
		['empty', []],
		['of other crawls', [{ ...documented, jobId: 'job2', status: 'completed' }]],
	])('leaves its state open when it is %s', (_, jobs) => {
		expect(normalizeCrawlJob('pathors', { jobs }, REFERENCE)).toMatchObject({
			jobId: 'job1',
			reference: REFERENCE,
			status: 'unknown',
			rawStatus: null,
			isFinal: false,
			warnings: [expect.stringContaining('lists no such crawl')],
		});
	});
});

describe('an answer that cannot be read', () => {
	it.each([
		['a web page', '<html></html>'],
		['nothing', null],
		['a bare list', [documented]],
		['a single crawl', documented],
		['an object with other jobs', { jobs: 'none' }],
		['an error', { error: 'Unauthorized' }],
	])('is refused when it is %s', (_, body) => {
		expect(() => normalizeCrawlJob('pathors', body, REFERENCE)).toThrow(
			'not a list of Pathors crawl jobs',
		);
	});

	it.each([
		['no reference', undefined],
		['a reference without a job', { projectId: 'project1' }],
		['an empty id', { ...REFERENCE, jobId: '' }],
	])('needs the id of the crawl: %s', (_, reference) => {
		expect(() => normalizeCrawlJob('pathors', { jobs: [documented] }, reference)).toThrow(
			'The ID of the crawl is missing',
		);
	});
});

describe('an id that Pathors lists more than once', () => {
	const run = (status: string, change: object) => ({ ...documented, status, ...change });
	const EARLY = '2026-05-26 10:30:00+00';
	const LATE = 'Tue, 26 May 2026 11:00:00 GMT';

	it.each([
		['the older first', [run('failed', { updatedAt: EARLY }), run('done', { updatedAt: LATE })]],
		['the newer first', [run('done', { updatedAt: LATE }), run('failed', { updatedAt: EARLY })]],
		[
			'one without a time',
			[run('done', { updatedAt: LATE }), run('failed', { updatedAt: null, startedAt: null })],
		],
		[
			'times of the start alone',
			[
				run('done', { updatedAt: null, startedAt: LATE }),
				run('failed', { updatedAt: null, startedAt: EARLY }),
			],
		],
		[
			'no times at all, the later in the list',
			[
				run('failed', { updatedAt: null, startedAt: null }),
				run('done', { updatedAt: null, startedAt: null }),
			],
		],
	])('is the crawl that was updated last: %s', (_, jobs) => {
		expect(normalizeCrawlJob('pathors', { jobs }, REFERENCE).rawStatus).toBe('done');
	});
});
