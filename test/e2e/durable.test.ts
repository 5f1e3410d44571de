import type { INodeExecutionData } from 'n8n-workflow';

import { loadExample } from '../support/n8n/exampleWorkflow';
import { itemsByOutput, type Execution } from '../support/n8n/execution';
import type { JobScript } from '../support/simulator';
import {
	answeringWorkflow,
	CALL_NODE,
	calledWorkflow,
	callingWorkflow,
	manualWorkflow,
	MERGE_NODE,
	mergingWorkflow,
	START_NODE,
} from './otherWorkflows';
import { startStage, type Stage } from './stage';
import { BRANCHES, WAIT_NODE, waitWorkflow, type WaitWorkflowOptions } from './waitWorkflow';

/** n8n looks for parked executions once a minute, and a round of checks is 65 seconds. */
const PATIENCE_MS = 6 * 60_000;

/** The guard looks some minutes after the deadline, and then there is one more check. */
const DELETION_PATIENCE_MS = 10 * 60_000;

/** The names of workflows that a durable wait starts by itself. */
const WATCHER_NAME = 'Durable wait: watcher';
const GUARD_NAME = 'Durable wait: guard';

let stage: Stage;
/** What the tests wait for at the same time, since each has to wait for minutes. */
let cases: Record<CaseName, { workflowId: string; executionId: string }>;

/** The execution of the workflow in `examples/`. */
let example: string;
/** The execution of a workflow that calls another one, which waits. */
let caller: string;
/** The execution of a workflow that was started in the editor. */
let manual: string;
/** The executions of workflows with a Merge behind the wait. */
let merging: Map<(typeof MERGES)[number], string>;
/** What the caller of a webhook that responds with the last node was given. */
let answer: unknown;

const MERGES = [
	{ order: undefined, input: 0 },
	{ order: undefined, input: 1 },
	{ order: 'v1', input: 0 },
	{ order: 'v1', input: 1 },
] as const;

type CaseName = keyof typeof CASES;
type Outcome = JobScript['outcome'];
type Job = [jobId: string, outcome: Outcome | 'unknown', seconds: number];

const CASES = {
	single: { jobs: [['single', 'failed', 20]] },
	mixed: {
		jobs: [
			['mixed-0', 'succeeded', 20],
			['mixed-1', 'failed', 90],
			['mixed-2', 'cancelled', 1],
		],
		options: { includeInputFields: true, includeRaw: true, returnPages: true },
	},
	overdue: { jobs: [['overdue', 'never', 0]], options: { maxWaitMinutes: 0.5 } },
	stopped: { jobs: [['stopped', 'never', 0]] },
	deleted: { jobs: [['deleted', 'failed', 60]], options: { maxWaitMinutes: 0.5 } },
	retried: {
		jobs: [['retried', 'never', 0]],
		options: { maxWaitMinutes: 0.5, onDeadline: 'error' },
		settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 },
	},
	stopOnError: { jobs: [['no-such-crawl-0', 'unknown', 0]] },
	errorOutput: {
		jobs: [
			['no-such-crawl-1', 'unknown', 0],
			['beside-error', 'succeeded', 10],
		],
		settings: { onError: 'continueErrorOutput' },
	},
	errorsAmongItems: {
		jobs: [['no-such-crawl-2', 'unknown', 0]],
		settings: { onError: 'continueRegularOutput' },
	},
} as const satisfies Record<
	string,
	{ jobs: readonly Readonly<Job>[] } & Partial<Pick<WaitWorkflowOptions, 'options' | 'settings'>>
>;

beforeAll(async () => {
	// The workflow that calls another one says so itself; a durable wait must not need it.
	const env = { N8N_WORKFLOW_CALLER_POLICY_DEFAULT_OPTION: 'none' };
	stage = await startStage({ workers: 0, env });
	const started = await Promise.all(
		Object.entries(CASES).map(async ([name, { jobs, ...options }]) => {
			for (const [jobId, outcome, seconds] of jobs as readonly Readonly<Job>[]) {
				if (outcome === 'unknown') continue;
				const durationMs = seconds * 1_000;
				stage.simulator.scriptJob({ provider: 'geonode', jobId, outcome, durationMs });
			}
			const { n8n } = stage;
			const workflow = await n8n.createWorkflow(waitWorkflow(stage, { path: name, ...options }));
			await n8n.activateWorkflow(workflow);
			const body = { jobs: jobs.map(([jobId]) => ({ jobId, note: `about ${jobId}` })) };
			const executionId = await n8n.startByWebhook(workflow.id, name, body);
			return [name, { workflowId: workflow.id, executionId }] as const;
		}),
	);
	cases = Object.fromEntries(started) as typeof cases;
	example = await startExample();
	caller = await startCaller();
	manual = await startByHand();
	merging = await startMerging();
	answer = await startAnswering();
	await deleteWatcher(cases.deleted.executionId, cases.deleted.workflowId);
	await stage.n8n.untilParked(cases.stopped.executionId);
	await stage.n8n.stopExecution(cases.stopped.executionId);
});

afterAll(async () => {
	await stage?.close();
});

describe('a durable wait', () => {
	it('includeInputFields, includeRaw, returnPages: ends on the branch of the outcome, with all that the item should hold', async () => {
		const { outputs } = await finished('mixed');
		expect(outputs.success).toEqual([
			expect.objectContaining({
				jobId: 'mixed-0',
				note: 'about mixed-0',
				raw: expect.objectContaining({ job_id: 'mixed-0' }),
				pages: expect.arrayContaining([expect.objectContaining({ status: 'completed' })]),
				wait: expect.objectContaining({ outcome: 'succeeded', reason: 'final' }),
			}),
		]);
		expect(outputs.failed).toMatchObject([{ jobId: 'mixed-1' }]);
		expect(outputs.cancelled).toMatchObject([{ jobId: 'mixed-2' }]);
		expect(outputs.stillRunning).toEqual([]);
	});

	it('checks at least 65 seconds apart', async () => {
		await finished('mixed');
		const times = stage.simulator.requests
			.filter(({ path }) => path === '/v1/crawl/mixed-1')
			.map(({ at }) => at);
		const gaps = times.slice(1, 3).map((at, index) => at - (times[index] ?? 0));
		expect(gaps.every((gap) => gap >= 65_000)).toBe(true);
	});

	it('links each item to the one that came in', async () => {
		await finished('mixed');
		const branches = ['success', 'failed', 'cancelled'] as const;
		const linked = branches.map((branch, index) => crmCall(branch, `mixed-${index}`)?.body);
		expect(linked).toMatchObject([
			{ linked: 'mixed-0' },
			{ linked: 'mixed-1' },
			{ linked: 'mixed-2' },
		]);
	});

	it('maxWaitMinutes: leaves on Still Running when the maximum wait is over', async () => {
		const { outputs } = await finished('overdue');
		expect(outputs.stillRunning).toMatchObject([
			{ jobId: 'overdue', status: 'running', wait: { reason: 'deadline', checks: 2 } },
		]);
	});

	it('ends with its error at the deadline, however often n8n is to try', async () => {
		const { execution } = await finished('retried');
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain('did not end within');
	});

	it('is not begun anew by Retry On Fail', async () => {
		await finished('retried');
		const { workflowId } = cases.retried;
		const executions = await stage.n8n.listExecutions({
			workflowId,
			status: ['running', 'waiting'],
		});
		// The guard ends by itself some time later.
		expect(executions.map(({ mode }) => mode)).toEqual(['integrated']);
	});

	it('stops the workflow at an error of an item', async () => {
		const { execution } = await finished('stopOnError');
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain('HTTP 404');
	});

	it('sends an error with the fields of its item to the error output', async () => {
		const { outputs } = await finished('errorOutput');
		expect(outputs.error).toMatchObject([
			{ jobId: 'no-such-crawl-1', error: expect.stringContaining('HTTP 404') },
		]);
		expect(outputs.success).toMatchObject([{ jobId: 'beside-error' }]);
	});

	it('keeps an error among the items off the branches of outcomes', async () => {
		const { outputs } = await finished('errorsAmongItems');
		expect(outputs.stillRunning).toMatchObject([{ error: expect.stringContaining('HTTP 404') }]);
		expect(outputs.success).toEqual([]);
	});

	it('makes no check any more once its execution was stopped', async () => {
		await untilChildrenEnded(cases.stopped.workflowId);
		const checks = stage.simulator.requests.filter(({ path }) => path === '/v1/crawl/stopped');
		expect(checks).toHaveLength(1);
	});
});

describe('a durable wait in other places', () => {
	it('follows the start of a crawl without typing, as in the example', async () => {
		const execution = await stage.n8n.waitForExecution(example, PATIENCE_MS);
		const [item] = itemsByOutput(execution, 'Crawl done')?.[0] ?? [];
		expect(item?.json.message).toMatch(/^Crawled \d+ pages of http/);
	});

	it('gives a workflow that called the one that waits its results', async () => {
		const execution = await stage.n8n.waitForExecution(caller, PATIENCE_MS);
		expect(itemsByOutput(execution, CALL_NODE)).toMatchObject([[{ json: { jobId: 'called' } }]]);
	});

	it.each(MERGES)(
		'gives its item to input $input of a Merge in the execution order $order',
		async (merge) => {
			const execution = await stage.n8n.waitForExecution(merging.get(merge) ?? '', PATIENCE_MS);
			const [items = []] = itemsByOutput(execution, MERGE_NODE) ?? [];
			const sources = items.map(({ json }) => ('jobId' in json ? 'wait' : 'other'));
			expect(sources).toEqual(merge.input === 0 ? ['wait', 'other'] : ['other', 'wait']);
		},
	);

	it('answers a webhook that responds with the last node by the crawl as it stands', () => {
		expect(answer).toMatchObject({ jobId: 'answered', isFinal: false });
	});

	it('ends on its branch in a workflow that is run by hand', async () => {
		const execution = await stage.n8n.waitForExecution(manual, PATIENCE_MS);
		expect(outputsOf(execution).cancelled).toMatchObject([{ jobId: 'by-hand' }]);
	});
});

describe('a durable wait whose watcher was deleted', () => {
	it('ends on the branch of the outcome', async () => {
		const { executionId } = cases.deleted;
		const execution = await stage.n8n.waitForExecution(executionId, DELETION_PATIENCE_MS);
		expect(outputsOf(execution).failed).toMatchObject([{ jobId: 'deleted' }]);
	});
});

async function startMerging(): Promise<typeof merging> {
	const { n8n, simulator } = stage;
	const started: typeof merging = new Map();
	for (const merge of MERGES) {
		const jobId = `merge-${merge.order ?? 'legacy'}-${merge.input}`;
		const durationMs = 10_000;
		simulator.scriptJob({ provider: 'geonode', jobId, outcome: 'succeeded', durationMs });
		const workflow = await n8n.createWorkflow(
			mergingWorkflow(stage, jobId, merge.input, merge.order),
		);
		await n8n.activateWorkflow(workflow);
		started.set(merge, await n8n.startByWebhook(workflow.id, jobId, {}));
	}
	return started;
}

async function startAnswering(): Promise<unknown> {
	const { n8n, simulator } = stage;
	const jobId = 'answered';
	simulator.scriptJob({ provider: 'geonode', jobId, outcome: 'succeeded', durationMs: 10_000 });
	const workflow = await n8n.createWorkflow(answeringWorkflow(stage, jobId));
	await n8n.activateWorkflow(workflow);
	return await n8n.triggerWebhook(jobId, {});
}

async function deleteWatcher(executionId: string, workflowId: string): Promise<void> {
	const { n8n } = stage;
	await n8n.untilParked(executionId);
	for (const { id } of await n8n.listExecutions({ workflowId })) {
		const { workflowData } = await n8n.getExecution(id);
		if (workflowData?.name === WATCHER_NAME) await n8n.deleteExecutions([id]);
	}
}

async function startExample(): Promise<string> {
	const { n8n, simulator, credentials } = stage;
	const workflow = await n8n.createWorkflow(loadExample('durable-wait.json', credentials));
	await n8n.activateWorkflow(workflow);
	const url = `${simulator.siteUrl}slow/`;
	return await n8n.startByWebhook(workflow.id, 'durable-wait', { url });
}

async function startCaller(): Promise<string> {
	const { n8n, simulator } = stage;
	const durationMs = 10_000;
	simulator.scriptJob({ provider: 'geonode', jobId: 'called', outcome: 'succeeded', durationMs });
	const called = await n8n.createWorkflow(calledWorkflow(stage, 'called'));
	await n8n.activateWorkflow(called);
	const workflow = await n8n.createWorkflow(callingWorkflow('calling', called.id));
	await n8n.activateWorkflow(workflow);
	return await n8n.startByWebhook(workflow.id, 'calling', {});
}

async function startByHand(): Promise<string> {
	const { n8n, simulator } = stage;
	const durationMs = 10_000;
	simulator.scriptJob({ provider: 'geonode', jobId: 'by-hand', outcome: 'cancelled', durationMs });
	const workflow = await n8n.createWorkflow(manualWorkflow(stage, 'by-hand'));
	return await n8n.runByHand(workflow.id, START_NODE);
}

async function finished(name: CaseName) {
	const execution = await stage.n8n.waitForExecution(cases[name].executionId, PATIENCE_MS);
	return { execution, outputs: outputsOf(execution) };
}

function outputsOf(execution: Execution) {
	const outputs = itemsByOutput(execution, WAIT_NODE) ?? [];
	const json = (items: INodeExecutionData[] = []) => items.map((item) => item.json);
	return Object.fromEntries(
		BRANCHES.map((branch, index) => [branch, json(outputs[index])]),
	) as Record<(typeof BRANCHES)[number], ReturnType<typeof json>>;
}

function crmCall(branch: string, jobId: string) {
	return stage.simulator.crmCalls.find(({ path }) => path === `/${branch}/${jobId}`);
}

async function untilChildrenEnded(workflowId: string): Promise<void> {
	const executions = await stage.n8n.listExecutions({ workflowId });
	const children = executions.filter(({ mode }) => mode === 'integrated');
	const details = await Promise.all(
		children.map(async ({ id }) => await stage.n8n.getExecution(id)),
	);
	// The guard looks less often, and ends later.
	const others = details.filter(({ workflowData }) => workflowData?.name !== GUARD_NAME);
	await Promise.all(
		others.map(async ({ id }) => await stage.n8n.waitForExecution(id, PATIENCE_MS)),
	);
}
