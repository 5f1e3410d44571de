import type { INodeParameters } from 'n8n-workflow';
import { stringify } from 'flatted';

import { startSimulator, type JobScript, type Simulator } from '../support/simulator';
import { DurableWait, setAgeOfN8n, useWakeUpClock, WATCHER } from './durableWait';

const CHECK_PATH = '/v1/crawl/crawl';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
afterAll(async () => simulator.close());
beforeEach(() => {
	simulator.requests.length = 0;
});
useWakeUpClock();

describe('the watcher of a durable wait', () => {
	it('begins by parking, since the first check has just been made', async () => {
		await start('never');
		expect(checks()).toBe(1);
	});

	it('parks for at least 65 seconds', async () => {
		const wait = await start('never');
		const parkedAt = Date.now();
		expect(wait.wakesAt - parkedAt).toBeGreaterThanOrEqual(65_000);
	});

	it('makes one check per wake-up until the crawl has ended', async () => {
		const wait = await start('failed', 100);
		await wait.untilOver();
		expect(checks()).toBe(1 + 2);
	});

	it('parks again without a check while n8n is starting', async () => {
		const wait = await start('failed', 10);
		setAgeOfN8n(10_000);
		await wait.wakeUp();
		expect(checks()).toBe(1);
		setAgeOfN8n(31_000);
		await wait.untilOver();
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
	});

	it('keeps to the deadline', async () => {
		const wait = await start('never', 0, { maxWaitMinutes: 5 });
		await wait.untilOver();
		expect(wait.outputs[3]).toMatchObject([{ json: { wait: { reason: 'deadline' } } }]);
	});

	it('makes no check when the execution that waits was stopped', async () => {
		const wait = await start('never');
		await wait.executions.stop(wait.id);
		await wait.wakeUp();
		expect(checks()).toBe(1);
		expect(watcherStatus(wait)).toBe('success');
	});

	it('leaves the crawl alone then', async () => {
		const wait = await start('never');
		await wait.executions.stop(wait.id);
		await wait.wakeUp();
		expect(simulator.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
	});

	it('cancels the crawl then, where the user wants it', async () => {
		const wait = await start('never', 0, { cancelRemote: true });
		await wait.executions.stop(wait.id);
		await wait.wakeUp();
		expect(simulator.requests.at(-1)).toMatchObject({ method: 'DELETE', path: CHECK_PATH });
	});

	it('leaves no more data behind with each check', async () => {
		const wait = await start('never', 0, { maxWaitMinutes: 480, responsiveness: 'relaxed' });
		const sizes: number[] = [];
		for (let wakeUps = 0; wakeUps < 100; wakeUps++) {
			await wait.wakeUp();
			sizes.push(stringify(wait.executions.data(wait.executions.latest(WATCHER))).length);
		}
		// Numbers get longer: of the checks, and of the times.
		expect((sizes.at(-1) ?? 0) - (sizes[0] ?? 0)).toBeLessThan(50);
	}, 60_000);
});

async function start(
	outcome: JobScript['outcome'],
	seconds = 0,
	options: INodeParameters = {},
): Promise<DurableWait> {
	const durationMs = seconds * 1_000;
	simulator.scriptJob({ provider: 'geonode', jobId: 'crawl', outcome, durationMs });
	return await DurableWait.start(simulator, { items: [{ jobId: 'crawl' }], options });
}

function watcherStatus({ executions }: DurableWait): string {
	return executions.run(executions.latest(WATCHER)).run.status;
}

function checks(): number {
	return simulator.requests.filter(({ method, path }) => method === 'GET' && path === CHECK_PATH)
		.length;
}
