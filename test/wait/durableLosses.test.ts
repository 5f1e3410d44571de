import type { INode } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator';
import { DurableWait, SUPERVISOR, useWakeUpClock, WATCHER } from './durableWait';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
afterAll(async () => simulator.close());
beforeEach(() => {
	simulator.requests.length = 0;
	simulator.scriptJob({
		provider: 'geonode',
		jobId: 'crawl',
		outcome: 'failed',
		durationMs: 200_000,
	});
});
useWakeUpClock();

/** How n8n can lose an execution that was running. */
const LOSSES = [
	['is lost with n8n', 'lose'],
	['is given up by the queue', 'giveUp'],
] as const;

describe.each(LOSSES)('when a watcher %s', (_case, loss) => {
	it('another one goes on from its last check', async () => {
		const { wait } = await start();
		await wait.wakeUp();
		await wait.executions[loss](wait.executions.latest(WATCHER));
		await wait.untilOver();
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
		expect(wait.executions.countOf(WATCHER)).toBe(2);
	});

	it('again and again, the crawl leaves on Still Running with a warning', async () => {
		const { wait } = await start();
		for (let losses = 0; wait.status === 'waiting' && losses < 100; losses++) {
			await wait.executions[loss](wait.executions.latest(WATCHER));
		}
		expect(wait.outputs[3]).toMatchObject([
			{ json: { warnings: [expect.stringContaining('again and again')] } },
		]);
	});
});

describe.each(LOSSES)('when a supervisor %s', (_case, loss) => {
	it('another one is started, and the crawl leaves on its branch', async () => {
		const { wait } = await start();
		await wait.wakeUp();
		await wait.executions[loss](wait.executions.latest(SUPERVISOR));
		await wait.untilOver();
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
	});

	it('while it handles the end of the wait, the crawl leaves on its branch', async () => {
		const { wait } = await start();
		await wait.loseAtTheEnd(loss);
		await wait.untilOver();
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
	});

	it('the watcher of the old one makes no check any more', async () => {
		const { wait, watcher } = await start();
		await wait.executions[loss](wait.executions.latest(SUPERVISOR));
		const checks = simulator.requests.length;
		jest.setSystemTime(wait.wakesAt);
		await wait.executions.resume(watcher);
		expect(simulator.requests).toHaveLength(checks);
		expect(wait.status).toBe('waiting');
	});
});

it('after a loss, nothing goes out on a branch until the wait is over', async () => {
	const { wait } = await start();
	await wait.executions.giveUp(wait.executions.latest(SUPERVISOR));
	expect(wait.linked).toEqual([[], [], [], [], []]);
});

it('the checks of a lost watcher are counted', async () => {
	const { wait } = await start();
	await wait.wakeUp();
	await wait.executions.lose(wait.executions.latest(SUPERVISOR));
	await wait.untilOver();
	expect(wait.outputs[1]).toMatchObject([{ json: { wait: { checks: 4 } } }]);
});

describe.each([WATCHER, SUPERVISOR])('when somebody stops the %s', (name) => {
	it('the workflow stops with an error that says so', async () => {
		const { wait } = await start();
		await wait.executions.stop(wait.executions.latest(name));
		expect(wait.errorMessage).toMatch(/has ended: .*cancelled manually/);
	});

	it('the item becomes an error where n8n continues', async () => {
		const { wait } = await start({ onError: 'continueRegularOutput' });
		await wait.executions.stop(wait.executions.latest(name));
		expect(wait.outputs[3]).toMatchObject([
			{ json: { error: expect.stringContaining('cancelled manually') } },
		]);
	});
});

async function start(settings?: Partial<INode>): Promise<{ wait: DurableWait; watcher: string }> {
	const wait = await DurableWait.start(simulator, {
		items: [{ jobId: 'crawl' }],
		...(settings && { settings }),
	});
	return { wait, watcher: wait.executions.latest(WATCHER) };
}
