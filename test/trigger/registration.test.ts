import { createHmac } from 'node:crypto';

import { ActiveTrigger } from '../support/engine/activeTrigger';
import { startApi } from '../support/listServer';
import { useSimulatorPerTest } from '../support/useSimulator';
import { authenticCall, geonodeSecret, PUSH } from './calls';
import { idsOf, triggerAt } from './trigger';

const simulator = useSimulatorPerTest();
const ADDRESS = 'http://localhost:5678/trigger-webhook/crawl-finished';

async function activeTrigger(): Promise<ActiveTrigger> {
	const trigger = triggerAt(simulator, 'geonode', PUSH);
	await trigger.activate();
	return trigger;
}

function registered(): string[] {
	return [...simulator.geonodeWebhooks.values()].map(
		({ url, event_type: event }) => `${event} ${url}`,
	);
}

const OURS = [`crawl_completed ${ADDRESS}`];

function addOthers(count: number): void {
	for (let index = 0; index < count; index++) {
		const id = `other ${index}`;
		const url = `http://localhost/${index}`;
		simulator.geonodeWebhooks.set(id, { id, url, event_type: 'crawl_completed', secret: 'x' });
	}
}

describe('the webhook at Geonode', () => {
	it('is registered when the workflow is activated, and removed when it is deactivated', async () => {
		const trigger = await activeTrigger();
		expect(registered()).toEqual(OURS);
		await trigger.deactivate();
		expect(registered()).toEqual([]);
	});

	it('stays the same when n8n restarts', async () => {
		const trigger = await activeTrigger();
		const secret = geonodeSecret(simulator);
		await trigger.restart();
		expect(geonodeSecret(simulator)).toBe(secret);
		expect(await trigger.receive(authenticCall(simulator, 'geonode'))).toBe(202);
	});

	it('is registered again when it is gone', async () => {
		const trigger = await activeTrigger();
		simulator.geonodeWebhooks.clear();
		await trigger.restart();
		expect(registered()).toEqual(OURS);
		expect(await trigger.receive(authenticCall(simulator, 'geonode'))).toBe(202);
	});

	it('is replaced when its secret is lost', async () => {
		const trigger = await activeTrigger();
		const secret = geonodeSecret(simulator);
		trigger.changeSaved((data) => delete data.webhook);
		await trigger.restart();
		expect(registered()).toEqual(OURS);
		expect(geonodeSecret(simulator)).not.toBe(secret);
		expect(await trigger.receive(authenticCall(simulator, 'geonode'))).toBe(202);
	});

	it('is registered for the address that n8n has now', async () => {
		const trigger = await activeTrigger();
		for (const webhook of simulator.geonodeWebhooks.values()) webhook.url = 'http://localhost/old';
		await trigger.restart();
		expect(registered()).toEqual(OURS);
	});

	it("has an effect when n8n's second try has registered it", async () => {
		const trigger = await activeTrigger();
		await trigger.unregister();
		await trigger.registerAgain();
		simulator.scriptJob({ provider: 'geonode', jobId: 'a', durationMs: 0, outcome: 'succeeded' });
		expect(await trigger.receive(authenticCall(simulator, 'geonode'))).toBe(202);
		expect(idsOf(trigger)).toEqual(['a']);
	});

	it('leaves those of others alone', async () => {
		addOthers(2);
		const trigger = await activeTrigger();
		await trigger.deactivate();
		expect(simulator.geonodeWebhooks.size).toBe(2);
	});

	it('is left over when Geonode is down at the deactivation, which goes through and is logged', async () => {
		const trigger = await activeTrigger();
		simulator.outage.isOn = true;
		await trigger.deactivate();
		simulator.outage.isOn = false;
		expect(trigger.log).toEqual([
			[
				'warn',
				expect.stringMatching(/^The webhook could not be removed: Geonode .* at the provider\.$/),
			],
		]);
		await trigger.activate();
		expect(registered()).toEqual(OURS);
		expect(await trigger.receive(authenticCall(simulator, 'geonode'))).toBe(202);
	});

	it('is missing, not the whole trigger, when n8n starts while Geonode is down', async () => {
		const trigger = await activeTrigger();
		simulator.outage.isOn = true;
		await trigger.restart();
		simulator.outage.isOn = false;
		expect(trigger.log.map(([, message]) => message)).toEqual(
			expect.arrayContaining([expect.stringMatching(/^Push does not work: Geonode /)]),
		);
		expect(await trigger.receive(authenticCall(simulator, 'geonode'))).toBe(202);
	});

	it('is not registered in an account that is full, and the activation says so', async () => {
		addOthers(10);
		const trigger = triggerAt(simulator, 'geonode', PUSH);
		await expect(trigger.activate()).rejects.toMatchObject({
			message: 'Geonode has no room for another webhook',
			description: expect.stringContaining('at most 10') as string,
		});
	});

	it('has a secret that is in no log and no item', async () => {
		const trigger = await activeTrigger();
		const secret = geonodeSecret(simulator);
		simulator.outage.isOn = true;
		await trigger.deactivate();
		expect(JSON.stringify([trigger.log, trigger.failures, trigger.items])).not.toContain(secret);
	});
});

describe('a signature of Geonode', () => {
	const BODY = '{ "event": "crawl_completed" }';
	type Sign = (hmac: (content: string, key?: Buffer) => Buffer) => string;

	it.each<[string, Sign]>([
		['hexadecimal', (hmac) => hmac(BODY).toString('hex')],
		['in capitals', (hmac) => hmac(BODY).toString('hex').toUpperCase()],
		['Base64', (hmac) => hmac(BODY).toString('base64')],
		['Base64url', (hmac) => hmac(BODY).toString('base64url')],
		['with sha256=', (hmac) => `sha256=${hmac(BODY).toString('hex')}`],
		['with the time', (hmac) => `t=1790000000,v1=${hmac(`1790000000.${BODY}`).toString('hex')}`],
	])('%s is believed', async (_, sign) => {
		const trigger = await activeTrigger();
		const secret = geonodeSecret(simulator);
		const hmac = (content: string, key: Buffer | string = secret) =>
			createHmac('sha256', key).update(content).digest();
		const headers = { 'x-webhook-signature': sign(hmac) };
		expect(await trigger.receive({ headers, body: BODY })).toBe(202);
	});

	it('by the part of the secret that is Base64 is believed', async () => {
		const trigger = await activeTrigger();
		const key = Buffer.from(geonodeSecret(simulator).replace('whsec_', ''), 'base64');
		const signature = createHmac('sha256', key).update(BODY).digest('base64');
		const headers = { 'x-webhook-signature': signature };
		expect(await trigger.receive({ headers, body: BODY })).toBe(202);
	});

	it.each<[string, Sign]>([
		['of another body', (hmac) => hmac(`${BODY} `).toString('hex')],
		['cut short', (hmac) => hmac(BODY).toString('hex').slice(0, 62)],
		['of the time, beside another time', (hmac) => `t=2,v1=${hmac(`1.${BODY}`).toString('hex')}`],
		['that is no text of either kind', () => '🔑'],
	])('%s is refused', async (_, sign) => {
		const trigger = await activeTrigger();
		const secret = geonodeSecret(simulator);
		const hmac = (content: string) => createHmac('sha256', secret).update(content).digest();
		const headers = { 'x-webhook-signature': sign(hmac) };
		expect(await trigger.receive({ headers, body: BODY })).toBe(401);
	});
});

describe('an answer to the registration', () => {
	const activate = async (isListed: boolean, secret?: string) => {
		const webhooks: object[] = [];
		const api = await startApi(({ method, path }) => {
			if (!path.endsWith('/webhooks')) return { body: { jobs: [] } };
			if (method === 'GET') return { body: { items: webhooks } };
			if (isListed) webhooks.push({ id: 'ours', url: ADDRESS });
			return { status: 201, body: { secret, url: ADDRESS } };
		});
		const trigger = new ActiveTrigger({
			type: 'crawlFinishedTrigger',
			parameters: { provider: 'geonode', ...PUSH },
			credentials: {
				geonodeScraperApi: { apiKey: 'key-of-this-test', baseUrl: api.url },
			} as never,
		});
		const outcome = await trigger.activate().then(
			() => 'active',
			(error: Error) => error.message,
		);
		await trigger.deactivate();
		await api.close();
		return { outcome, removed: api.questions.filter((question) => question.startsWith('DELETE')) };
	};

	it('that has no ID has it looked up by the address', async () => {
		expect(await activate(true, 'whsec_x')).toEqual({
			outcome: 'active',
			removed: ['DELETE /v1/webhooks/ours'],
		});
	});

	it('that has no ID is an error where it cannot be found', async () => {
		const { outcome } = await activate(false, 'whsec_x');
		expect(outcome).toContain('not a Geonode webhook with an ID');
	});

	it('that cannot be read has the webhook removed again, by its address', async () => {
		expect(await activate(true)).toEqual({
			outcome: expect.stringContaining('not a Geonode webhook with a secret') as string,
			removed: expect.arrayContaining(['DELETE /v1/webhooks/ours']) as string[],
		});
	});
});
