import type { IDataObject, IRunExecutionData } from 'n8n-workflow';

import type { DurablePlan } from '../../nodes/WaitUntilCrawlDone/durable/plan';
import { startWatch } from '../../nodes/shared/waiting/watch';
import {
	resumeWorkflow,
	runWorkflow,
	savedData,
	START,
	type TestWorkflow,
	type WorkflowRun,
} from '../engine/runWorkflow';
import { simulatorCredentials } from '../engine/simulatorCredentials';
import { startSimulator, type JobScript, type Simulator } from '../simulator';

const WATCH = 'Watch';
const PARENT_ID = '1000';
const HOUR_MS = 3_600_000;
const CHECK_PATH = '/v1/crawl/crawl';

const PARKED_PARENT = { waitTill: new Date(), resultData: { runData: {} } } as IRunExecutionData;

/** n8n's clock is set to when an execution wakes up; it begins in the past, and never gets ahead. */
const BEGIN = Date.now() - 60 * HOUR_MS;

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
afterAll(async () => {
	await simulator.close();
	// A sleep that the clock was put past ends at its next look at the clock.
	await new Promise((resolve) => setTimeout(resolve, 600));
});
beforeEach(() => {
	simulator.requests.length = 0;
	jest.useFakeTimers({
		now: BEGIN,
		doNotFake: [
			'hrtime',
			'nextTick',
			'performance',
			'queueMicrotask',
			'setImmediate',
			'clearImmediate',
			'setInterval',
			'clearInterval',
			'setTimeout',
			'clearTimeout',
		],
	});
});
afterEach(() => {
	jest.useRealTimers();
});

describe('the watcher of a durable wait', () => {
	it('parks until the first check without making one', async () => {
		script({ outcome: 'succeeded', durationMs: 0 });
		const run = await runWorkflow(watcher());
		expect(run.run.status).toBe('waiting');
		expect(checks()).toBe(0);
	});

	it('parks for at least 65 seconds', async () => {
		const run = await runWorkflow(watcher());
		expect(wakeTime(run) - BEGIN).toBeGreaterThanOrEqual(65_000);
	});

	it('makes one check per wake-up until the crawl has ended', async () => {
		script({ outcome: 'failed', durationMs: 100_000 });
		const runs = await untilReport(watcher());
		expect(runs).toHaveLength(4);
		expect(checks()).toBe(3);
	});

	it('reports the last state of the crawl', async () => {
		script({ outcome: 'failed', durationMs: 0 });
		const runs = await untilReport(watcher());
		const [report] = runs.at(-1)?.outputsOf(WATCH)[1] ?? [];
		expect(report?.json.waits).toMatchObject([
			{ verdict: { kind: 'end', reason: 'final' }, job: { status: 'failed' } },
		]);
	});

	it('reports a crawl that is still running at its deadline', async () => {
		script({ outcome: 'never', durationMs: 0 });
		const runs = await untilReport(watcher({ maxWaitMinutes: 5 }));
		const [report] = runs.at(-1)?.outputsOf(WATCH)[1] ?? [];
		expect(report?.json.waits).toMatchObject([{ verdict: { kind: 'end', reason: 'deadline' } }]);
	});

	it.each([
		['was stopped', { waitTill: new Date(), resultData: { error: { message: 'cancelled' } } }],
		['goes on without it', { resultData: {} }],
		['is gone', null],
	])('makes no check when the execution that waits %s', async (_case, parent) => {
		script({ outcome: 'never', durationMs: 0 });
		const definition = watcher({}, parent as IRunExecutionData | null);
		const runs = await untilReport(definition);
		expect(runs).toHaveLength(2);
		expect(checks()).toBe(0);
	});

	it('cancels the crawl when the execution that waits was stopped and the user wants it', async () => {
		script({ outcome: 'never', durationMs: 0 });
		await untilReport(watcher({ cancelRemote: true }, null));
		expect(simulator.requests).toMatchObject([{ method: 'DELETE', path: CHECK_PATH }]);
	});

	it('leaves less than 300 bytes per check, and less than 1 MB after 48 hours', async () => {
		script({ outcome: 'never', durationMs: 0 });
		const hours = 8;
		const definition = watcher({ maxWaitMinutes: 60 * hours, responsiveness: 'relaxed' });
		const sizes = (await untilReport(definition)).map((run) => savedData(run).length);
		const last = sizes.at(-2) ?? 0;
		const growth = (last - (sizes[1] ?? 0)) / (sizes.length - 3);
		expect(growth).toBeLessThan(300);
		expect((last * 48) / hours).toBeLessThan(1_000_000);
	}, 120_000);
});

function script(change: Pick<JobScript, 'outcome' | 'durationMs'>): void {
	simulator.scriptJob({ provider: 'geonode', jobId: 'crawl', ...change });
}

function watcher(
	options: IDataObject = {},
	parent: IRunExecutionData | null = PARKED_PARENT,
): TestWorkflow {
	const plan: DurablePlan = {
		waits: [
			{
				itemIndex: 0,
				parameters: { options: { maxWaitMinutes: 60, ...options } },
				reference: { jobId: 'crawl' },
				state: { ...startWatch(BEGIN), nextCheckAt: BEGIN + 65_000, checks: 1 },
				verdict: { kind: 'continue' },
				job: null,
				fault: null,
				warnings: [],
			},
		],
		errors: [],
		parent: { executionId: PARENT_ID, nodeName: 'Wait', keepsInput: false, onError: 'stop' },
		lostWatchers: 0,
	};
	const toWatch = { main: [[{ node: WATCH, type: 'main' as const, index: 0 }]] };
	return {
		nodes: [
			{
				name: WATCH,
				type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
				parameters: { provider: 'geonode', waitMode: 'durableWatch' },
			},
		],
		connections: { [START]: toWatch, [WATCH]: toWatch },
		items: [{ ...plan }],
		credentials: simulatorCredentials(simulator),
		savedExecutions: parent ? { [PARENT_ID]: parent } : {},
	};
}

/** All runs of a watcher, each resumed from the saved data of the one before, at its time. */
async function untilReport(definition: TestWorkflow): Promise<WorkflowRun[]> {
	const runs = [await runWorkflow(definition)];
	for (let run = runs[0]; run?.run.status === 'waiting'; run = runs.at(-1)) {
		jest.setSystemTime(wakeTime(run));
		runs.push(await resumeWorkflow(definition, savedData(run)));
	}
	return runs;
}

function wakeTime({ run }: WorkflowRun): number {
	return new Date(run.data.waitTill ?? NaN).getTime();
}

function checks(): number {
	return simulator.requests.filter(({ method, path }) => method === 'GET' && path === CHECK_PATH)
		.length;
}
