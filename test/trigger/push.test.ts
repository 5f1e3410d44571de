import type { ActiveTrigger, TriggerCall } from '../support/engine/activeTrigger';
import { useSimulatorPerTest } from '../support/useSimulator';
import {
	authenticCall,
	highLevelEvent,
	PUSH,
	PUSHING,
	SECRET,
	until,
	type PushingProvider,
} from './calls';
import { idsOf, triggerAt, useTimeTravel } from './trigger';

const simulator = useSimulatorPerTest();
const time = useTimeTravel();

async function activeTrigger(provider: PushingProvider, isDurable = false): Promise<ActiveTrigger> {
	const trigger = triggerAt(simulator, provider, PUSH, isDurable);
	await trigger.activate();
	return trigger;
}

function endCrawl(provider: PushingProvider, jobId = 'a'): void {
	simulator.scriptJob({ provider, jobId, durationMs: 0, outcome: 'succeeded' });
}

/** How often the trigger has looked at the list, or at what stands in for it. */
function looks(): number {
	return simulator.requests.filter(
		({ method, path }) => method === 'GET' && !path.includes('webhooks'),
	).length;
}

describe('without push', () => {
	it.each([
		['is off', { provider: 'geonode' }],
		['is on where the provider has none', { provider: 'pathors', push: true }],
	] as const)('that %s there is no webhook', async (_, { provider, ...parameters }) => {
		const trigger = triggerAt(simulator, provider, parameters);
		await trigger.activate();
		expect(trigger.listens({ isActive: true })).toBe(false);
		expect(simulator.geonodeWebhooks.size).toBe(0);
	});
});

describe.each(PUSHING)('a call of %s', (provider) => {
	it('reaches an active workflow, while the editor polls for a test event', async () => {
		const trigger = triggerAt(simulator, provider, PUSH);
		expect(trigger.listens({ isActive: true })).toBe(true);
		expect(trigger.listens({ isActive: false })).toBe(false);
	});

	it('lets an end start the workflow before the next poll', async () => {
		const trigger = await activeTrigger(provider);
		endCrawl(provider);
		expect(await trigger.receive(authenticCall(simulator, provider))).toBe(202);
		expect(idsOf(trigger)).toEqual(['a']);
	});

	it('gives an end that a poll has given no second time', async () => {
		const trigger = await activeTrigger(provider);
		endCrawl(provider);
		await trigger.poll();
		const before = looks();
		await trigger.receive(authenticCall(simulator, provider));
		expect(looks()).toBeGreaterThan(before);
		await trigger.poll();
		await trigger.restart();
		expect(idsOf(trigger)).toEqual(['a']);
	});

	it('leaves nothing of its end to the next polls', async () => {
		const trigger = await activeTrigger(provider);
		endCrawl(provider);
		await trigger.receive(authenticCall(simulator, provider));
		await trigger.poll();
		await trigger.restart();
		await trigger.poll();
		expect(idsOf(trigger)).toEqual(['a']);
	});

	it('decides nothing: a crawl that still runs starts nothing', async () => {
		simulator.scriptJob({ provider, jobId: 'a', durationMs: 60_000, outcome: 'succeeded' });
		const trigger = await activeTrigger(provider);
		const before = looks();
		expect(await trigger.receive(authenticCall(simulator, provider))).toBe(202);
		expect(looks()).toBeGreaterThan(before);
		await trigger.poll();
		expect(trigger.items).toEqual([]);
	});

	it('is left to the next poll with durable poll cursors', async () => {
		const trigger = await activeTrigger(provider, true);
		endCrawl(provider);
		const before = looks();
		expect(await trigger.receive(authenticCall(simulator, provider))).toBe(202);
		expect(looks()).toBe(before);
		await trigger.poll();
		expect(idsOf(trigger)).toEqual(['a']);
	});

	it('is left to the next poll when another process has saved since', async () => {
		const trigger = await activeTrigger(provider);
		trigger.changeSaved((data) => Object.assign(data.crawls as object, { keeper: 'another' }));
		endCrawl(provider);
		const before = looks();
		expect(await trigger.receive(authenticCall(simulator, provider))).toBe(202);
		expect(looks()).toBe(before);
	});

	it('asks for nothing after the deactivation', async () => {
		const trigger = await activeTrigger(provider);
		const call = authenticCall(simulator, provider);
		await trigger.deactivate();
		const before = looks();
		expect(await trigger.receive(call)).toBe(202);
		expect(looks()).toBe(before);
	});

	it.each<[string, number, (call: TriggerCall) => TriggerCall]>([
		['is unsigned', 401, ({ body }) => ({ body })],
		[
			'is signed by another',
			401,
			({ headers, body }) => ({
				headers: mapValues(headers, (value) => `${value.slice(1)}${value.slice(0, 1)}`),
				body,
			}),
		],
		['is empty', 401, () => ({ body: '' })],
		['weighs more than 1 MB', 413, ({ headers }) => ({ ...headers, body: 'x'.repeat(1_000_001) })],
	])('that %s is answered with %d and asks nobody', async (_, status, change) => {
		const trigger = await activeTrigger(provider);
		endCrawl(provider);
		const before = simulator.requests.length;
		expect(await trigger.receive(change(authenticCall(simulator, provider)))).toBe(status);
		expect(simulator.requests).toHaveLength(before);
		expect([trigger.items, trigger.log, trigger.failures]).toEqual([[], [], []]);
	});
});

it('many calls cost one poll, and one more after a pause', async () => {
	const trigger = await activeTrigger('convocore');
	const before = looks();
	time.stopClock();
	for (let count = 0; count < 20; count++) {
		await trigger.receive(authenticCall(simulator, 'convocore'));
	}
	expect(looks()).toBe(before + 1);
	time.advance(5_000);
	await until(() => looks() === before + 2);
	await trigger.untilPolled();
	time.advance(5_000);
	await trigger.poll();
	expect(looks()).toBe(before + 3);
});

it('calls still lead to polls when n8n has polled on after a registration that failed', async () => {
	const trigger = await activeTrigger('convocore');
	await trigger.unregister();
	endCrawl('convocore');
	await trigger.poll();
	endCrawl('convocore', 'b');
	await trigger.receive(authenticCall(simulator, 'convocore'));
	expect(idsOf(trigger)).toEqual(['a', 'b']);
});

it('an outage that calls meet is told once', async () => {
	const trigger = await activeTrigger('convocore');
	simulator.outage.isOn = true;
	await trigger.receive(authenticCall(simulator, 'convocore'));
	await trigger.poll();
	simulator.outage.isOn = false;
	await trigger.poll();
	expect(trigger.log.map(([level]) => level)).toEqual(['warn', 'info']);
});

describe('a call of convocore', () => {
	it.each([
		['about a page', 200, '{"event":"page_scraped"}'],
		['that is no JSON', 400, 'event=job_completed'],
		['that is no object', 400, '["job_completed"]'],
	])('%s is answered with %d', async (_, status, body) => {
		const trigger = await activeTrigger('convocore');
		const headers = { 'x-convocore-crawler-secret': SECRET };
		expect(await trigger.receive({ headers, body })).toBe(status);
	});
});

describe('a call of highLevel', () => {
	const MINUTE = 60_000;

	it.each<[string, number, () => object]>([
		['about another knowledge base', 200, () => ({ knowledgeBaseId: 'another' })],
		['about another location', 200, () => ({ locationId: 'another' })],
		['of another type', 200, () => ({ type: 'KnowledgeBaseFaqChange' })],
		['without an id', 400, () => ({ webhookId: undefined })],
		['without a time', 400, () => ({ timestamp: 'today' })],
		['that is old', 409, () => ({ timestamp: new Date(Date.now() - 6 * MINUTE).toISOString() })],
		['of the future', 409, () => ({ timestamp: new Date(Date.now() + 6 * MINUTE).toISOString() })],
	])('%s is answered with %d and asks nobody', async (_, status, change) => {
		const trigger = await activeTrigger('highLevel');
		const before = looks();
		expect(await trigger.receive(highLevelEvent(simulator, change()))).toBe(status);
		expect(looks()).toBe(before);
	});

	it('that comes again is answered with 200 and asks nobody', async () => {
		const trigger = await activeTrigger('highLevel');
		const call = authenticCall(simulator, 'highLevel');
		expect(await trigger.receive(call)).toBe(202);
		const before = looks();
		expect(await trigger.receive(call)).toBe(200);
		expect(looks()).toBe(before);
	});

	it('is believed where the credential gives the location', async () => {
		const trigger = triggerAt(simulator, 'highLevel', { ...PUSH, locationId: '' });
		await trigger.activate();
		expect(await trigger.receive(authenticCall(simulator, 'highLevel'))).toBe(202);
	});

	it('is not believed with the key that HighLevel publishes, which did not sign it', async () => {
		const trigger = triggerAt(simulator, 'highLevel', { ...PUSH, pushPublicKey: '' });
		await trigger.activate();
		expect(await trigger.receive(authenticCall(simulator, 'highLevel'))).toBe(401);
	});
});

describe('an activation', () => {
	it.each([
		['convocore', { pushSecret: '' }, "'Webhook Secret' is missing"],
		['highLevel', { pushPublicKey: 'x' }, "'Webhook Public Key' is not an Ed25519 public key"],
	] as const)('at %s with %j is refused', async (provider, parameters, message) => {
		const trigger = triggerAt(simulator, provider, { ...PUSH, ...parameters });
		await expect(trigger.activate()).rejects.toMatchObject({ message });
	});

	it('takes a public key with the lines that PEM has around it', async () => {
		const pushPublicKey = `-----BEGIN PUBLIC KEY-----\n${PUSH.pushPublicKey}\n-----END PUBLIC KEY-----\n`;
		const trigger = triggerAt(simulator, 'highLevel', { ...PUSH, pushPublicKey });
		await trigger.activate();
		expect(await trigger.receive(authenticCall(simulator, 'highLevel'))).toBe(202);
	});
});

function mapValues(
	values: Record<string, string> = {},
	change: (value: string) => string,
): Record<string, string> {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

it('a header of Geonode with thousands of signatures is refused without hashing the body for each', async () => {
	const trigger = await activeTrigger('geonode');
	const headers = { 'x-webhook-signature': `t=1${','.repeat(15_000)}` };
	expect(await trigger.receive({ headers, body: JSON.stringify('x'.repeat(900_000)) })).toBe(401);
});
