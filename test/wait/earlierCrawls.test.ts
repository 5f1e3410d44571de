import type { INodeParameters } from 'n8n-workflow';

import { useSimulator } from '../support/useSimulator';
import { DurableWait, useWakeUpClock } from './durableWait';

const simulator = useSimulator();

useWakeUpClock();

/** Intervals are shortened by chance, which would decide here what is more. */
beforeEach(() => {
	jest.spyOn(Math, 'random').mockReturnValue(0.5);
});

afterEach(() => {
	jest.restoreAllMocks();
});

const MINUTE = 60_000;

/** Waits half an hour for a crawl that makes no progress, and gives how often it was checked. */
async function checksOf(jobId: string, options: INodeParameters): Promise<number> {
	simulator.scriptJob({ provider: 'geonode', jobId, outcome: 'never', durationMs: 0 });
	await waitDurably(jobId, { maxWaitMinutes: 30, ...options });
	return countOf(`/v1/crawl/${jobId}`);
}

async function waitDurably(jobId: string, options: INodeParameters): Promise<void> {
	const wait = await DurableWait.start(simulator, { items: [{ jobId }], options });
	await wait.untilOver();
}

const countOf = (path: string) =>
	simulator.requests.filter((request) => request.method === 'GET' && request.path === path).length;

/** A crawl of three hours that somebody has waited for. */
async function earlierCrawl(): Promise<void> {
	const durationMs = 180 * MINUTE;
	simulator.scriptJob({ provider: 'geonode', jobId: 'old', outcome: 'succeeded', durationMs });
	await waitDurably('old', { maxWaitMinutes: 240, responsiveness: 'fixed', intervalSeconds: 1800 });
}

describe('useEarlierCrawls: a durable wait after a crawl of three hours', () => {
	it('wakes up less often than without it, since it is expected to take long', async () => {
		await earlierCrawl();
		const without = await checksOf('without', { useEarlierCrawls: false });
		expect(await checksOf('with', {})).toBeLessThan(0.9 * without);
	});

	it('asks for the list of crawls once', async () => {
		await earlierCrawl();
		await checksOf('with', {});
		expect(countOf('/v1/crawl/jobs')).toBe(1);
	});

	it('does not ask for it when it is off', async () => {
		await checksOf('without', { useEarlierCrawls: false });
		expect(countOf('/v1/crawl/jobs')).toBe(0);
	});
});
