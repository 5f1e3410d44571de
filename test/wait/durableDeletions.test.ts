import { useSimulator } from '../support/useSimulator';
import {
	DurableWait,
	GUARD,
	setAgeOfN8n,
	SUPERVISOR,
	useWakeUpClock,
	WATCHER,
} from './durableWait';

const simulator = useSimulator();

beforeEach(() => {
	simulator.scriptJob({
		provider: 'geonode',
		jobId: 'crawl',
		outcome: 'failed',
		durationMs: 200_000,
	});
});
useWakeUpClock();

describe.each([
	['the watcher', WATCHER, 0],
	['the outer supervisor', SUPERVISOR, 0],
	['the inner supervisor', SUPERVISOR, 1],
])('when somebody deletes the execution of %s', (_case, name, index) => {
	it('the crawl leaves on its branch all the same', async () => {
		const wait = await start();
		const watchers = wait.executions.idsOf(WATCHER).length;
		wait.executions.delete(wait.executions.idsOf(name)[index] ?? '');
		await wait.look();
		expect(wait.executions.idsOf(WATCHER).length).toBeGreaterThanOrEqual(watchers);
		await wait.untilOver();
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
	});
});

it('when somebody deletes all of them but the guard, the crawl leaves on its branch', async () => {
	const wait = await start();
	for (const name of [WATCHER, SUPERVISOR]) {
		for (const id of wait.executions.idsOf(name)) wait.executions.delete(id);
	}
	await wait.look();
	await wait.untilOver();
	expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
});

it('when somebody deletes the guard, the crawl leaves on its branch', async () => {
	const wait = await start();
	wait.executions.delete(wait.executions.latest(GUARD));
	await wait.untilOver();
	expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
});

describe('the guard of a durable wait', () => {
	it('leaves the wait alone while nothing is missing', async () => {
		const wait = await start();
		await wait.look();
		expect(wait.status).toBe('waiting');
		expect(wait.executions.run(wait.executions.latest(GUARD)).run.status).toBe('waiting');
		expect(wait.executions.idsOf(WATCHER)).toHaveLength(1);
	});

	it('leaves what n8n has lost to n8n', async () => {
		const wait = await start();
		await wait.executions.lose(wait.executions.latest(WATCHER));
		await wait.look();
		expect(wait.executions.run(wait.executions.latest(GUARD)).run.status).toBe('waiting');
	});

	it('ends by itself when the wait is over', async () => {
		const wait = await start();
		await wait.untilOver();
		await wait.look();
		expect(wait.executions.run(wait.executions.latest(GUARD)).run.status).toBe('success');
	});

	it('ends by itself when the execution that waited was stopped', async () => {
		const wait = await start();
		await wait.executions.stop(wait.id);
		await wait.wakeUp();
		await wait.look();
		expect(wait.executions.run(wait.executions.latest(GUARD)).run.status).toBe('success');
	});

	it.each([
		['five minutes after a short wait should be over', 0.5, 5.5],
		['an hour later at the latest', 60 * 24 * 30, 60],
	])('looks %s', async (_case, maxWaitMinutes, minutes) => {
		const wait = await start(maxWaitMinutes);
		const parkedForMs = wait.dueAt(GUARD) - Date.now();
		expect(Math.round(parkedForMs / 6_000) / 10).toBe(minutes);
	});

	it('does not look while n8n is starting', async () => {
		const wait = await start();
		wait.executions.delete(wait.executions.latest(WATCHER));
		setAgeOfN8n(1_000);
		await wait.look();
		expect(wait.executions.run(wait.executions.latest(GUARD)).run.status).toBe('waiting');
	});
});

async function start(maxWaitMinutes = 60): Promise<DurableWait> {
	return await DurableWait.start(simulator, {
		items: [{ jobId: 'crawl' }],
		options: { maxWaitMinutes },
	});
}
