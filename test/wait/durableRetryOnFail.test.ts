import type { INodeParameters } from 'n8n-workflow';

import { useSimulator } from '../support/useSimulator';
import { DurableWait, SUPERVISOR, useWakeUpClock, WATCHER } from './durableWait';

const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const simulator = useSimulator();

beforeAll(() => {
	simulator.scriptJob({ provider: 'geonode', jobId: 'running', outcome: 'never', durationMs: 0 });
});
useWakeUpClock();

/** How a durable wait can come to an error after it has parked. */
const ERRORS: Array<
	[
		string,
		{
			message: string;
			jobId?: string;
			options?: INodeParameters;
			cause?: (wait: DurableWait) => Promise<void> | void;
		},
	]
> = [
	['the deadline', { message: 'did not end within', options: { onDeadline: 'error' } }],
	['a crawl that does not exist', { message: 'HTTP 404', jobId: 'gone' }],
	[
		'a credential that was deleted',
		{
			message: 'credential',
			cause: ({ executions }) => executions.deleteCredential('geonodeScraperApi'),
		},
	],
	[
		'a watcher that was stopped',
		{
			message: 'was stopped',
			cause: async ({ executions }) => await executions.stop(executions.latest(WATCHER)),
		},
	],
];

describe.each(ERRORS)('with Retry On Fail, %s', (_case, { message, jobId, options, cause }) => {
	it('ends the execution with its error, and begins no new wait', async () => {
		const wait = await DurableWait.start(simulator, {
			items: [{ jobId: jobId ?? 'running' }],
			options: { maxWaitMinutes: 2, ...options },
			settings: RETRIES,
		});
		expect(wait.status).toBe('waiting');
		await cause?.(wait);
		await wait.untilOver();
		expect(wait.status).toBe('error');
		expect(wait.errorMessage?.toLowerCase()).toContain(message.toLowerCase());
		expect(wait.executions.idsOf(SUPERVISOR)).toHaveLength(2);
	});
});

it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'with Retry On Fail and %s, an error begins no new wait either',
	async (onError) => {
		const wait = await DurableWait.start(simulator, {
			items: [{ jobId: 'running' }],
			options: { maxWaitMinutes: 2, onDeadline: 'error' },
			settings: { ...RETRIES, onError },
		});
		await wait.untilOver();
		expect(wait.status).toBe('success');
		expect(wait.executions.idsOf(SUPERVISOR)).toHaveLength(2);
	},
);

it('with Retry On Fail, a wait that ends well ends once', async () => {
	simulator.scriptJob({
		provider: 'geonode',
		jobId: 'done',
		outcome: 'succeeded',
		durationMs: 90_000,
	});
	const wait = await DurableWait.start(simulator, {
		items: [{ jobId: 'done' }],
		settings: RETRIES,
	});
	await wait.untilOver();
	expect(wait.linked).toEqual([['done'], [], [], [], []]);
	expect(wait.executions.idsOf(WATCHER)).toHaveLength(1);
});

it('with Retry On Fail, a later pass of a loop waits anew', async () => {
	const wait = await DurableWait.start(simulator, {
		items: [{ jobId: 'running' }],
		options: { maxWaitMinutes: 2 },
		settings: RETRIES,
		isLoop: true,
	});
	while (wait.executions.idsOf(WATCHER).length < 3) await wait.wakeUp();
	expect(wait.status).toBe('waiting');
});
