import type { IWorkflowSettings } from 'n8n-workflow';

import { Executions } from '../support/engine/executions';
import { START } from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { useSimulator } from '../support/useSimulator';
import { useWakeUpClock, WATCHER, SUPERVISOR } from './durableWait';

const simulator = useSimulator();

beforeEach(() => {
	simulator.scriptJob({
		provider: 'geonode',
		jobId: 'crawl',
		outcome: 'succeeded',
		durationMs: 90_000,
	});
});
useWakeUpClock();

const ORDERS: Array<[string, IWorkflowSettings]> = [
	['legacy', {}],
	['v1', { executionOrder: 'v1' }],
];

/** What can become of an execution below the user's while it waits. */
const LOSSES: Array<[string, (executions: Executions) => Promise<void>]> = [
	['nothing is lost', async () => {}],
	['a watcher is lost', async (executions) => await executions.lose(executions.latest(WATCHER))],
	[
		'both supervisors are lost',
		async (executions) => await executions.loseInTurn([...executions.idsOf(SUPERVISOR)].reverse()),
	],
];

const CASES = ORDERS.flatMap(([order, settings]) =>
	[0, 1].flatMap((input) => LOSSES.map(([loss, lose]) => ({ order, settings, input, loss, lose }))),
);

describe.each(CASES)(
	'a durable wait before input $input of a Merge in the order $order, when $loss',
	({ settings, input, lose }) => {
		it('gives the Merge its item beside that of the other input', async () => {
			const executions = await start(settings, input);
			await lose(executions);
			await untilOver(executions);
			expect(merged(executions)).toEqual(input === 0 ? ['wait', 'other'] : ['other', 'wait']);
		});
	},
);

it.each(ORDERS)(
	'a durable wait whose outputs lead to both inputs of a Merge in the order %s gives it what has ended',
	async (_order, settings) => {
		const executions = await start(settings, 1, { isOnlySource: true });
		await untilOver(executions);
		expect(merged(executions)).toEqual(['wait']);
	},
);

it('an error below a durable wait before a later input of a Merge stops the workflow in the legacy order', async () => {
	const executions = await start({}, 1);
	await executions.giveUp(executions.idsOf(SUPERVISOR)[0] ?? '');
	expect(executions.run('1').run.status).toBe('error');
});

/** @param input of the Merge that the wait leads to; the other one has its item at once */
async function start(
	settings: IWorkflowSettings,
	input: number,
	{ isOnlySource = false } = {},
): Promise<Executions> {
	const to = (node: string, index = 0) => [{ node, type: 'main' as const, index }];
	const executions = new Executions({
		nodes: [
			{
				name: 'Wait',
				type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
				parameters: { provider: 'geonode', waitMode: 'durable', jobId: 'crawl', options: {} },
			},
			{ name: 'Other', type: 'test.evaluate', parameters: { value: 'other' } },
			{ name: 'Merge', type: 'test.append' },
		],
		connections: {
			[START]: { main: [[...to('Wait'), ...(isOnlySource ? [] : to('Other'))]] },
			Wait: isOnlySource
				? { main: [to('Merge', 0), to('Merge', 1)] }
				: { main: [to('Merge', input)] },
			...(!isOnlySource && { Other: { main: [to('Merge', 1 - input)] } }),
		},
		items: [{}],
		credentials: simulatorCredentials(simulator),
		settings,
	});
	await executions.start();
	return executions;
}

async function untilOver(executions: Executions): Promise<void> {
	while (executions.run('1').run.status === 'waiting') {
		const watcher = executions.latest(WATCHER);
		jest.setSystemTime(new Date(executions.data(watcher)?.waitTill ?? NaN));
		await executions.resume(watcher);
	}
}

/** Where the items of the Merge came from. */
function merged(executions: Executions): unknown[] {
	const [items = []] = executions.run('1').outputsOf('Merge');
	return items.map(({ json }) => (json.jobId === 'crawl' ? 'wait' : json.value));
}
