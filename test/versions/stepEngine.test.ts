import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { providers } from '../../nodes/providers';
import { nodeOf, startParameters } from '../nodes/providerStarts';
import { START, type TestWorkflow } from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { runSteps, startExpressions } from '../support/engine/stepEngine';
import { useSimulator } from '../support/useSimulator';

/*
 * What the nodes do in n8n's second engine, which a workflow is set to with `engineType: "v2"`. n8n
 * keeps nothing of a node there but its outputs, and nothing of its error but the message.
 */

const simulator = useSimulator({ pageDelayMs: 1, discoveryEnd: 'Successful' });

const ENDS = ['succeeded', 'failed', 'cancelled', 'never'] as const;

beforeAll(async () => {
	await startExpressions();
	for (const outcome of ENDS) {
		simulator.scriptJob({ provider: 'geonode', jobId: outcome, outcome, durationMs: 0 });
	}
});

const NODE = 'Node';

const workflow = (
	type: string,
	parameters: INodeParameters,
	{ items = [{}], ...settings }: Partial<INode> & { items?: IDataObject[] } = {},
): TestWorkflow => ({
	nodes: [
		{ name: NODE, type: `n8n-nodes-crawl-jobs.${type}`, parameters, ...settings },
		{ name: 'Next', type: 'test.evaluate', parameters: { value: '={{ $json.jobId }}' } },
	],
	connections: {
		[START]: { main: [[{ node: NODE, type: 'main', index: 0 }]] },
		[NODE]: { main: [[{ node: 'Next', type: 'main', index: 0 }]] },
	},
	items,
	credentials: simulatorCredentials(simulator),
});

const waitFor = (waitMode: string, settings: Parameters<typeof workflow>[2] = {}) =>
	workflow(
		'waitUntilCrawlDone',
		{
			provider: 'geonode',
			jobId: '={{ $json.jobId }}',
			waitMode,
			options: { maxWaitMinutes: 0 },
		},
		{ items: ENDS.map((jobId) => ({ jobId })), ...settings },
	);

describe('the wait mode In This Execution', () => {
	it('works: each crawl leaves on the output of its end', async () => {
		const run = await runSteps(waitFor('inExecution'));
		const jobIds = run.outputsOf(NODE).map((items) => items.map(({ json }) => json.jobId));
		expect(run.error).toBeUndefined();
		expect(jobIds).toEqual(ENDS.map((end) => [end]));
	});

	it('hands its items to the node behind it', async () => {
		const run = await runSteps(waitFor('inExecution'));
		expect(run.outputsOf('Next')).toMatchObject([[{ json: { value: 'succeeded' } }]]);
	});

	it('waits with Automatic, which finds the provider in the item', async () => {
		const run = await runSteps(
			workflow(
				'waitUntilCrawlDone',
				{ provider: 'automatic', waitMode: 'inExecution' },
				{
					items: [{ provider: 'geonode', jobId: 'succeeded' }],
					typeVersion: 1.1,
				},
			),
		);
		expect(run.error).toBeUndefined();
		expect(run.outputsOf(NODE)).toMatchObject([[{ json: { jobId: 'succeeded' } }], [], [], []]);
	});
});

describe.each([
	['checkOnce', 'Check Once'],
	['durable', 'Durable'],
])('the wait mode %s', (waitMode, name) => {
	const refusal =
		`${name} mode does not work in n8n's engine "v2", which does not keep the state of a wait` +
		" [item 0]. Set 'Wait Mode' to 'In This Execution', or run the workflow in n8n's default engine.";

	it('is refused before anything is sent, with what to do', async () => {
		const run = await runSteps(waitFor(waitMode));
		expect(run.error).toBe(refusal);
		expect(simulator.requests).toEqual([]);
	});

	it('is refused item by item where the workflow continues on errors', async () => {
		const run = await runSteps(waitFor(waitMode, { onError: 'continueRegularOutput' }));
		const [success, , , stillRunning] = run.outputsOf(NODE);
		expect(success).toEqual([]);
		expect(stillRunning).toHaveLength(ENDS.length);
		expect(stillRunning?.[0]).toMatchObject({ json: { error: refusal } });
	});
});

describe.each(providers)('the node of $displayName', (provider) => {
	const run = async (operation: string, parameters: INodeParameters) =>
		await runSteps(
			workflow(nodeOf(provider), {
				resource: 'crawl',
				operation,
				...startParameters(simulator)[provider.id],
				...parameters,
			}),
		);

	it('starts a crawl', async () => {
		const started = await run('start', {});
		expect(started.error).toBeUndefined();
		expect(started.outputsOf(NODE)).toMatchObject([[{ json: { provider: provider.id } }]]);
	});

	it('starts a crawl and waits for its end', async () => {
		const options = { responsiveness: 'fixed', intervalSeconds: 1 };
		const ended = await run('startAndWait', { waitMode: 'inExecution', options });
		expect(ended.error).toBeUndefined();
		expect(ended.outputsOf(NODE)).toMatchObject([[{ json: { wait: { outcome: 'succeeded' } } }]]);
	});

	it('starts nothing where it could not wait durably', async () => {
		const { error } = await run('startAndWait', { waitMode: 'durable' });
		expect(error).toMatch(/Durable mode does not work .* Set 'Wait Mode'/);
		expect(simulator.requests).toEqual([]);
	});
});

it('says in the message of an error what to do', async () => {
	const { error } = await runSteps(
		workflow('geonodeCrawler', { resource: 'crawl', operation: 'getStatus', jobId: 'unknown' }),
	);
	expect(error).toMatch(/HTTP 404.*\[item 0\]\. \S/);
});
