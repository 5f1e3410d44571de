import { startSimulator, type Simulator } from '../support/simulator';
import { waitFor } from './waitNode';

// What an n8n before 2.41 has not got. Two versions of n8n cannot be installed side by side here.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	WAIT_FOR_SUB_EXECUTION: undefined,
}));

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
	simulator.scriptJob({ provider: 'geonode', jobId: 'running', outcome: 'never', durationMs: 0 });
});
afterAll(async () => simulator.close());

it('refuses a durable wait and names the version and the other modes', async () => {
	const run = await waitFor(simulator, {
		items: [{ jobId: 'running' }],
		parameters: { waitMode: 'durable' },
	});
	expect(run.error).toMatchObject({
		message: expect.stringMatching(/needs n8n 2\.41 .*2\.39/),
		description: expect.stringContaining('In This Execution or Check Once'),
	});
	expect(simulator.requests).toEqual([]);
});
