import type { INodeParameters } from 'n8n-workflow';

import { useSimulator } from '../support/useSimulator';
import { waitFor } from '../wait/waitNode';
import { crawlItem, highLevel, OPERATION_ID, referenceTo, scriptCrawl } from './highLevelNode';

const simulator = useSimulator({ pageDelayMs: 1 });

/** An item without an operation, as somebody has it who started the crawl in HighLevel's own pages. */
const item = () => ({ reference: { ...simulator.ids.highLevel } });

const statusRequests = () =>
	simulator.requests
		.filter(({ path }) => path.startsWith('/knowledge-bases/crawler/status'))
		.map(({ query, headers }) => ({
			operationId: query.operationId ?? null,
			version: headers.version,
		}));

const run = async (parameters: INodeParameters) =>
	await highLevel(simulator, { operationId: '', ...parameters }, { items: [item()] });

describe('an empty operationId', () => {
	it('means the latest crawl of the knowledge base, also for the oldest version of the API', async () => {
		scriptCrawl(simulator);
		const { json } = await run({ resource: 'crawl', operation: 'getStatus' });
		expect(json).toEqual([
			expect.objectContaining({ jobId: OPERATION_ID, reference: referenceTo(simulator) }),
		]);
		expect(statusRequests()).toEqual([{ operationId: null, version: '2021-07-28' }]);
	});

	it('lets Train put the pages of the latest crawl into the knowledge base', async () => {
		scriptCrawl(simulator, { pages: 3 });
		const { json } = await run({ resource: 'url', operation: 'train' });
		expect(json).toEqual([
			expect.objectContaining({ ...crawlItem(simulator), queuedPages: 3, warnings: [] }),
		]);
	});

	it('lets Get Many give the pages of the latest crawl with its ids', async () => {
		scriptCrawl(simulator, { pages: 1 });
		const { json } = await run({ resource: 'url', operation: 'getMany', source: 'crawl' });
		expect(json).toEqual([expect.objectContaining(crawlItem(simulator))]);
	});

	it('says so where the knowledge base has no crawl', async () => {
		scriptCrawl(simulator, {
			faults: [
				{
					check: 'all',
					fault: {
						kind: 'http',
						status: 200,
						body: { success: true, data: { aggregate: [], operationDetails: null } },
					},
				},
			],
		});
		const { error } = await run({ resource: 'crawl', operation: 'getStatus' });
		expect(error?.message).toContain('HighLevel has no crawl in this knowledge base');
	});

	it.each([{ pages: 'selected', urlIds: 'a' }, { pages: 'all' }])(
		'trains nothing where HighLevel does not say which it is: $pages pages',
		async (parameters) => {
			const fault = { kind: 'http', status: 200, body: { success: true } } as const;
			scriptCrawl(simulator, { faults: [{ check: 'all', fault }] });
			const { error } = await run({ resource: 'url', operation: 'train', ...parameters });
			expect(error?.message).toContain('HighLevel did not say which crawl is the latest');
			expect(simulator.requests.map(({ method }) => method)).toEqual(['GET']);
		},
	);

	it('is answered once in a wait, which then stays with that crawl', async () => {
		scriptCrawl(simulator, { durationMs: 1500 });
		const { success } = await waitFor(simulator, {
			provider: 'highLevel',
			items: [item()],
			parameters: { operationId: '' },
			options: { responsiveness: 'fixed', intervalSeconds: 1 },
		});
		expect(success[0]?.json.jobId).toBe(OPERATION_ID);
		const [first, ...others] = statusRequests();
		expect(first).toEqual({ operationId: null, version: '2021-07-28' });
		expect(new Set(others.map(({ operationId }) => operationId))).toEqual(new Set([OPERATION_ID]));
	});
});

it('an answer about a newer crawl is said to be one', async () => {
	const body = { operationDetails: { _id: 'newer', status: 'Processing' } };
	scriptCrawl(simulator, {
		faults: [{ check: 'all', fault: { kind: 'http', status: 200, body } }],
	});
	const { error } = await highLevel(simulator, { resource: 'crawl', operation: 'getStatus' });
	expect(error?.description).toContain('A newer crawl may have been started');
	expect(error?.description).not.toContain('Base URL');
});

it.each([
	[
		'the Pending pages where there are some',
		{ Pending: 2, Successful: 3 },
		['Pending0', 'Pending1'],
	],
	['the Successful pages where none is Pending', { Successful: 1, Failed: 2 }, ['Successful0']],
])('Train takes %s', async (_, groups, sent) => {
	const aggregate = Object.entries(groups).map(([_id, count]) => ({
		_id,
		records: Array.from({ length: count }, (_none, index) => ({ id: `${_id}${index}`, url: 'x' })),
	}));
	const operationDetails = { _id: OPERATION_ID, status: 'Successful' };
	const body = { success: true, data: { aggregate, operationDetails } };
	scriptCrawl(simulator, {
		faults: [{ check: 'all', fault: { kind: 'http', status: 200, body } }],
	});
	await highLevel(simulator, { resource: 'url', operation: 'train' });
	expect(simulator.requests.at(-1)?.body).toMatchObject({ urlIds: sent });
});
