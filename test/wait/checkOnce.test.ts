import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runWorkflow, START, type TestNode, type WorkflowRun } from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import type { JobScript } from '../support/simulator';
import { defaultIds } from '../support/simulator/settings';
import { startApi } from '../support/listServer';
import { useSimulator } from '../support/useSimulator';
import { waitFor } from './waitNode';

const simulator = useSimulator();

type GeonodeScript = Extract<JobScript, { provider: 'geonode' }>;

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

const checkOnce = { waitMode: 'checkOnce' };

describe('waitMode checkOnce: one pass', () => {
	it('sends each job one check, and finished ones out at once', async () => {
		const run = await waitFor(simulator, {
			items: [job('a'), job('b', { outcome: 'failed' }), job('c', { durationMs: 60_000 })],
			parameters: checkOnce,
		});
		expect(run.outputs.map((items) => items.map(({ json }) => json.jobId))).toEqual([
			['a'],
			['b'],
			[],
			['c'],
		]);
		expect(simulator.requests).toHaveLength(3);
	});

	it('gives the unfinished the time of their next check, at which n8n can park', async () => {
		const run = await waitFor(simulator, {
			items: [job('a', { outcome: 'never' })],
			parameters: checkOnce,
		});
		const { wait } = run.stillRunning[0]?.json ?? {};
		expect(wait).toMatchObject({ outcome: 'stillRunning', reason: 'checkedOnce', checks: 1 });
		const inMs = Date.parse((wait as { nextCheckAt: string }).nextCheckAt) - Date.now();
		expect(inMs).toBeGreaterThan(60_000);
	});

	it('counts that time from when the pass is over, however long others have taken', async () => {
		const fault = { kind: 'slow', delayMs: 6_000 } as const;
		const run = await waitFor(simulator, {
			items: [job('a', { outcome: 'never' }), job('b', { faults: [{ check: 1, fault }] })],
			parameters: checkOnce,
		});
		const { nextCheckAt } = run.stillRunning[0]?.json.wait as { nextCheckAt: string };
		expect(Date.parse(nextCheckAt) - Date.now()).toBeGreaterThan(65_000);
	}, 20_000);

	it('keeps an item whose check failed in the loop, with its ids and a warning', async () => {
		const run = await waitFor(simulator, {
			items: [job('a', { faults: [{ check: 1, fault: { kind: 'html' } }] })],
			parameters: checkOnce,
		});
		expect(run.stillRunning[0]?.json).toMatchObject({
			jobId: 'a',
			reference: { jobId: 'a' },
			status: 'unknown',
			warnings: [expect.stringContaining('The latest check failed')],
		});
		expect(run.stillRunning[0]?.json.warnings).not.toContainEqual(
			expect.stringContaining('an earlier check'),
		);
	});
});

describe('waitMode checkOnce: a loop', () => {
	/** Start → Wait, with Still Running led back to Wait as through n8n's own Wait node. */
	async function loop(
		items: IDataObject[],
		options: INodeParameters,
		parameters: INodeParameters = { provider: 'geonode' },
		settings: Partial<TestNode> = {},
	): Promise<WorkflowRun> {
		return await runWorkflow({
			nodes: [
				{
					name: 'Wait',
					type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
					parameters: { ...parameters, ...checkOnce, options },
					...settings,
				},
				{ name: 'Pause', type: 'test.pause', parameters: { ms: 200 } },
			],
			connections: {
				[START]: { main: [[{ node: 'Wait', type: 'main', index: 0 }]] },
				Wait: { main: [[], [], [], [{ node: 'Pause', type: 'main', index: 0 }]] },
				Pause: { main: [[{ node: 'Wait', type: 'main', index: 0 }]] },
			},
			items,
			credentials: simulatorCredentials(simulator),
		});
	}

	const endedItems = ({ run }: WorkflowRun) =>
		(run.data.resultData.runData.Wait ?? []).flatMap(({ data }) =>
			(data?.main ?? []).slice(0, 3).flatMap((items) => items ?? []),
		);

	/** The states of waits that the node has left in the execution. */
	const savedBy = ({ run }: WorkflowRun) =>
		(run.data.executionData?.contextData['node:Wait'] as { waits: { states: object } }).waits
			.states;

	it('counts the checks of all its passes', async () => {
		const run = await loop([job('a', { durationMs: 700 })], {});
		expect(endedItems(run)[0]?.json).toMatchObject({
			status: 'succeeded',
			wait: { reason: 'final', checks: simulator.requests.length },
		});
	});

	it('counts them also where its first pass names no crawl, and the next one that which was found', async () => {
		simulator.scriptJob({
			provider: 'highLevel',
			jobId: 'latest',
			durationMs: 700,
			outcome: 'succeeded',
		});
		const run = await loop([{}], {}, { provider: 'highLevel', ...simulator.ids.highLevel });
		expect(endedItems(run)[0]?.json).toMatchObject({
			jobId: 'latest',
			wait: { reason: 'final', checks: simulator.requests.length },
		});
	});

	it('maxWaitMinutes, onDeadline: counts the maximum wait from its first pass', async () => {
		const run = await loop([job('a', { outcome: 'never' })], {
			maxWaitMinutes: 0.01,
			onDeadline: 'error',
		});
		expect(run.error?.message).toContain('did not end within 0.01 minutes');
	});

	it('maxWaitMinutes: counts it also where n8n tries the node again after the error', async () => {
		const run = await loop(
			[job('a', { outcome: 'never' })],
			{ maxWaitMinutes: 0.01, onDeadline: 'error' },
			{ provider: 'geonode' },
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		expect(run.error?.message).toContain('did not end within 0.01 minutes');
	});

	it('maxWaitMinutes: keeps two items of the same job apart when one of them has ended', async () => {
		const item = job('a', { outcome: 'never' });
		const run = await loop(
			[
				{ ...item, minutes: 0.005 },
				{ ...item, minutes: 0.02 },
			],
			{ maxWaitMinutes: '={{ $json.minutes ?? 0.02 }}', onDeadline: 'error' },
			{ provider: 'geonode' },
			{ onError: 'continueErrorOutput' },
		);
		expect(savedBy(run)).toEqual({});
	});

	it('maxConsecutiveFailures: counts failures in a row across its passes', async () => {
		const run = await loop([job('a', { faults: [{ check: 'all', fault: { kind: 'reset' } }] })], {
			maxConsecutiveFailures: 3,
		});
		expect(run.error?.message).toContain('connection was closed');
		expect(simulator.requests).toHaveLength(3);
	});

	it('maxConsecutiveFailures: counts those of each crawl by themselves', async () => {
		const fault = { kind: 'reset' } as const;
		const run = await loop(
			[job('a', { faults: [{ check: 'all', fault }] }), job('b', { durationMs: 1500 })],
			{ maxConsecutiveFailures: 3 },
			{ provider: 'geonode' },
			{ onError: 'continueErrorOutput' },
		);
		expect(endedItems(run).map(({ json }) => json.jobId)).toEqual(['b']);
		expect(simulator.requests.filter(({ path }) => path.endsWith('/a'))).toHaveLength(3);
	});

	it('keeps two items of the same job apart', async () => {
		const item = job('a', { durationMs: 500 });
		const ended = endedItems(await loop([item, item], {}));
		const checks = simulator.requests.length;
		expect(ended.map(({ json }) => (json.wait as IDataObject).checks)).toEqual([checks, checks]);
	});

	it('leaves nothing behind in the execution when all jobs have ended', async () => {
		expect(savedBy(await loop([job('a', { durationMs: 300 }), job('b')], {}))).toEqual({});
	});

	it('looks for the latest crawl anew for an item that comes after the wait for the one before', async () => {
		const left = { first: 2, second: 2 };
		const api = await startApi(({ query }) => {
			const jobId = query.jobId ?? (left.first > 0 ? 'first' : 'second');
			const isRunning = --left[jobId as keyof typeof left] > 0;
			const status = isRunning ? 'running' : jobId === 'first' ? 'finished' : 'failed';
			return { body: { jobId, status } };
		});
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		const run = await runWorkflow({
			nodes: [
				{
					name: 'Wait',
					type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
					parameters: { provider: 'midPilot', ...defaultIds.midPilot, ...checkOnce },
				},
				{ name: 'Next', type: 'test.evaluate', parameters: { value: '' } },
			],
			connections: {
				[START]: { main: [to('Wait')] },
				Wait: { main: [to('Next'), [], [], to('Wait')] },
				Next: { main: [to('Wait')] },
			},
			items: [{}],
			credentials: { midPilotApi: { baseUrl: api.url } },
		});
		await api.close();
		expect(endedItems(run).map(({ json }) => [json.jobId, json.status])).toEqual([
			['first', 'succeeded'],
			['second', 'failed'],
		]);
	});
});
