import type { INodeParameters } from 'n8n-workflow';

import {
	runWorkflow,
	START,
	type TestWorkflow,
	type WorkflowRun,
} from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { useSimulator } from '../support/useSimulator';
import { DurableWait } from './durableWait';
import { waitFor } from './waitNode';

const simulator = useSimulator();

beforeAll(() => {
	simulator.scriptJob({ provider: 'geonode', jobId: 'ended', outcome: 'failed', durationMs: 0 });
	simulator.scriptJob({ provider: 'geonode', jobId: 'running', outcome: 'never', durationMs: 0 });
});

const durable = { waitMode: 'durable' };

describe('waitMode durable: a wait that is over with the first check', () => {
	it('puts crawls that have ended on their outputs at once, with their items linked', async () => {
		const run = await waitFor(simulator, {
			items: [{ jobId: 'ended' }, { jobId: 'ended' }],
			parameters: durable,
		});
		expect(run.failed).toMatchObject([{ pairedItem: { item: 0 } }, { pairedItem: { item: 1 } }]);
	});

	it('ends with the first error where n8n stops on errors', async () => {
		const run = await waitFor(simulator, {
			items: [{ jobId: 'running' }, { jobId: 'a/b' }],
			parameters: durable,
		});
		expect(run.error?.message).toContain('[item 1]');
	});
});

describe('waitMode durable: a wait that n8n could lose is refused', () => {
	it('as the tool of an AI agent', async () => {
		const run = await waitFor(simulator, {
			items: [{ jobId: 'ended' }],
			parameters: durable,
			settings: { type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDoneTool' },
		});
		expect(run.error).toMatchObject({
			message: expect.stringContaining('AI agent'),
			description: expect.stringContaining("to 'In This Execution'"),
		});
	});

	it.each(['', '__EMPTY__'])('in a workflow that is not saved (id "%s")', async (workflowId) => {
		const { error } = await runWorkflow({
			workflowId,
			nodes: [
				{
					name: 'Wait',
					type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
					parameters: { provider: 'geonode', ...durable },
				},
			],
			connections: { [START]: { main: [[{ node: 'Wait', type: 'main', index: 0 }]] } },
			items: [{ jobId: 'running' }],
			credentials: simulatorCredentials(simulator),
		});
		expect(error).toMatchObject({
			message: expect.stringContaining('saved workflow'),
			description: expect.stringContaining('Save the workflow'),
		});
	});
});

/** As n8n's engine "v2" numbers its executions. */
const STEP_ENGINE_ID = '0199c5a6-6f0e-7c3f-9d9e-5b2f0e7a1c44';

describe('in an engine that does not keep the state of a node', () => {
	it.each([
		['durable', 'Durable'],
		['checkOnce', 'Check Once'],
	])('the wait mode %s is refused', async (waitMode, name) => {
		const { error } = await runWait({ waitMode }, { executionId: STEP_ENGINE_ID });
		// Nothing but the message is kept there.
		expect(error?.message).toMatch(
			new RegExp(`^${name} mode does not work in n8n's engine "v2".*'In This Execution'`),
		);
	});

	it('the wait mode inExecution works', async () => {
		const run = await runWait({ jobId: 'ended' }, { executionId: STEP_ENGINE_ID });
		expect(run.outputsOf('Wait')[1]).toMatchObject([{ json: { jobId: 'ended' } }]);
	});
});

it('says what to do where a person has no access to the credential of the node', async () => {
	const { error } = await runWait(durable, {
		executeWorkflow: async () => {
			throw new Error('Node "Supervise" uses a credential you do not have access to');
		},
	});
	expect(error).toMatchObject({
		message: expect.stringContaining('only credentials that are shared with you'),
		description: expect.stringMatching(/share .*'In This Execution'/),
	});
});

it.each([
	['the saving of executions', { saveDataSuccessExecution: 'all', saveDataErrorExecution: 'all' }],
	['the callers', { callerPolicy: 'workflowsFromSameOwner' }],
	['the timeout', { executionTimeout: -1 }],
	['the execution order', { executionOrder: 'v1' }],
])('a helper has its own settings, whatever those of the workflow: %s', async (_, settings) => {
	const helpers: unknown[] = [];
	await runWait(durable, {
		settings: {
			executionOrder: 'v0',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
			callerPolicy: 'none',
			executionTimeout: 1,
		},
		executeWorkflow: async ({ code }) => {
			helpers.push(code?.settings);
			throw new Error('One is enough');
		},
	});
	expect(helpers).toEqual([expect.objectContaining(settings)]);
});

describe("a timeout of the workflow that comes before 'Maximum Wait' is over", () => {
	const inSeconds = (seconds: number) => Date.now() + seconds * 1_000;
	const hint = expect.stringContaining("before 'Maximum Wait' is over");

	it('is said while a durable wait is parked', async () => {
		const wait = await DurableWait.start(simulator, {
			items: [{ jobId: 'running' }],
			workflow: { timeoutAt: inSeconds(600) },
		});
		expect(wait.status).toBe('waiting');
		expect(wait.hints).toContainEqual(hint);
	});

	it('is said by a wait in the execution', async () => {
		const run = await runWait({ jobId: 'ended' }, { timeoutAt: inSeconds(600) });
		expect(run.hintsOf('Wait').map(({ message }) => message)).toContainEqual(hint);
	});

	it('is not said where it comes later, or never', async () => {
		const options = { maxWaitMinutes: 5 };
		const later = await runWait({ jobId: 'ended', options }, { timeoutAt: inSeconds(600) });
		const never = await runWait({ jobId: 'ended', options }, {});
		const hints = [later, never].flatMap((run) => run.hintsOf('Wait'));
		expect(hints.map(({ message }) => message)).not.toContainEqual(hint);
	});
});

/** Runs a wait for the crawl that does not end, unless the parameters name another one. */
async function runWait(
	parameters: INodeParameters,
	workflow: Partial<TestWorkflow>,
): Promise<WorkflowRun> {
	return await runWorkflow({
		nodes: [
			{
				name: 'Wait',
				type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
				parameters: { provider: 'geonode', jobId: 'running', ...parameters },
			},
		],
		connections: { [START]: { main: [[{ node: 'Wait', type: 'main', index: 0 }]] } },
		items: [{}],
		credentials: simulatorCredentials(simulator),
		...workflow,
	});
}

it.each(['durableSupervise', 'durableWatch', 'durableGuard'])(
	'waitMode %s: is refused outside the executions of a durable wait',
	async (waitMode) => {
		const run = await waitFor(simulator, {
			items: [{ jobId: 'ended' }],
			parameters: { waitMode },
		});
		expect(run.error?.message).toContain('that Durable mode starts');
	},
);
