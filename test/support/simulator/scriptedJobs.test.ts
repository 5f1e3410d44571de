import { randomUUID } from 'node:crypto';
import { useSimulator } from '../useSimulator';
import { startSimulator, type JobScript, type ProviderId } from './index';
import { parseJobScript, parseScenario } from './jobScript';
import { ScriptedJob } from './scriptedJob';
import { at, call, statusPath } from './testClient';

describe('a scripted job at its provider', () => {
	const simulator = useSimulator();

	type Script = Partial<JobScript> & Pick<JobScript, 'outcome'>;

	/** The first status answer of a job that is over from the start, or of one that never is. */
	async function statusOf(provider: ProviderId, script: Script): Promise<unknown> {
		const jobId = randomUUID();
		simulator.scriptJob({ durationMs: 0, pages: 4, ...script, provider, jobId } as JobScript);
		const { json } = await call(simulator, provider, statusPath(simulator, provider, jobId));
		return provider === 'pathors' ? at(json, 'jobs', 0) : json;
	}

	it.each([
		['highLevel', { data: { operationDetails: { status: 'Successful' } } }],
		['convocore', { data: { done: true, failed: false, isCancelled: false } }],
		['geonode', { status: 'completed', completed_pages: 4 }],
		['midPilot', { status: 'finished', result: { savedDocumentationsCount: 4 } }],
		['pathors', { status: 'completed', total: 4, done: 4 }],
	] as const)('succeeds at %s', async (provider, expected) => {
		expect(await statusOf(provider, { outcome: 'succeeded' })).toMatchObject(expected);
	});

	it.each([
		['highLevel', { data: { operationDetails: { status: 'Failed' } } }],
		['convocore', { data: { done: true, failed: true, resultError: 'Out of memory' } }],
		['geonode', { status: 'failed', total_pages: 4, completed_pages: 2 }],
		['midPilot', { status: 'failed', errors: ['Out of memory'] }],
		['pathors', { status: 'failed' }],
	] as const)('fails at %s', async (provider, expected) => {
		const script = { outcome: 'failed', failureMessage: 'Out of memory' } as const;
		expect(await statusOf(provider, script)).toMatchObject(expected);
	});

	it.each([
		['highLevel', { data: { operationDetails: { status: 'Cancelled' } } }],
		['convocore', { data: { done: true, isCancelled: true } }],
		['geonode', { status: 'cancelled', cancelled_pages: 2 }],
		['midPilot', { status: 'failed', errors: ['Job cancelled/interrupted'] }],
		['pathors', { status: 'cancelled' }],
	] as const)('is cancelled at %s', async (provider, expected) => {
		expect(await statusOf(provider, { outcome: 'cancelled' })).toMatchObject(expected);
	});

	it.each([
		[
			'highLevel',
			{
				data: {
					aggregate: expect.arrayContaining([{ _id: 'Failed', records: [expect.anything()] }]),
				},
			},
		],
		['convocore', { data: { done: true, failed: false, failedPagesNum: 1 } }],
		['geonode', { status: 'completed', failed_pages: 1 }],
		['midPilot', { status: 'finished', errors: [expect.any(String)] }],
		['pathors', { status: 'completed', done: 3, failed: 1 }],
	] as const)('succeeds partially at %s', async (provider, expected) => {
		expect(await statusOf(provider, { outcome: 'partial' })).toMatchObject(expected);
	});

	it.each([
		['highLevel', { data: { operationDetails: { status: 'Processing' } } }],
		['convocore', { data: { done: false, failed: false, isCancelled: false } }],
		['geonode', { status: 'processing', total_pages: 4, completed_pages: 3 }],
		['midPilot', { status: 'running' }],
		['pathors', { status: 'scraping' }],
	] as const)('never ends at %s', async (provider, expected) => {
		expect(await statusOf(provider, { outcome: 'never' })).toMatchObject(expected);
	});

	it.each([
		['highLevel', { data: { operationDetails: { status: 'Frobnicated' } } }],
		['convocore', { data: { status: 'Frobnicated' } }],
		['geonode', { status: 'Frobnicated' }],
		['midPilot', { status: 'Frobnicated' }],
		['pathors', { status: 'Frobnicated' }],
	] as const)('shows a literal status word at %s', async (provider, expected) => {
		const script = { outcome: 'succeeded', status: 'Frobnicated' } as const;
		expect(await statusOf(provider, script)).toMatchObject(expected);
	});

	it.each([
		['highLevel', 404, { statusCode: 404 }],
		['convocore', 404, { code: 'NOT_FOUND' }],
		['geonode', 404, { code: 'NOT_FOUND' }],
		['midPilot', 200, { status: 'not_found' }],
		['pathors', 200, { jobs: [] }],
	] as const)('is unknown to %s before it becomes visible', async (provider, status, expected) => {
		const fresh = await startSimulator();
		const jobId = randomUUID();
		fresh.scriptJob({
			provider,
			jobId,
			durationMs: 0,
			outcome: 'succeeded',
			visibleAfterMs: 60_000,
		});
		const answer = await call(fresh, provider, statusPath(fresh, provider, jobId));
		await fresh.close();
		expect(answer).toMatchObject({ status, json: expected });
	});

	it('writes a midPilot result with the older keys on request', async () => {
		const script = { outcome: 'succeeded', resultKeys: 'pages' } as const;
		expect(await statusOf('midPilot', script)).toMatchObject({
			result: { finishReason: 'no_more_links', savedPagesCount: 4 },
		});
	});

	it('goes on to the training of a HighLevel operation by itself when it is scripted', async () => {
		const script = { outcome: 'succeeded', training: { durationMs: 60_000 } } as const;
		expect(await statusOf('highLevel', script)).toMatchObject({
			data: { operationDetails: { status: 'Training', trainedUrlsCount: 0 } },
		});
	});

	it('can be cancelled where the provider can', async () => {
		const jobId = randomUUID();
		simulator.scriptJob({ provider: 'geonode', jobId, durationMs: 60_000, outcome: 'succeeded' });
		await call(simulator, 'geonode', `/v1/crawl/${jobId}`, { method: 'DELETE' });
		const { json } = await call(simulator, 'geonode', `/v1/crawl/${jobId}`);
		expect(json).toMatchObject({ status: 'cancelled' });
	});
});

describe('the progress of a scripted job', () => {
	const DURATION_MS = 1_000;

	afterEach(() => {
		jest.restoreAllMocks();
	});

	/** `[total, done]` at each tenth of the duration in which the job is running. */
	function countsOverTime(progress: JobScript['progress']): Array<[number, number]> {
		const script = { provider: 'geonode', jobId: 'a', outcome: 'succeeded', pages: 8 };
		const job = new ScriptedJob(parseJobScript({ ...script, durationMs: DURATION_MS, progress }));
		const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
		job.lookUp();
		return [1, 3, 5, 7, 9].map((tenth) => {
			clock.mockReturnValue((tenth * DURATION_MS) / 10);
			const { total, completed } = job.view().counts;
			return [total, completed];
		});
	}

	it.each([
		[
			'steady',
			[
				[8, 0],
				[8, 2],
				[8, 4],
				[8, 5],
				[8, 7],
			],
		],
		[
			'frontLoaded',
			[
				[8, 2],
				[8, 5],
				[8, 7],
				[8, 7],
				[8, 7],
			],
		],
		[
			'growingTotal',
			[
				[3, 0],
				[4, 2],
				[5, 4],
				[7, 5],
				[8, 7],
			],
		],
		[
			'bursty',
			[
				[8, 0],
				[8, 2],
				[8, 4],
				[8, 4],
				[8, 6],
			],
		],
		[
			'none',
			[
				[0, 0],
				[0, 0],
				[0, 0],
				[0, 0],
				[0, 0],
			],
		],
	] as const)('is %s', (progress, expected) => {
		expect(countsOverTime(progress)).toEqual(expected);
	});

	it('belongs to a clock that starts when the job is looked up for the first time', () => {
		const script = { provider: 'geonode', jobId: 'a', durationMs: 100, outcome: 'succeeded' };
		const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
		const job = new ScriptedJob(parseJobScript(script));
		clock.mockReturnValue(5_000);
		job.lookUp();
		expect(job.view().phase).toBe('queued');
	});
});

describe('a scenario file', () => {
	const job = { provider: 'geonode', jobId: 'a', durationMs: 10, outcome: 'succeeded' };

	it('needs no more of a job than how long it takes and how it ends', () => {
		expect(parseScenario([job])).toMatchObject([{ pages: 10, progress: 'steady', faults: [] }]);
	});

	it.each([
		[
			'an unknown field',
			{ ...job, sessionId: 'x' },
			"[0]: Unrecognized key(s) in object: 'sessionId'",
		],
		['an unknown provider', { ...job, provider: 'x' }, '[0].provider: Invalid discriminator value'],
		[
			'a malformed fault',
			{ ...job, faults: [{ check: 1, fault: { kind: 'slow' } }] },
			'[0].faults[0].fault.delayMs: Required',
		],
		[
			'a midPilot job id that is no UUID',
			{ ...job, provider: 'midPilot' },
			'[0].jobId: Invalid uuid',
		],
	])('is refused for %s, by name', (_what, script, message) => {
		expect(() => parseScenario([script])).toThrow(message);
	});
});
