import { runWorkflow, START } from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import type { JobScript } from '../support/simulator';
import { useSimulator } from '../support/useSimulator';

const simulator = useSimulator();

const WAIT = 'Wait';
const BRANCHES = ['On success', 'On failure', 'On cancellation', 'On delay'];

function job(jobId: string, outcome: JobScript['outcome']): { jobId: string; contact: string } {
	simulator.scriptJob({ provider: 'geonode', jobId, durationMs: 0, outcome });
	return { jobId, contact: `contact of ${jobId}` };
}

describe("an item's link to where it came from", () => {
	it('is right on all four outputs, with many items and mixed outcomes', async () => {
		const run = await runWorkflow({
			nodes: [
				{
					name: WAIT,
					type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
					parameters: {
						provider: 'geonode',
						options: { responsiveness: 'fixed', intervalSeconds: 1, maxWaitMinutes: 0.01 },
					},
				},
				...BRANCHES.map((name) => ({
					name,
					type: 'test.evaluate',
					parameters: { value: `={{ $json.jobId }}: {{ $('${START}').item.json.contact }}` },
				})),
			],
			connections: {
				[START]: { main: [[{ node: WAIT, type: 'main', index: 0 }]] },
				[WAIT]: { main: BRANCHES.map((node) => [{ node, type: 'main', index: 0 }]) },
			},
			items: [
				job('a', 'failed'),
				job('b', 'succeeded'),
				job('c', 'never'),
				job('d', 'cancelled'),
				job('e', 'succeeded'),
				job('f', 'failed'),
			],
			credentials: simulatorCredentials(simulator),
		});
		expect(
			BRANCHES.map((branch) => run.outputsOf(branch)[0]?.map(({ json }) => json.value)),
		).toEqual([
			['b: contact of b', 'e: contact of e'],
			['a: contact of a', 'f: contact of f'],
			['d: contact of d'],
			['c: contact of c'],
		]);
	});
});
