import { startSimulator, type Simulator } from '../support/simulator';
import { waitFor } from '../wait/waitNode';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
	simulator.scriptJob({ provider: 'geonode', jobId: 'running', outcome: 'never', durationMs: 0 });
});
afterAll(async () => simulator.close());

it('refuses a durable wait on an n8n that would lose it', async () => {
	const run = await waitFor(simulator, {
		items: [{ jobId: 'running' }],
		parameters: { waitMode: 'durable' },
	});
	expect(run.error?.message).toContain('The wait mode Durable needs n8n 2.41');
	expect(simulator.requests).toEqual([]);
});
