import type { INodeParameters } from 'n8n-workflow';

import { Executions } from '../support/engine/executions';
import { START, type TestWorkflow } from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { useSimulator } from '../support/useSimulator';

const simulator = useSimulator();

beforeAll(() => {
	const running = { provider: 'geonode', outcome: 'never', durationMs: 0 } as const;
	simulator.scriptJob({ ...running, jobId: 'one' });
	simulator.scriptJob({ ...running, jobId: 'two' });
	simulator.scriptJob({ ...running, jobId: 'ended', outcome: 'failed' });
});

describe('what n8n can respond with while a durable wait is parked', () => {
	it('is each crawl as the first check found it, by outcome, for a webhook that responds with the last node', async () => {
		const { shown } = await park('webhook', { responseMode: 'lastNode' });
		expect(shown).toMatchObject([
			{ jobId: 'ended', wait: { outcome: 'failed' } },
			{ jobId: 'one', wait: { outcome: 'stillRunning' } },
			{ jobId: 'two', wait: { outcome: 'stillRunning' } },
		]);
	});

	it('leaves out a crawl whose maximum wait is over, which becomes an error at the end', async () => {
		const { shown, status } = await park(
			'webhook',
			{ responseMode: 'lastNode' },
			{ maxWaitMinutes: "={{ $json.jobId === 'one' ? 0 : 60 }}", onDeadline: 'error' },
		);
		expect(shown).toMatchObject([{ jobId: 'ended' }, { jobId: 'two' }]);
		expect(status).toBe('waiting');
	});

	it('starts no branch', async () => {
		const { branchRuns } = await park('webhook', { responseMode: 'lastNode' });
		expect(branchRuns).toBe(0);
	});

	it.each<[string, TestWorkflow['mode'], INodeParameters]>([
		['a webhook that responds at once', 'webhook', { responseMode: 'onReceived' }],
		['a webhook that is left as it is', 'webhook', {}],
		['any other start', 'trigger', { responseMode: 'lastNode' }],
	])('is nothing for %s', async (_, mode, parameters) => {
		const { shown } = await park(mode, parameters);
		expect(shown).toEqual([]);
	});
});

/** Parks a wait behind a node that stands for the webhook. */
async function park(
	mode: TestWorkflow['mode'],
	webhook: INodeParameters,
	options: INodeParameters = {},
) {
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	const executions = new Executions({
		nodes: [
			{ name: 'Webhook', type: 'test.webhook', parameters: webhook },
			{
				name: 'Wait',
				type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
				parameters: {
					provider: 'geonode',
					waitMode: 'durable',
					jobId: '={{ $json.jobId }}',
					options,
				},
			},
			{ name: 'Branch', type: 'test.evaluate', parameters: { value: '' } },
		],
		connections: {
			[START]: { main: [to('Webhook')] },
			Webhook: { main: [to('Wait')] },
			Wait: { main: Array.from({ length: 4 }, () => to('Branch')) },
		},
		items: [{ jobId: 'one' }, { jobId: 'ended' }, { jobId: 'two' }],
		credentials: simulatorCredentials(simulator),
		...(mode && { mode }),
	});
	const run = executions.run(await executions.start());
	const shown = (run.outputsOf('Wait')[0] ?? []).map(({ json }) => json);
	return {
		shown,
		status: run.run.status,
		branchRuns: run.run.data.resultData.runData.Branch?.length ?? 0,
	};
}
