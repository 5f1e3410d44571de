import { setTimeout as sleep } from 'node:timers/promises';

import { useSimulator } from '../support/useSimulator';
import {
	DurableWait,
	SUPERVISOR,
	useWakeUpClock,
	WATCHER,
	type DurableWaitOptions,
} from './durableWait';

const CRAWL = {
	provider: 'geonode',
	jobId: 'crawl',
	outcome: 'failed',
	// Before the third wake-up at the least gap, and after the second one at the longest.
	durationMs: 190_000,
} as const;

const simulator = useSimulator();

beforeEach(() => {
	simulator.scriptJob(CRAWL);
});
useWakeUpClock();

/** How n8n can lose an execution that was running. */
const LOSSES = [
	['is lost with n8n', 'lose'],
	['is given up by the queue', 'giveUp'],
	['fails by a fault of n8n', 'fail'],
] as const;

describe.each(LOSSES)('when a watcher %s', (_case, loss) => {
	it('another one goes on from its last check', async () => {
		const { wait } = await start();
		await wait.wakeUp();
		await wait.executions[loss](wait.executions.latest(WATCHER));
		await wait.untilOver();
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
		expect(wait.executions.idsOf(WATCHER)).toHaveLength(2);
	});

	it('again and again, the crawl leaves on Still Running with a warning', async () => {
		const { wait } = await start();
		for (let restarts = 0; wait.status === 'waiting' && restarts < 100; restarts++) {
			await wait.executions[loss](wait.executions.latest(WATCHER));
		}
		expect(wait.outputs[3]).toMatchObject([
			{
				json: {
					warnings: [expect.stringContaining('kept losing')],
					wait: { reason: 'checkedOnce', nextCheckAt: null },
				},
			},
		]);
	});
});

describe.each(LOSSES)('when a supervisor %s', (_case, loss) => {
	it.each(['outer', 'inner'] as const)(
		'another one is started, and the crawl leaves on its branch (the %s one)',
		async (which) => {
			const { wait, supervisors } = await start();
			await wait.wakeUp();
			await wait.executions[loss](supervisors[which]);
			await wait.untilOver();
			expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
		},
	);

	it('while it handles the end of the wait, the crawl leaves on its branch', async () => {
		const { wait } = await start();
		await wait.loseAtTheEnd(loss);
		await wait.untilOver();
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
	});

	it.each(['outer', 'inner'] as const)(
		'the watcher below makes no check any more (the %s one)',
		async (which) => {
			const { wait, watcher, supervisors } = await start();
			await wait.executions[loss](supervisors[which]);
			const checks = simulator.requests.length;
			jest.setSystemTime(wait.wakesAt);
			await wait.executions.resume(watcher);
			expect(simulator.requests).toHaveLength(checks);
			expect(wait.status).toBe('waiting');
		},
	);

	it('the executions below end, and start no others', async () => {
		const { wait, watcher, supervisors } = await start();
		await wait.executions[loss](supervisors.outer);
		const watchers = wait.executions.idsOf(WATCHER).length;
		jest.setSystemTime(wait.wakesAt);
		await wait.executions.resume(watcher);
		expect(wait.executions.run(supervisors.inner).run.status).toBe('success');
		expect(wait.executions.idsOf(WATCHER)).toHaveLength(watchers);
	});
});

describe('when n8n is killed in the checks of a wait', () => {
	it.each(['lose', 'giveUp'] as const)(
		'five times in a row, the wait is given up (%s)',
		async (loss) => {
			const { wait } = await start();
			while (wait.status === 'waiting')
				await wait.executions[loss](wait.executions.latest(WATCHER));
			expect(wait.executions.idsOf(WATCHER)).toHaveLength(5);
		},
	);

	it('now and then, the wait goes on', async () => {
		simulator.scriptJob({ ...CRAWL, outcome: 'never' });
		const { wait } = await start({ options: { maxWaitMinutes: 1_000 } });
		for (let round = 0; round < 5; round++) {
			for (let kills = 0; kills < 4; kills++) {
				await wait.executions.lose(wait.executions.latest(WATCHER));
			}
			await wait.wakeUp();
		}
		expect(wait.status).toBe('waiting');
	});

	it('faults of n8n between them are not counted', async () => {
		const { wait } = await start();
		for (let losses = 0; losses < 10; losses++) {
			await wait.executions.fail(wait.executions.latest(WATCHER));
		}
		await wait.untilOver();
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
	});
});

it('when the inner supervisor fails, the outer one replaces it, although the watcher woke up first', async () => {
	const { wait, watcher, supervisors } = await start();
	await wait.executions.fail(supervisors.inner, async () => {
		jest.setSystemTime(wait.wakesAt);
		await wait.executions.resume(watcher);
	});
	expect(wait.executions.run(supervisors.outer).run.status).toBe('waiting');
	expect(wait.executions.idsOf(SUPERVISOR)).toHaveLength(3);
});

it('when watcher and supervisors are lost one after the other, others go on', async () => {
	const { wait, watcher, supervisors } = await start();
	await wait.wakeUp();
	await wait.executions.loseInTurn([watcher, supervisors.inner, supervisors.outer]);
	await wait.untilOver();
	expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
	expect(wait.outputs[1]).toMatchObject([{ json: { wait: { checks: 4 } } }]);
});

describe('when n8n is shut down in the middle of a check', () => {
	beforeEach(() => {
		simulator.scriptJob({ ...CRAWL, faults: [{ check: 2, fault: { kind: 'hang' } }] });
	});

	it('another watcher goes on', async () => {
		const { wait, watcher } = await start();
		await shutDownInCheck(wait, watcher);
		await wait.untilOver();
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
	});

	it('the crawl is not cancelled', async () => {
		const { wait, watcher } = await start({ options: { cancelRemote: true } });
		await shutDownInCheck(wait, watcher);
		expect(simulator.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
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
		expect(wait.errorMessage).toContain('was stopped');
	});

	it('the item becomes an error where n8n continues', async () => {
		const { wait } = await start({ settings: { onError: 'continueRegularOutput' } });
		await wait.executions.stop(wait.executions.latest(name));
		expect(wait.outputs[3]).toMatchObject([
			{ json: { error: expect.stringContaining('was stopped') } },
		]);
	});
});

describe('a crawl that has ended leaves on its branch', () => {
	const items = [{ jobId: 'ended' }, { jobId: 'crawl' }];
	beforeEach(() => {
		simulator.scriptJob({ ...CRAWL, jobId: 'ended', outcome: 'succeeded', durationMs: 0 });
	});

	it('although the wait for another one is given up after many losses', async () => {
		const { wait } = await start({ items });
		for (let restarts = 0; wait.status === 'waiting' && restarts < 100; restarts++) {
			await wait.executions.lose(wait.executions.latest(WATCHER));
		}
		expect(wait.linked).toEqual([['ended'], [], [], ['crawl'], []]);
		expect(wait.outputs[0]).toMatchObject([{ json: { warnings: [] } }]);
	});

	it('although somebody stops the wait for another one', async () => {
		const { wait } = await start({ items, settings: { onError: 'continueErrorOutput' } });
		await wait.executions.stop(wait.executions.latest(WATCHER));
		expect(wait.linked).toEqual([['ended'], [], [], [], ['crawl']]);
	});
});

it('a supervisor that was stopped is an error, although its watcher woke up before n8n saw it', async () => {
	const { wait, watcher, supervisors } = await start();
	await wait.executions.stop(supervisors.inner, async () => {
		jest.setSystemTime(wait.wakesAt);
		await wait.executions.resume(watcher);
	});
	expect(wait.errorMessage).toContain('was stopped');
});

interface Started {
	wait: DurableWait;
	/** Executions, by their ids. */
	watcher: string;
	supervisors: { outer: string; inner: string };
}

/** Shuts n8n down while the watcher's second check is under way. */
async function shutDownInCheck(wait: DurableWait, watcher: string): Promise<void> {
	jest.setSystemTime(wait.wakesAt);
	await wait.executions.shutDown(watcher, async () => {
		while (simulator.requests.length < 2) await sleep(20);
	});
}

async function start(options: Partial<DurableWaitOptions> = {}): Promise<Started> {
	const wait = await DurableWait.start(simulator, { items: [{ jobId: 'crawl' }], ...options });
	const [outer = '', inner = ''] = wait.executions.idsOf(SUPERVISOR);
	return { wait, watcher: wait.executions.latest(WATCHER), supervisors: { outer, inner } };
}
