import type { JobScript } from '../support/simulator';
import { useSimulator } from '../support/useSimulator';
import { waitFor } from './waitNode';

const simulator = useSimulator({ pageDelayMs: 1 });

type GeonodeScript = Extract<JobScript, { provider: 'geonode' }>;

/** Makes the job known to the simulator, finished from the start unless told otherwise. */
function job(jobId: string, change: Partial<GeonodeScript> = {}): { jobId: string } {
	simulator.scriptJob({
		provider: 'geonode',
		jobId,
		durationMs: 0,
		outcome: 'succeeded',
		...change,
	});
	return { jobId };
}

describe('the output that an item leaves on', () => {
	it.each([
		['succeeded', 'success'],
		['partial', 'success'],
		['failed', 'failed'],
		['cancelled', 'cancelled'],
	] as const)('is, for a crawl that %s, %s alone', async (outcome, output) => {
		const run = await waitFor(simulator, { items: [job('a', { outcome })] });
		expect(run.error).toBeUndefined();
		expect(run[output]).toHaveLength(1);
		expect(run.outputs.flat()).toHaveLength(1);
	});

	it('maxWaitMinutes: is Still Running when the maximum wait is over first', async () => {
		const run = await waitFor(simulator, {
			items: [job('a', { outcome: 'never' })],
			options: { maxWaitMinutes: 0.02 },
		});
		expect(run.outputs.map((items) => items.length)).toEqual([0, 0, 0, 1]);
		expect(run.stillRunning[0]?.json).toMatchObject({
			status: 'running',
			wait: { outcome: 'stillRunning', reason: 'deadline', nextCheckAt: null },
		});
	});

	it('stallMinutes: is Still Running when the crawl has made no progress for that long', async () => {
		const run = await waitFor(simulator, {
			items: [job('a', { outcome: 'never', progress: 'none' })],
			options: { stallMinutes: 0.02 },
		});
		expect(run.stillRunning[0]?.json).toMatchObject({
			wait: { outcome: 'stillRunning', reason: 'stalled' },
		});
	});

	it('is never Success for a status word that nobody knows', async () => {
		const run = await waitFor(simulator, {
			items: [job('a', { status: 'finalizing' })],
			options: { maxWaitMinutes: 0.02 },
		});
		expect(run.outputs.map((items) => items.length)).toEqual([0, 0, 0, 1]);
		expect(run.stillRunning[0]?.json).toMatchObject({
			status: 'unknown',
			warnings: [expect.stringContaining('"finalizing"')],
		});
	});

	it('belongs to each item by itself', async () => {
		const run = await waitFor(simulator, {
			items: [
				job('a', { outcome: 'failed' }),
				job('b', { durationMs: 1500 }),
				job('c', { outcome: 'cancelled' }),
				job('d'),
				job('e', { outcome: 'failed', durationMs: 500 }),
			],
		});
		expect(run.outputs.map((items) => items.map(({ json }) => json.jobId))).toEqual([
			['b', 'd'],
			['a', 'e'],
			['c'],
			[],
		]);
	});
});

describe('the item that a wait ends with', () => {
	it('is the CrawlJob and what the wait took', async () => {
		const run = await waitFor(simulator, { items: [job('a', { pages: 4 })] });
		expect(run.success[0]?.json).toMatchObject({
			provider: 'geonode',
			jobId: 'a',
			reference: { jobId: 'a' },
			status: 'succeeded',
			progress: { total: 4, completed: 4, percent: 100 },
			warnings: [],
			wait: {
				outcome: 'succeeded',
				reason: 'final',
				checks: 1,
				waitedMs: expect.any(Number) as number,
				nextCheckAt: null,
			},
		});
	});

	it('says how long the wait took, from its first check on', async () => {
		const before = Date.now();
		const run = await waitFor(simulator, { items: [job('a')] });
		const { waitedMs } = run.success[0]?.json.wait as { waitedMs: number };
		expect(waitedMs).toBeLessThanOrEqual(Date.now() - before);
	});

	it('says when its data is from an earlier check', async () => {
		const fault = { kind: 'http', status: 503 } as const;
		const faults = [2, 3, 4, 5].map((check) => ({ check, fault }));
		const run = await waitFor(simulator, {
			items: [job('a', { outcome: 'never', faults })],
			options: { maxWaitMinutes: 0.02 },
		});
		expect(run.stillRunning[0]?.json).toMatchObject({
			status: 'running',
			warnings: [
				expect.stringMatching(/^The latest check failed: .+ The data is from an earlier check\.$/),
			],
		});
	});

	it('says that some pages did not make it', async () => {
		const run = await waitFor(simulator, { items: [job('a', { outcome: 'partial' })] });
		expect(run.success[0]?.json.isPartial).toBe(true);
	});

	it('has a reason when the crawl failed', async () => {
		const run = await waitFor(simulator, { items: [job('a', { outcome: 'failed' })] });
		expect(run.failed[0]?.json.failure).toMatchObject({
			message: expect.stringContaining('Geonode reports the crawl as failed') as string,
		});
	});

	it('includeInputFields: has the fields of the input too, those of the CrawlJob first', async () => {
		const run = await waitFor(simulator, {
			items: [{ ...job('a'), contactId: 'c-1', status: 'from the input' }],
			options: { includeInputFields: true },
		});
		expect(run.success[0]?.json).toMatchObject({ contactId: 'c-1', status: 'succeeded' });
	});

	it('includeInputFields: leaves out a field that n8n would take for an error of the item', async () => {
		const run = await waitFor(simulator, {
			items: [{ ...job('a'), error: 'an old one' }],
			options: { includeInputFields: true },
			settings: { retryOnFail: true, waitBetweenTries: 1 },
		});
		expect(run.success[0]?.json).not.toHaveProperty('error');
	});

	it('includeInputFields: has nothing of the input when it is off', async () => {
		const run = await waitFor(simulator, { items: [{ ...job('a'), contactId: 'c-1' }] });
		expect(run.success[0]?.json).not.toHaveProperty('contactId');
	});

	it('includeRaw: has the last response as received', async () => {
		const run = await waitFor(simulator, { items: [job('a')], options: { includeRaw: true } });
		expect(run.success[0]?.json.raw).toMatchObject({ job_id: 'a', status: 'completed' });
	});

	it('returnPages: has the pages, fetched once, after the end', async () => {
		const run = await waitFor(simulator, {
			items: [job('a', { pages: 60, durationMs: 1500 })],
			options: { returnPages: true },
		});
		expect(run.success[0]?.json.pages).toHaveLength(60);
		const sizes = simulator.requests.map(({ query }) => query.page_size);
		expect(sizes).toEqual([...sizes.slice(0, -2).map(() => '1'), '50', '50']);
	});
});

describe('what a wait cannot do for an item', () => {
	const wrong = { jobId: '../etc' };

	it('stops the workflow with an error that names the item', async () => {
		const run = await waitFor(simulator, { items: [job('a'), wrong] });
		expect(run.error?.message).toBe(`'Crawl' is not a valid ID: "../etc" [item 1]`);
		expect(run.outputs.flat()).toHaveLength(0);
	});

	it.each([
		['an unknown job', { kind: 'notFound' }, 'HTTP 404'],
		['a refused key', { kind: 'http', status: 401 }, 'HTTP 401'],
		['a forbidden job', { kind: 'http', status: 403 }, 'HTTP 403'],
		['a request it does not like', { kind: 'http', status: 400 }, 'HTTP 400'],
	] as const)('is an error for %s, on no branch', async (_, fault, message) => {
		const run = await waitFor(simulator, {
			items: [job('a', { faults: [{ check: 'all', fault }] })],
			options: { maxConsecutiveFailures: 2 },
		});
		expect(run.error?.message).toContain(message);
		expect(run.outputs.flat()).toHaveLength(0);
	});

	it.each([
		['a host that cannot be reached', { kind: 'reset' }, 'connection was closed'],
		['a web page', { kind: 'html' }, 'a web page instead of JSON'],
		['a body cut in half', { kind: 'cutBody' }, 'damaged or incomplete JSON'],
	] as const)(
		'maxConsecutiveFailures: is an error for %s once so many checks in a row have failed',
		async (_, fault, message) => {
			const run = await waitFor(simulator, {
				items: [job('a', { faults: [{ check: 'all', fault }] })],
				options: { maxConsecutiveFailures: 2 },
			});
			expect(run.error?.message).toContain(message);
			expect(simulator.requests).toHaveLength(2);
		},
	);

	it('maxWaitMinutes: is an error when no check has found the crawl until then', async () => {
		const run = await waitFor(simulator, {
			items: [job('a', { faults: [{ check: 'all', fault: { kind: 'html' } }] })],
			options: { maxWaitMinutes: 0.01 },
		});
		expect(run.error?.message).toContain('a web page instead of JSON');
	});

	it.each([
		['waitMode', `'Wait Mode' cannot be "someday"`],
		['provider', `'Provider' cannot be "someday"`],
	])('%s: is an error for a value that does not exist', async (parameter, message) => {
		const run = await waitFor(simulator, {
			items: [job('a')],
			parameters: { [parameter]: 'someday' },
		});
		expect(run.error?.message).toContain(message);
	});

	it.each([
		['maxWaitMinutes', { maxWaitMinutes: -1 }, "'Maximum Wait' must be a number from 0"],
		['stallMinutes', { stallMinutes: 'soon' }, "'Stall Limit' must be a number from 0"],
		['intervalSeconds', { intervalSeconds: 0 }, "'Interval' must be a number from 1"],
		[
			'maxConsecutiveFailures',
			{ maxConsecutiveFailures: -1 },
			"'Maximum Failures in a Row' must be a number from 0",
		],
		['responsiveness', { responsiveness: 'someday' }, `'Responsiveness' cannot be "someday"`],
	] as const)(
		'%s: is an error for a value that the option does not allow',
		async (_, options, message) => {
			const run = await waitFor(simulator, { items: [job('a')], options });
			expect(run.error?.message).toContain(message);
			expect(simulator.requests).toHaveLength(0);
		},
	);

	it('onDeadline: is an error after the maximum wait when set to error', async () => {
		const run = await waitFor(simulator, {
			items: [job('a', { outcome: 'never' })],
			options: { maxWaitMinutes: 0.01, onDeadline: 'error' },
		});
		expect(run.error?.message).toBe('The crawl did not end within 0.01 minutes [item 0]');
	});

	it.each([
		['a mode that does not exist', { waitMode: 'someday' }],
		['a provider that does not exist', { provider: 'someday' }],
	])('is on no branch for %s, when n8n continues', async (_, parameters) => {
		const run = await waitFor(simulator, {
			items: [job('a'), job('b')],
			parameters,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(run.outputs.map((items) => items.length)).toEqual([0, 0, 0, 0, 2]);
	});

	it('is not mistaken for an outcome when an answer does not name the crawl', async () => {
		const body = { status: 'completed', message: 'from a gateway' };
		const fault = { kind: 'http', status: 200, body } as const;
		const run = await waitFor(simulator, {
			items: [job('a', { outcome: 'failed', faults: [{ check: 1, fault }] })],
		});
		expect(run.outputs.map((items) => items.length)).toEqual([0, 1, 0, 0]);
	});

	it('leaves the others their outcome, and stands apart from them, when n8n continues', async () => {
		const run = await waitFor(simulator, {
			items: [wrong, job('a', { durationMs: 1200 }), job('b', { outcome: 'failed' })],
			settings: { onError: 'continueRegularOutput' },
		});
		expect(run.outputs.map((items) => items.map(({ json }) => json.jobId ?? json.error))).toEqual([
			['a'],
			['b'],
			[],
			[expect.stringContaining('[item 0]')],
		]);
	});

	it('goes to the error output, with the input, when n8n has one', async () => {
		const run = await waitFor(simulator, {
			items: [job('a'), { ...wrong, contactId: 'c-2' }, job('b', { outcome: 'cancelled' })],
			settings: { onError: 'continueErrorOutput' },
		});
		expect(run.outputs.map((items) => items.length)).toEqual([1, 0, 1, 0, 1]);
		expect(run.outputs[4]?.[0]?.json).toMatchObject({
			contactId: 'c-2',
			error: expect.stringContaining("'Crawl' is not a valid ID") as string,
		});
	});

	it('is tried again as a whole where the user sets Retry On Fail', async () => {
		const fault = { kind: 'http', status: 403 } as const;
		const run = await waitFor(simulator, {
			items: [job('a', { faults: [{ check: 1, fault }] })],
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(run.error).toBeUndefined();
		expect(run.success).toHaveLength(1);
	});
});

describe('"Always Output Data"', () => {
	const settings = { alwaysOutputData: true };

	it('does not start the Success branch after a failure', async () => {
		const run = await waitFor(simulator, { items: [job('a', { outcome: 'failed' })], settings });
		expect(run.outputs.map((items) => items.length)).toEqual([0, 1, 0, 0]);
	});

	it('is said to have no effect', async () => {
		const run = await waitFor(simulator, { items: [job('a')], settings });
		expect(run.hints).toContainEqual(expect.stringContaining("'Always Output Data'"));
	});
});

describe('what people see', () => {
	it('is each change of progress, in a manual run', async () => {
		const run = await waitFor(simulator, {
			items: [job('a', { durationMs: 1800, pages: 4 })],
			mode: 'manual',
		});
		expect(run.messages.length).toBeGreaterThan(1);
		expect(run.messages.at(-1)).toBe('[item 0] geonode crawl a: succeeded, 4 of 4 pages (100%)');
		expect(new Set(run.messages).size).toBe(run.messages.length);
	});

	it('is a line while nothing changes, without a share of no pages', async () => {
		const run = await waitFor(simulator, {
			items: [job('a', { outcome: 'never', progress: 'none' })],
			options: { responsiveness: 'fixed', intervalSeconds: 1, maxWaitMinutes: 0.03 },
			mode: 'manual',
		});
		expect(run.stillRunning[0]?.json.wait).toMatchObject({ checks: 3 });
		expect(run.messages).toEqual(['[item 0] geonode crawl a: running, 0 of 0 pages']);
	});

	it('is nothing while it runs in production', async () => {
		const run = await waitFor(simulator, { items: [job('a')] });
		expect(run.messages).toEqual([]);
	});
});
