import { setTimeout as sleep } from 'node:timers/promises';

import { useSimulator } from '../support/useSimulator';
import { startWaiting, waitFor } from './waitNode';

const simulator = useSimulator();

function endlessJob(jobId: string, hang = false): { jobId: string } {
	simulator.scriptJob({
		provider: 'geonode',
		jobId,
		durationMs: 0,
		outcome: 'never',
		faults: hang ? [{ check: 'all', fault: { kind: 'hang' } }] : [],
	});
	return { jobId };
}

/** A crawl that runs on without any progress. */
function standingJob(jobId: string): { jobId: string } {
	simulator.scriptJob({
		provider: 'geonode',
		jobId,
		durationMs: 0,
		outcome: 'never',
		progress: 'none',
	});
	return { jobId };
}

/** Resolves once the given number of requests has reached the provider. */
async function requestsArrived(count: number): Promise<void> {
	while (simulator.requests.length < count) await sleep(20);
}

const methods = () => simulator.requests.map(({ method }) => method);

/** Longer than an interval: whatever still runs would have sent a request. */
const A_WHILE_MS = 1500;

describe('Stop', () => {
	it('ends the wait, after which no request leaves', async () => {
		const wait = startWaiting(simulator, { items: [endlessJob('a'), endlessJob('b')] });
		await requestsArrived(2);
		wait.stop();
		await wait.finished;
		const sent = simulator.requests.length;
		await sleep(A_WHILE_MS);
		expect(simulator.requests).toHaveLength(sent);
	});

	it('aborts a request that is under way', async () => {
		const wait = startWaiting(simulator, { items: [endlessJob('hanging', true)] });
		await requestsArrived(1);
		wait.stop();
		const run = await wait.finished;
		expect(run.outputs.flat()).toHaveLength(0);
	});

	it('cancelRemote: leaves the crawl alone when it is off', async () => {
		const wait = startWaiting(simulator, { items: [endlessJob('a')] });
		await requestsArrived(1);
		wait.stop();
		await sleep(A_WHILE_MS);
		expect(methods()).not.toContain('DELETE');
	});

	it('cancelRemote: cancels the crawl too when it is on', async () => {
		const wait = startWaiting(simulator, {
			items: [endlessJob('a')],
			options: { cancelRemote: true },
		});
		await requestsArrived(1);
		wait.stop();
		await wait.finished;
		expect(methods().filter((method) => method !== 'GET')).toEqual(['DELETE']);
	});
});

describe('maxWaitMinutes: the end of the maximum wait', () => {
	const options = { maxWaitMinutes: 0.01, cancelRemote: true };

	it('cancelRemote: cancels the crawl when it is on, and says so', async () => {
		const run = await waitFor(simulator, { items: [endlessJob('a')], options });
		expect(methods().filter((method) => method !== 'GET')).toEqual(['DELETE']);
		expect(run.stillRunning[0]?.json.warnings).toEqual([
			'The provider was asked to cancel the crawl.',
		]);
	});

	it('cancelRemote: leaves the crawl alone when it is off', async () => {
		await waitFor(simulator, {
			items: [endlessJob('a')],
			options: { ...options, cancelRemote: false },
		});
		expect(methods()).not.toContain('DELETE');
	});

	it('cancelRemote: cancels the crawl when the stall limit comes first', async () => {
		const limits = { maxWaitMinutes: 1, stallMinutes: 0.01 };
		const run = await waitFor(simulator, {
			items: [standingJob('a')],
			options: { ...options, ...limits },
		});
		expect(methods().at(-1)).toBe('DELETE');
		expect(run.stillRunning[0]?.json).toMatchObject({
			wait: { reason: 'stalled' },
			warnings: ['The provider was asked to cancel the crawl.'],
		});
	});

	it('cancelRemote: cancels the crawl at once, while others are still waited for', async () => {
		const wait = startWaiting(simulator, {
			items: [
				{ ...endlessJob('a'), minutes: 0.01 },
				{ ...endlessJob('b'), minutes: 60 },
			],
			options: { ...options, maxWaitMinutes: '={{ $json.minutes }}' },
		});
		while (!methods().includes('DELETE')) await sleep(20);
		expect(simulator.requests.filter(({ method }) => method === 'DELETE')).toMatchObject([
			{ path: expect.stringContaining('/a') as string },
		]);
		wait.stop();
		await wait.finished;
	});

	it('cancelRemote: does not cancel a crawl that another item still waits for', async () => {
		const wait = startWaiting(simulator, {
			items: [
				{ ...endlessJob('a'), minutes: 0.01 },
				{ ...endlessJob('a'), minutes: 0.05 },
			],
			options: { ...options, maxWaitMinutes: '={{ $json.minutes }}' },
		});
		const run = await wait.finished;
		expect(run.outputs.map((items) => items.length)).toEqual([0, 0, 0, 2]);
		expect(methods().filter((method) => method === 'DELETE')).toHaveLength(1);
		expect(methods().at(-1)).toBe('DELETE');
	});

	it('cancelRemote: does not cancel a crawl that ended in time', async () => {
		simulator.scriptJob({ provider: 'geonode', jobId: 'b', durationMs: 0, outcome: 'failed' });
		await waitFor(simulator, { items: [{ jobId: 'b' }], options });
		expect(methods()).toEqual(['GET']);
	});
});
