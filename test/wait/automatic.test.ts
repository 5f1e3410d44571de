import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { providers } from '../../nodes/providers';
import type { CredentialValues } from '../support/engine/credentialsHelper';
import { runNode } from '../support/engine/runNode';
import { connectedHighLevel, simulatorCredentials } from '../support/engine/simulatorCredentials';
import { highLevelApp } from '../support/simulator/settings';
import { useSimulator } from '../support/useSimulator';
import { DurableWait, useWakeUpClock } from './durableWait';
import { newJob } from './faultCases';
import { waitFor, type WaitCall } from './waitNode';

const simulator = useSimulator();

/** As the editor adds the node today. */
const NEW_NODE = { typeVersion: 1.1 };

/** The item that the provider's Start gives for a crawl that has ended, without all that the wait does not need. */
function endedCrawl(provider: string, outcome: 'succeeded' | 'failed' = 'succeeded'): IDataObject {
	const { jobId, reference, script } = newJob(provider);
	simulator.scriptJob({ provider, jobId, outcome, durationMs: 0, ...script } as never);
	return { provider, jobId, reference: { ...defaultIds(provider), ...reference } };
}

function defaultIds(provider: string): IDataObject {
	return (simulator.ids as Record<string, IDataObject | undefined>)[provider] ?? {};
}

/** Waits with the node as the editor adds it, with nothing filled in. */
async function waitAutomatically(call: WaitCall & { credentials?: CredentialValues }) {
	return await runNode({
		type: 'waitUntilCrawlDone',
		items: call.items,
		credentials: call.credentials ?? simulatorCredentials(simulator),
		parameters: { ...call.parameters, ...(call.options && { options: call.options }) },
		settings: { ...NEW_NODE, ...call.settings },
	});
}

const idsOf = (items: ReadonlyArray<{ json: IDataObject }> = []) =>
	items.map(({ json }) => json.jobId);

describe('a new node', () => {
	it.each(providers)('waits for a crawl of $displayName with nothing filled in', async ({ id }) => {
		const item = endedCrawl(id);
		const { outputs } = await waitAutomatically({ items: [item] });
		expect(idsOf(outputs[0])).toEqual([item.jobId]);
	});

	it.each(['inExecution', 'checkOnce', 'durable'])(
		'waits for crawls of all providers at once (%s)',
		async (waitMode) => {
			const succeeded = providers.map(({ id }) => endedCrawl(id));
			const failed = ['geonode', 'convocore'].map((id) => endedCrawl(id, 'failed'));
			const { outputs } = await waitAutomatically({
				items: [...succeeded, ...failed],
				parameters: { waitMode },
			});
			expect(outputs.slice(0, 2).map(idsOf)).toEqual([idsOfItems(succeeded), idsOfItems(failed)]);
		},
	);

	it('tells equal ids at two providers apart', async () => {
		const jobId = randomUUID();
		simulator.scriptJob({ provider: 'geonode', jobId, outcome: 'succeeded', durationMs: 0 });
		simulator.scriptJob({ provider: 'convocore', jobId, outcome: 'failed', durationMs: 0 });
		const { outputs } = await waitAutomatically({
			items: ['geonode', 'convocore'].map((provider) => ({ provider, jobId })),
		});
		expect(outputs.slice(0, 2).map((items) => items.map(({ json }) => json.provider))).toEqual([
			['geonode'],
			['convocore'],
		]);
	});
});

const idsOfItems = (items: IDataObject[]) => items.map(({ jobId }) => jobId);

it('a node of version 1 keeps HighLevel as its default', async () => {
	const item = endedCrawl('highLevel');
	const { outputs } = await waitAutomatically({ items: [item], settings: { typeVersion: 1 } });
	expect(idsOf(outputs[0])).toEqual([item.jobId]);
	const { error } = await waitAutomatically({
		items: [endedCrawl('geonode')],
		settings: { typeVersion: 1 },
	});
	expect(error?.message).toContain("This item is a Geonode crawl, but 'Provider' is HighLevel");
});

it('a node of version 1 can be set to Automatic', async () => {
	const item = endedCrawl('geonode');
	const { success } = await waitFor(simulator, { provider: 'automatic', items: [item] });
	expect(idsOf(success)).toEqual([item.jobId]);
});

describe('an item without a provider', () => {
	it.each([
		['missing', {}, 'this item names no provider'],
		['unknown', { provider: 'foo' }, 'this item names the provider "foo", which does not exist'],
	])('that is %s says what to do', async (_, item, message) => {
		const { error } = await waitAutomatically({ items: [endedCrawl('geonode'), item] });
		expect(error).toMatchObject({
			message: expect.stringContaining(`${message} [item 1]`),
			description: expect.stringContaining("choose the service under 'Provider'"),
		});
	});

	it('costs the other items nothing', async () => {
		const item = endedCrawl('geonode');
		const { outputs } = await waitAutomatically({
			items: [{}, item],
			settings: { onError: 'continueRegularOutput' },
		});
		expect(idsOf(outputs[0])).toEqual([item.jobId]);
		expect(outputs[3]).toMatchObject([{ pairedItem: { item: 0 } }]);
	});
});

describe('credentials', () => {
	const without = (type: string): CredentialValues =>
		Object.fromEntries(
			Object.entries(simulatorCredentials(simulator)).filter(([name]) => name !== type),
		);

	it('are missing for the items of their provider alone', async () => {
		const items = [endedCrawl('convocore'), endedCrawl('geonode')];
		const { outputs } = await waitAutomatically({
			items,
			credentials: without('convocoreCrawlerApi'),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(idsOf(outputs[0])).toEqual([items[1]?.jobId]);
		expect(outputs[3]).toMatchObject([
			{
				json: {
					error: expect.stringContaining('The credential for Convocore is missing [item 0]'),
				},
			},
		]);
	});

	it('are asked for by the name of their provider, also where it was chosen', async () => {
		const { error } = await runNode({
			type: 'waitUntilCrawlDone',
			items: [endedCrawl('geonode')],
			credentials: without('geonodeScraperApi'),
			parameters: { provider: 'geonode' },
		});
		expect(error).toMatchObject({
			message: 'The credential for Geonode is missing [item 0]',
			description: expect.stringContaining('choose a Geonode credential'),
		});
	});

	it('may be the second of a provider that has two', async () => {
		const item = endedCrawl('highLevel');
		const { outputs } = await waitAutomatically({
			items: [item],
			credentials: connectedHighLevel(simulator),
		});
		expect(idsOf(outputs[0])).toEqual([item.jobId]);
	});

	it('are those of the chosen authentication where both are set', async () => {
		await runNode({
			type: 'waitUntilCrawlDone',
			items: [endedCrawl('highLevel')],
			credentials: { ...simulatorCredentials(simulator), ...connectedHighLevel(simulator) },
			parameters: { provider: 'highLevel', authentication: 'oAuth2' },
		});
		const [request] = simulator.requests;
		expect(request?.headers.authorization).toBe(`Bearer ${highLevelApp.accessToken}`);
	});
});

describe('options of single providers', () => {
	it('decide what their crawls are asked with', async () => {
		const before = simulator.requests.length;
		await waitAutomatically({
			items: [endedCrawl('highLevel')],
			options: { apiVersion: 'v3' },
		});
		expect(simulator.requests[before]?.headers.version).toBe('v3');
	});

	it('decide what the words of their crawls mean', async () => {
		const { jobId, reference, script } = newJob('pathors');
		simulator.scriptJob({
			provider: 'pathors',
			jobId,
			durationMs: 0,
			outcome: 'succeeded',
			status: { final: 'indexed' },
			...script,
		} as never);
		const { outputs } = await waitAutomatically({
			items: [{ provider: 'pathors', jobId, reference }],
			options: { statusMap: { indexed: 'failed' } },
		});
		expect(idsOf(outputs[1])).toEqual([jobId]);
	});
});

describe('a durable wait for crawls of several providers', () => {
	useWakeUpClock();

	it('goes on in its helpers, each crawl with the credential of its provider', async () => {
		const items = ['geonode', 'convocore', 'pathors'].map((provider) => {
			const { jobId, reference, script } = newJob(provider);
			simulator.scriptJob({
				provider,
				jobId,
				outcome: 'succeeded',
				durationMs: 100,
				...script,
			} as never);
			return { provider, jobId, reference: { ...defaultIds(provider), ...reference } };
		});
		const wait = await DurableWait.start(simulator, {
			items,
			parameters: { provider: 'automatic' },
			options: { maxWaitMinutes: 600 },
		});
		expect([wait.status, wait.errorMessage]).toEqual(['waiting', undefined]);
		await wait.untilOver();
		expect(wait.errorMessage).toBeUndefined();
		expect(wait.outputs[0]?.map(({ json }) => json.jobId)).toEqual(idsOfItems(items));
	});

	it('keeps the options of single providers in its helpers', async () => {
		const { jobId, reference } = newJob('highLevel');
		simulator.scriptJob({ provider: 'highLevel', jobId, outcome: 'never', durationMs: 0 });
		const wait = await DurableWait.start(simulator, {
			items: [
				{ provider: 'highLevel', jobId, reference: { ...defaultIds('highLevel'), ...reference } },
			],
			parameters: { provider: 'automatic' },
			options: { apiVersion: 'v3' },
		});
		await wait.wakeUp();
		expect(simulator.requests.map(({ headers }) => headers.version)).toEqual(['v3', 'v3']);
	});
});
