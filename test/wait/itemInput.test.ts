import { runNode } from '../support/engine/runNode';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { startSimulator, type Simulator } from '../support/simulator';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ pageDelayMs: 1 });
	simulator.scriptJob({ provider: 'geonode', jobId: 'job1', durationMs: 0, outcome: 'succeeded' });
});
afterAll(async () => simulator.close());

const waitFor = async (ids: unknown[], provider: string, waitMode: string) =>
	await runNode({
		type: 'waitUntilCrawlDone',
		parameters: { provider, waitMode },
		credentials: simulatorCredentials(simulator),
		items: ids.map((jobId) => ({ jobId })) as Array<{ jobId: string }>,
		settings: { onError: 'continueRegularOutput' },
	});

describe('the items of a wait', () => {
	it.each([
		['half of a character', 'job\ud83d', "'Crawl' contains an incomplete character"],
		['nothing', null, "'Crawl' is missing"],
		['a path', '../job1', "'Crawl' is not a valid ID"],
	])('come out apart from one whose id is %s', async (_, id, message) => {
		const { outputs } = await waitFor(['job1', id], 'geonode', 'inExecution');
		const items = outputs.flat().map(({ json }) => json);
		expect(items).toContainEqual(expect.objectContaining({ jobId: 'job1', status: 'succeeded' }));
		expect(items).toContainEqual(
			expect.objectContaining({ error: expect.stringContaining(message) as string }),
		);
	});

	it.each([['"job1"'], [' job1\n'], ['job\u200b1']])('are found by the id %j', async (id) => {
		const { json } = await waitFor([id], 'geonode', 'inExecution');
		expect(json[0]).toMatchObject({ jobId: 'job1', status: 'succeeded' });
	});
});

it.each([['In This Execution'], ['INEXECUTION'], [' inExecution '], ['']])(
	'the wait mode may be spelled %j',
	async (waitMode) => {
		const { json } = await waitFor(['job1'], 'geonode', waitMode);
		expect(json[0]).toMatchObject({ wait: { outcome: 'succeeded', reason: 'final' } });
	},
);
