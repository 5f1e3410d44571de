import type { INode, INodeParameters } from 'n8n-workflow';

import { savedContext } from '../../nodes/shared/n8nEngine';
import type { Checkpoint } from '../../nodes/shared/crawlWait/durable/checkpoint';
import type { JobScript } from '../support/simulator';
import { useSimulator } from '../support/useSimulator';
import { DurableWait, useWakeUpClock, WATCHER } from './durableWait';
import { waitFor as waitInExecution } from './waitNode';

const simulator = useSimulator();

useWakeUpClock();

type Job = Pick<JobScript, 'jobId' | 'outcome'>;

const MIXED: Job[] = [
	{ jobId: 'a', outcome: 'failed' },
	{ jobId: 'b', outcome: 'succeeded' },
	{ jobId: 'c', outcome: 'never' },
	{ jobId: 'd', outcome: 'cancelled' },
	{ jobId: 'e', outcome: 'succeeded' },
];

describe('waitMode durable: the outputs of a wait that has parked', () => {
	it('link every item to the one it came from', async () => {
		const wait = await waitFor(MIXED);
		expect(wait.linked).toEqual([['b', 'e'], ['a'], ['d'], ['c'], []]);
	});

	it('includeInputFields: hold the fields of the input', async () => {
		const wait = await waitFor(MIXED, { options: { includeInputFields: true } });
		expect(wait.outputs[1]).toMatchObject([{ json: { jobId: 'a', note: 'about a' } }]);
	});

	it('includeRaw, returnPages: hold the response and the pages', async () => {
		const wait = await waitFor(MIXED, { options: { includeRaw: true, returnPages: true } });
		expect(wait.outputs[0]?.[0]?.json).toMatchObject({
			raw: { job_id: 'b' },
			pages: expect.arrayContaining([expect.objectContaining({ status: 'completed' })]),
		});
	});

	it('includeRaw: hold the response about the crawl that was waited for, not about a newer one', async () => {
		const { locationId } = simulator.ids.highLevel;
		const bases = { first: 10_000, second: 120_000 };
		for (const [base, durationMs] of Object.entries(bases)) {
			simulator.scriptJob({
				provider: 'highLevel',
				jobId: `crawl of ${base}`,
				knowledgeBaseId: base,
				outcome: 'succeeded',
				durationMs,
			});
		}
		const wait = await DurableWait.start(simulator, {
			items: Object.keys(bases).map((knowledgeBaseId) => ({
				reference: { locationId, knowledgeBaseId },
			})),
			parameters: { provider: 'highLevel', operationId: '' },
			options: { includeRaw: true },
		});
		await wait.untilOver();
		const aboutFirst = simulator.requests.filter(({ query }) => query.knowledgeBaseId === 'first');
		expect(aboutFirst.map(({ query }) => query.operationId)).toEqual([
			undefined,
			'crawl of first',
			'crawl of first',
		]);
		expect(wait.outputs[0]?.[0]?.json).toMatchObject({ raw: { success: true } });
	});

	it('count the checks of all executions', async () => {
		const wait = await waitFor(MIXED);
		expect(wait.outputs[1]).toMatchObject([{ json: { wait: { checks: 3 } } }]);
	});

	it('show as a single run of the node', async () => {
		const wait = await waitFor(MIXED);
		expect(wait.runs).toBe(1);
	});

	it('stay empty with Always Output Data', async () => {
		const wait = await waitFor([{ jobId: 'f', outcome: 'failed' }], {
			settings: { alwaysOutputData: true },
		});
		expect(wait.outputs.map((items) => items.length)).toEqual([0, 1, 0, 0]);
	});
});

it('waitMode durable: a wait in a loop starts anew in each pass', async () => {
	simulator.scriptJob({ provider: 'geonode', jobId: 'g', outcome: 'failed', durationMs: 700_000 });
	const wait = await DurableWait.start(simulator, {
		items: [{ jobId: 'g' }],
		options: { maxWaitMinutes: 10 },
		isLoop: true,
	});
	await wait.untilOver();
	expect(wait.linked).toEqual([[], ['g'], [], [], []]);
	expect(wait.runs).toBe(2);
	expect(wait.executions.idsOf(WATCHER)).toHaveLength(2);
});

describe('waitMode durable: an error of an item in a wait that has parked', () => {
	const GONE = { jobId: 'gone' };

	it('stops the workflow', async () => {
		const wait = await waitFor(MIXED, { beside: GONE });
		expect(wait.errorMessage).toContain('[item 5]');
	});

	it('includeRaw, returnPages: spares the requests for what the workflow does not get', async () => {
		const options = { includeRaw: true, returnPages: true };
		await waitFor([{ jobId: 'h', outcome: 'succeeded' }], { beside: GONE, options });
		const ofJobs = simulator.requests.filter(({ path }) => path !== '/v1/crawl/jobs');
		expect(ofJobs.filter(({ query }) => query.page_size !== '1')).toEqual([]);
	});

	it('stands on Still Running where n8n continues', async () => {
		const wait = await waitFor(MIXED, {
			beside: GONE,
			settings: { onError: 'continueRegularOutput' },
		});
		expect(wait.outputs[3]?.map(({ json }) => json.jobId ?? json.error)).toEqual([
			'c',
			expect.stringContaining('HTTP 404'),
		]);
	});

	it('says as much as in the execution when the item cannot even be read', async () => {
		const settings = { onError: 'continueRegularOutput' } as const;
		const beside = { jobId: 'a/b' };
		const durable = await waitFor([{ jobId: 'h', outcome: 'succeeded' }], { beside, settings });
		const items = [{ jobId: 'h' }, beside];
		const inExecution = await waitInExecution(simulator, { items, settings });
		expect(durable.outputs[3]).toMatchObject([{ json: { error: expect.any(String) as string } }]);
		expect(durable.outputs[3]).toEqual(inExecution.stillRunning);
	});

	it('goes to the error output, linked to its item', async () => {
		const wait = await waitFor(MIXED, {
			beside: GONE,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(wait.linked).toEqual([['b', 'e'], ['a'], ['d'], ['c'], ['gone']]);
	});

	it('says why the watcher cannot check any more', async () => {
		const wait = await parkedFor(MIXED);
		wait.executions.deleteCredential('geonodeScraperApi');
		await wait.untilOver();
		expect(wait.errorMessage).toMatch(/Credential .* does not exist/);
	});

	it('is kept when the item cannot even be read', async () => {
		const wait = await waitFor(MIXED, {
			beside: { jobId: 'a/b' },
			settings: { onError: 'continueErrorOutput' },
		});
		expect(wait.linked[4]).toEqual(['a/b']);
	});

	it('is all that comes of one whose saved state is damaged', async () => {
		const wait = await parkedFor(MIXED, { settings: { onError: 'continueErrorOutput' } });
		wait.executions.change(wait.executions.latest(WATCHER), (data) => {
			const checkpoint = savedContext(data, 'Check the Crawls', 'durable') as Checkpoint;
			Object.assign(checkpoint.waits[0] ?? {}, { warnings: null });
		});
		await wait.untilOver();
		expect(wait.linked).toEqual([['b', 'e'], [], ['d'], ['c'], ['a']]);
	});
});

interface Case {
	options?: INodeParameters;
	settings?: Partial<INode>;
	/** An item without a crawl. */
	beside?: { jobId: string };
}

/** A wait for crawls of two minutes, whose executions are resumed until it is over. */
async function waitFor(jobs: Job[], details: Case = {}): Promise<DurableWait> {
	const wait = await parkedFor(jobs, details);
	await wait.untilOver();
	return wait;
}

async function parkedFor(
	jobs: Job[],
	{ options, settings, beside }: Case = {},
): Promise<DurableWait> {
	for (const job of jobs) {
		simulator.scriptJob({ provider: 'geonode', durationMs: 120_000, ...job });
	}
	const items = [...jobs.map(({ jobId }) => ({ jobId, note: `about ${jobId}` })), beside ?? []];
	const wait = await DurableWait.start(simulator, {
		items: items.flat(),
		options: { maxWaitMinutes: 10, ...options },
		...(settings && { settings }),
	});
	expect(wait.status).toBe('waiting');
	return wait;
}
