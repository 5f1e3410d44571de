import type { INodeParameters } from 'n8n-workflow';
import { stringify } from 'flatted';

import type { JobScript } from '../support/simulator';
import { useSimulator } from '../support/useSimulator';
import { DurableWait, setAgeOfN8n, useWakeUpClock, WATCHER } from './durableWait';

const CHECK_PATH = '/v1/crawl/crawl';

const simulator = useSimulator();

useWakeUpClock();

describe('waitMode durable: the watcher', () => {
	it('begins by parking, since the first check has just been made', async () => {
		await start('never');
		expect(checks()).toBe(1);
	});

	it('parks for at least 65 seconds', async () => {
		const wait = await start('never');
		const parkedAt = Date.now();
		expect(wait.wakesAt - parkedAt).toBeGreaterThanOrEqual(65_000);
	});

	it('parks until the next check of any of its crawls', async () => {
		for (const jobId of ['slow', 'quick']) {
			simulator.scriptJob({ provider: 'geonode', jobId, durationMs: 0, outcome: 'never' });
		}
		const intervalSeconds = "={{ $json.jobId === 'slow' ? 900 : 300 }}";
		const wait = await DurableWait.start(simulator, {
			items: [{ jobId: 'slow' }, { jobId: 'quick' }],
			options: { responsiveness: 'fixed', intervalSeconds },
		});
		expect((wait.wakesAt - Date.now()) / 1_000).toBeCloseTo(300, -2);
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
		setAgeOfN8n(200_000);
		await wait.untilOver();
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
	});

	it.each([
		[0, 60],
		[0.5, 90],
		[0.999, 120],
	])(
		'spreads what is overdue when n8n starts over the gap between two checks (%d: %d s)',
		async (random, seconds) => {
			const wait = await start('never');
			setAgeOfN8n(1_000);
			jest.spyOn(Math, 'random').mockReturnValue(random);
			await wait.wakeUp();
			const parkedForMs = wait.wakesAt - Date.now();
			// The jitter of every wake-up comes on top.
			expect(Math.round((parkedForMs - 8_000 * random) / 1_000)).toBe(seconds);
		},
	);

	it('looks at every fifth wake-up whether somebody still waits', async () => {
		const wait = await start('never', 0, { maxWaitMinutes: 60 });
		await wait.wakeUp();
		await wait.executions.stop(wait.id);
		for (let wakeUps = 0; wakeUps < 5; wakeUps++) await wait.wakeUp();
		expect(checks()).toBe(1 + 1 + 4);
		expect(watcherStatus(wait)).toBe('success');
	});

	it('looks at each wake-up where they are far apart', async () => {
		const wait = await start('never', 0, { responsiveness: 'fixed', intervalSeconds: 600 });
		await wait.wakeUp();
		await wait.executions.stop(wait.id);
		await wait.wakeUp();
		expect(checks()).toBe(1 + 1);
		expect(watcherStatus(wait)).toBe('success');
	});

	it('maxWaitMinutes: ends the wait when the maximum wait is over', async () => {
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

	it('cancelRemote: leaves the crawl alone then when it is off', async () => {
		const wait = await start('never');
		await wait.executions.stop(wait.id);
		await wait.wakeUp();
		expect(simulator.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
	});

	it('cancelRemote: cancels the crawl then when it is on', async () => {
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
