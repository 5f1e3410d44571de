import { useSimulator } from '../support/useSimulator';
import { waitFor } from '../wait/waitNode';

const simulator = useSimulator();

beforeAll(() => {
	simulator.scriptJob({ provider: 'geonode', jobId: 'running', outcome: 'never', durationMs: 0 });
});

it('refuses a durable wait that n8n would lose, and names the version and the other modes', async () => {
	const run = await waitFor(simulator, {
		items: [{ jobId: 'running' }],
		parameters: { waitMode: 'durable' },
	});
	expect(run.error).toMatchObject({
		message: expect.stringMatching(/needs n8n 2\.41 .*2\.39\.8/),
		description: expect.stringContaining("to 'In This Execution'"),
	});
	expect(simulator.requests).toEqual([]);
});
