import { runWorkflow, START } from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { startSimulator, type Simulator } from '../support/simulator';
import { waitFor } from './waitNode';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
	simulator.scriptJob({ provider: 'geonode', jobId: 'ended', outcome: 'failed', durationMs: 0 });
	simulator.scriptJob({ provider: 'geonode', jobId: 'running', outcome: 'never', durationMs: 0 });
});
afterAll(async () => simulator.close());

const durable = { waitMode: 'durable' };

describe('a durable wait that needs no waiting', () => {
	it('lets crawls that have ended out at once, with their items linked', async () => {
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

describe('a durable wait that n8n could lose is refused', () => {
	it('as the tool of an AI agent', async () => {
		const run = await waitFor(simulator, {
			items: [{ jobId: 'ended' }],
			parameters: durable,
			settings: { type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDoneTool' },
		});
		expect(run.error).toMatchObject({
			message: expect.stringContaining('AI agent'),
			description: expect.stringContaining('In This Execution or Check Once'),
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

it.each(['durableSupervise', 'durableWatch'])(
	"refuses the step %s in a workflow of somebody's own",
	async (waitMode) => {
		const run = await waitFor(simulator, {
			items: [{ jobId: 'ended' }],
			parameters: { waitMode },
		});
		expect(run.error?.message).toContain('the mode Durable starts by itself');
	},
);
