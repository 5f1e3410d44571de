import { ExecuteContext } from 'n8n-core';
import { WAIT_INDEFINITELY, type ExecuteWorkflowData } from 'n8n-workflow';

import { useSimulator } from '../support/useSimulator';
import { waitFor } from './waitNode';

/** How the engine of n8n 2.40 runs a sub-workflow: it parks, and keeps no note on what. */
async function executeWorkflowOf240(
	this: ExecuteContext,
	...[workflowInfo, inputData]: Parameters<ExecuteContext['executeWorkflow']>
): Promise<ExecuteWorkflowData> {
	const result = await this.additionalData.executeWorkflow(workflowInfo, this.additionalData, {
		parentWorkflowId: this.getWorkflow().id ?? '',
		...(inputData && { inputData }),
	});
	if (result.waitTill) await this.putExecutionToWait(WAIT_INDEFINITELY);
	return result;
}

const simulator = useSimulator();

beforeAll(() => {
	simulator.scriptJob({ provider: 'geonode', jobId: 'running', outcome: 'never', durationMs: 0 });
	// Two versions of n8n cannot be installed side by side here.
	jest.spyOn(ExecuteContext.prototype, 'executeWorkflow').mockImplementation(executeWorkflowOf240);
});
afterAll(() => {
	jest.restoreAllMocks();
});

it('waitMode durable: refuses the wait and names the version and the other modes', async () => {
	const run = await waitFor(simulator, {
		items: [{ jobId: 'running' }],
		parameters: { waitMode: 'durable' },
	});
	expect(run.error).toMatchObject({
		message: expect.stringMatching(/needs n8n 2\.41 .*2\.39\.8/),
		description: expect.stringContaining("'In This Execution' or 'Check Once'"),
	});
	expect(simulator.requests).toEqual([]);
});
