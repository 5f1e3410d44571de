import type { JobScript, ProviderId } from '../support/simulator';
import { PROVIDER_IDS } from '../support/simulator/job';
import { call } from '../support/simulator/testClient';
import { useSimulatorPerTest } from '../support/useSimulator';
import { idsOf, triggerAt, useTimeTravel } from './trigger';

const MINUTE = 60_000;

const simulator = useSimulatorPerTest();
const time = useTimeTravel();

type Script = Partial<Pick<JobScript, 'durationMs' | 'outcome' | 'jobId' | 'failureMessage'>>;

const ID = '9b3e7f12-8c4a-43d9-b5e2-1a9c8f7d6e5b';

function crawl(provider: ProviderId, script: Script = {}): void {
	const common = { jobId: ID, durationMs: 0, outcome: 'succeeded' as const, ...script };
	simulator.scriptJob({ provider, ...common });
}

beforeEach(async () => {
	const { sessionId } = simulator.ids.midPilot;
	await call(simulator, 'midPilot', `/api/v1/session/${sessionId}`, { method: 'POST' });
});

describe.each(PROVIDER_IDS)('a trigger at %s', (provider) => {
	it('takes what has ended before the activation as seen', async () => {
		crawl(provider);
		const trigger = triggerAt(simulator, provider);
		await trigger.activate();
		await trigger.poll();
		expect(trigger.executions).toEqual([]);
	});

	it('emits what has ended before with emitEnded, once', async () => {
		crawl(provider);
		const trigger = triggerAt(simulator, provider, { options: { emitEnded: true } });
		await trigger.activate();
		await trigger.poll();
		expect(idsOf(trigger)).toEqual([ID]);
	});

	it.each(['succeeded', 'failed'] as const)('emits a crawl that has %s, once', async (outcome) => {
		crawl(provider, { durationMs: 5 * MINUTE, outcome });
		const trigger = triggerAt(simulator, provider);
		await trigger.activate();
		await trigger.poll();
		expect(trigger.executions).toEqual([]);
		time.advance(6 * MINUTE);
		await trigger.poll();
		await trigger.poll();
		expect(trigger.executions).toEqual([
			[expect.objectContaining({ jobId: ID, provider, status: outcome, isFinal: true })],
		]);
	});

	it('emits a crawl that was started and has ended between two polls', async () => {
		const trigger = triggerAt(simulator, provider);
		await trigger.activate();
		crawl(provider);
		await trigger.poll();
		expect(idsOf(trigger)).toEqual([ID]);
	});

	it.each([false, true])(
		'misses nothing that ends while n8n is down (durable: %s)',
		async (isDurable) => {
			crawl(provider, { durationMs: 5 * MINUTE });
			const trigger = triggerAt(simulator, provider, {}, isDurable);
			await trigger.activate();
			time.advance(6 * MINUTE);
			await trigger.restart();
			await trigger.restart();
			await trigger.poll();
			expect(idsOf(trigger)).toEqual([ID]);
		},
	);

	it('takes what has ended while the workflow was inactive as seen', async () => {
		crawl(provider, { durationMs: 5 * MINUTE });
		const trigger = triggerAt(simulator, provider);
		await trigger.activate();
		await trigger.deactivate();
		time.advance(6 * MINUTE);
		await trigger.activate();
		await trigger.poll();
		expect(trigger.executions).toEqual([]);
	});

	it('gives the latest ended crawl as test event, and keeps nothing of it', async () => {
		crawl(provider);
		const trigger = triggerAt(simulator, provider);
		const items = await trigger.fetchTestEvent();
		expect(items).toEqual([
			[{ json: expect.objectContaining({ jobId: ID, isFinal: true }) as object }],
		]);
	});

	it('says that there is no test event, and what to do', async () => {
		const trigger = triggerAt(simulator, provider);
		await expect(trigger.fetchTestEvent()).rejects.toMatchObject({
			message: expect.stringContaining('lists no crawls here') as string,
			description: expect.stringContaining('Start a crawl') as string,
		});
	});
});

describe.each<[ProviderId, Record<string, string>]>([
	['highLevel', { knowledgeBaseId: 'gone' }],
	['convocore', { workspaceId: 'gone' }],
	['midPilot', { sessionId: '00000000-0000-4000-8000-00000000dead' }],
	['pathors', { knowledgeBaseId: 'gone' }],
])('a trigger at %s that looks where nothing is', (provider, place) => {
	it('keeps the workflow inactive and says why', async () => {
		const trigger = triggerAt(simulator, provider, place);
		await expect(trigger.activate()).rejects.toThrow(/404|403/);
	});
});

it('a trigger at midPilot tells why a crawl has failed, which the list does not', async () => {
	crawl('midPilot', { durationMs: 5 * MINUTE, outcome: 'failed', failureMessage: 'No such host' });
	const trigger = triggerAt(simulator, 'midPilot');
	await trigger.activate();
	time.advance(6 * MINUTE);
	await trigger.poll();
	expect(trigger.items).toMatchObject([
		{
			failure: { message: expect.stringContaining('No such host') as string },
			warnings: [],
			// What only the list has.
			finishedAt: expect.stringMatching(/Z$/) as string,
			details: { type: expect.stringContaining('scrape') as string },
		},
	]);
});
