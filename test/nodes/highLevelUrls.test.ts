import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../support/engine/runNode';
import { searchList } from '../support/engine/searchList';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { startApi } from '../support/listServer';
import { useSimulator } from '../support/useSimulator';
import { crawlItem, highLevel, referenceTo, scriptCrawl } from './highLevelNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const trained = { training: { durationMs: 0 } };

describe('Page: Train', () => {
	const train = async (
		parameters: INodeParameters = {},
		items: IDataObject[] = [crawlItem(simulator)],
	) =>
		await highLevel(simulator, { resource: 'url', operation: 'train', ...parameters }, { items });

	const sentIds = () =>
		simulator.requests
			.filter(({ method }) => method === 'POST')
			.map(({ body }) => (body as { urlIds: string[] }).urlIds);

	it('trains every discovered page of the crawl in the item', async () => {
		scriptCrawl(simulator, { pages: 4 });
		await train();
		expect(simulator.requests.at(-1)).toMatchObject({
			method: 'POST',
			path: '/knowledge-bases/crawler/train',
			body: { ...referenceTo(simulator), urlIds: expect.any(Array) as string[] },
		});
		expect(sentIds()[0]).toHaveLength(4);
	});

	it('leaves out the pages that failed', async () => {
		scriptCrawl(simulator, { pages: 10, outcome: 'partial' });
		const { json } = await train();
		const { json: pages } = await highLevel(simulator, {
			resource: 'url',
			operation: 'getMany',
			source: 'crawl',
			returnAll: true,
		});
		const failed = pages.filter((page) => page.status === 'Failed');
		expect(failed.length).toBeGreaterThan(0);
		expect(json[0]?.queuedPages).toBe(10 - failed.length);
	});

	it('gives an item that names the crawl for the nodes that follow', async () => {
		scriptCrawl(simulator, { pages: 4 });
		const { json } = await train();
		expect(json).toEqual([
			{
				provider: 'highLevel',
				...crawlItem(simulator),
				queuedPages: 4,
				message: null,
				warnings: [],
			},
		]);
	});

	it("passes on the newest version's words", async () => {
		scriptCrawl(simulator, { pages: 4 });
		const { json } = await train({ apiVersion: 'v3' });
		expect(json[0]).toMatchObject({ queuedPages: 4, message: 'Training queued for 4 URLs' });
	});

	it.each([
		['a text with commas', 'a1, a2,a1', ['a1', 'a2']],
		['lines', 'a1\na2\n', ['a1', 'a2']],
		['a list', '={{ ["a1", "a2"] }}', ['a1', 'a2']],
		['a single one', 'a1', ['a1']],
	])('trains only the chosen ids, given as %s', async (_, urlIds, sent) => {
		scriptCrawl(simulator, { pages: 4 });
		await train({ pages: 'selected', urlIds });
		expect(sentIds()).toEqual([sent]);
	});

	it.each([
		['none is given', '={{ [] }}', "'Page IDs' is missing"],
		['one is malformed', 'a1, a/2', `'Page IDs' is not a valid ID: "a/2"`],
	])('sends nothing when %s', async (_, urlIds, message) => {
		const { error } = await train({ pages: 'selected', urlIds });
		expect(error?.message).toContain(message);
		expect(simulator.requests).toHaveLength(0);
	});

	it('trains the page in the item, as Get Many gives it', async () => {
		scriptCrawl(simulator, { pages: 4 });
		const { json: pages } = await highLevel(simulator, {
			resource: 'url',
			operation: 'getMany',
			source: 'crawl',
		});
		await train({ pages: 'selected' }, pages.slice(0, 1));
		expect(sentIds()).toEqual([[pages[0]?.id]]);
	});

	it('shows what HighLevel has against an id', async () => {
		scriptCrawl(simulator, { pages: 4 });
		const { error } = await train({ pages: 'selected', urlIds: 'nobody' });
		expect(error?.description).toContain('HighLevel says: Unknown url id nobody');
	});

	const trainAt = async (body: unknown) => {
		const api = await startApi(() => ({ body }));
		const run = await runNode({
			type: 'highLevelCrawler',
			parameters: {
				resource: 'url',
				operation: 'train',
				pages: 'selected',
				urlIds: 'a1,a2',
				...referenceTo(simulator),
			},
			credentials: { highLevelPrivateIntegrationApi: { token: 'key-of-test', baseUrl: api.url } },
		});
		await api.close();
		return run;
	};

	it.each([
		['no more than a success', { success: true }, 2],
		['a list of what is queued', { urlIds: ['a1'] }, 1],
		['null in the place of a list', { success: true, urlIds: null }, 2],
		['an empty list of what is queued', { success: true, urlIds: [] }, 0],
	])('counts what is queued by an answer with %s', async (_, body, queuedPages) => {
		const { json } = await trainAt(body);
		expect(json[0]).toMatchObject({ queuedPages });
	});

	it.each([[{}], [{ message: 'restarting' }], [{ data: {} }], [{ urlIds: null }]])(
		'does not take %j for a start of the training',
		async (body) => {
			const { error } = await trainAt(body);
			expect(error?.message).toContain('did not say whether it started the training');
			expect(error?.description).toContain('may have been started all the same');
		},
	);

	it("shows no internals in HighLevel's words", async () => {
		const { json } = await trainAt({ success: true, message: 'Sent to http://10.1.2.3/queue' });
		expect(json[0]?.message).toBe('Sent to [internal address]');
	});

	it('says that a training is under way, where no page is left to train', async () => {
		scriptCrawl(simulator, { pages: 0, status: 'Training' });
		const { error } = await train();
		expect(error?.description).toContain('are being trained');
	});

	it('does not say that the discovery goes on while others are trained', async () => {
		scriptCrawl(simulator, { pages: 4, status: 'Training' });
		const { json } = await train();
		expect(json[0]?.warnings).toEqual([]);
	});

	it('says so when there is nothing to train', async () => {
		scriptCrawl(simulator, { pages: 0 });
		const { error } = await train();
		expect(error?.message).toBe('The crawl has no pages to train [item 0]');
	});

	it('warns when the discovery may still find pages', async () => {
		scriptCrawl(simulator, { pages: 4, status: 'Pending' });
		const { json } = await train();
		expect(json[0]?.warnings).toEqual([expect.stringContaining('had not ended')]);
	});

	describe('of a crawl whose pages the knowledge base had before', () => {
		beforeEach(() => {
			scriptCrawl(simulator, { pages: 4 });
			scriptCrawl(simulator, { pages: 4, jobId: 'earlier', ...trained });
		});
		afterEach(() => scriptCrawl(simulator, { pages: 0, jobId: 'earlier' }));

		it('leaves them alone', async () => {
			const { error } = await train();
			expect(error?.description).toContain('Train Existing Pages Again');
		});

		it('trains them again on request', async () => {
			const { json } = await train({ options: { includeExisting: true } });
			expect(json[0]?.queuedPages).toBe(4);
		});
	});
});

describe('Page: Get Many', () => {
	const getMany = async (parameters: INodeParameters = {}) =>
		await highLevel(simulator, {
			resource: 'url',
			operation: 'getMany',
			returnAll: true,
			...parameters,
		});

	it.each(['2021-04-15', 'v3'])(
		'pages through the URLs of the knowledge base, version %s',
		async (apiVersion) => {
			scriptCrawl(simulator, { pages: 120, ...trained });
			const { json } = await getMany({ apiVersion });
			expect(new Set(json.map((url) => url.id)).size).toBe(120);
			expect(simulator.requests.map(({ query }) => query.page)).toEqual(['1', '2', '3']);
		},
	);

	it('gives them as the API does', async () => {
		scriptCrawl(simulator, { pages: 1, ...trained });
		const { json } = await getMany();
		expect(json[0]).toMatchObject({
			...simulator.ids.highLevel,
			url: expect.any(String) as string,
			status: 'Successful',
		});
	});

	it('gives no more than the limit, and asks for no further page', async () => {
		scriptCrawl(simulator, { pages: 120, ...trained });
		const { json } = await getMany({ returnAll: false, limit: 7 });
		expect(json).toHaveLength(7);
		expect(simulator.requests).toHaveLength(1);
	});

	it('narrows the list by a part of the address', async () => {
		scriptCrawl(simulator, { pages: 12, ...trained });
		await getMany({ filters: { urlContains: '/blog/' } });
		expect(simulator.requests[0]?.query).toMatchObject({ query: '/blog/' });
	});

	it('takes the count of the knowledge base for no count of a part', async () => {
		const api = await startApi(({ query }) => ({
			body: { count: 64, urls: query.page === '1' ? [{ id: 'a' }] : [] },
		}));
		const { json, hints } = await runNode({
			type: 'highLevelCrawler',
			parameters: {
				resource: 'url',
				operation: 'getMany',
				returnAll: true,
				filters: { urlContains: '/blog/' },
				...simulator.ids.highLevel,
			},
			credentials: { highLevelPrivateIntegrationApi: { token: 'key-of-test', baseUrl: api.url } },
		});
		await api.close();
		expect(json).toHaveLength(1);
		expect(hints).toEqual([]);
		expect(api.questions).toHaveLength(2);
	});

	it('lists the pages of one crawl, trained or not, without stacks', async () => {
		scriptCrawl(simulator, { pages: 10, outcome: 'partial' });
		const { json } = await getMany({ source: 'crawl' });
		expect(json).toHaveLength(10);
		expect(json.find((page) => page.status === 'Failed')).toEqual({
			id: expect.any(String) as string,
			url: expect.any(String) as string,
			title: null,
			status: 'Failed',
			failureMessage: expect.any(String) as string,
			...crawlItem(simulator),
		});
	});
});

describe('Page: Delete', () => {
	const remove = async (parameters: INodeParameters, items: IDataObject[]) =>
		await highLevel(simulator, { resource: 'url', operation: 'delete', ...parameters }, { items });

	const trainedUrls = async () => {
		scriptCrawl(simulator, { pages: 3, ...trained });
		const { json } = await highLevel(simulator, { resource: 'url', operation: 'getMany' });
		simulator.requests.length = 0;
		return json;
	};

	it('takes the URL in the item out of its knowledge base', async () => {
		const [first] = await trainedUrls();
		const { json } = await remove({}, [{ ...first }]);
		expect(json).toEqual([{ deleted: true, deletedCount: null, urlIds: [first?.id] }]);
		expect(simulator.requests.map(({ method, body }) => ({ method, body }))).toEqual([
			{ method: 'DELETE', body: { ...simulator.ids.highLevel, urlIds: [first?.id] } },
		]);
	});

	it('says explicitly that not all are meant, where the newest version asks', async () => {
		const urls = await trainedUrls();
		const urlIds = urls.map((url) => url.id as string).join(',');
		const { json } = await remove({ apiVersion: 'v3', urlIds }, [{ ...urls[0] }]);
		expect(json[0]).toMatchObject({ deletedCount: 3 });
		expect(simulator.requests[0]?.body).toMatchObject({ deleteAll: false });
	});
});

describe('knowledge bases', () => {
	const OTHERS = 60;

	beforeAll(() => {
		for (let index = 0; index < OTHERS; index++) {
			scriptCrawl(simulator, { jobId: `job${index}`, knowledgeBaseId: `base${index}` });
		}
	});

	it('are all listed, page after page', async () => {
		const { json } = await highLevel(simulator, {
			resource: 'knowledgeBase',
			operation: 'getMany',
			returnAll: true,
		});
		expect(new Set(json.map((base) => base.id)).size).toBe(OTHERS + 3);
		expect(simulator.requests.map(({ query }) => query.lastKnowledgeBaseId)).toEqual([
			undefined,
			expect.stringContaining('base') as string,
		]);
	});

	it('are listed by a part of their name', async () => {
		const { json } = await highLevel(simulator, {
			resource: 'knowledgeBase',
			operation: 'getMany',
			filters: { nameContains: 'Help' },
		});
		expect(json.map((base) => base.name)).toEqual(['Help centre']);
	});

	describe.each(['highLevelCrawler', 'waitUntilCrawlDone'])('to choose from in %s', (type) => {
		const search = async (change: object = {}) =>
			await searchList({
				type,
				method: 'searchHighLevelKnowledgeBases',
				parameters: { provider: 'highLevel', resource: 'crawl', operation: 'getStatus' },
				credentials: simulatorCredentials(simulator),
				...change,
			});

		it('have their name and id', async () => {
			const { results } = await search({ filter: 'Website' });
			const { knowledgeBaseId } = simulator.ids.highLevel;
			expect(results).toEqual([{ name: 'Website', value: knowledgeBaseId }]);
		});

		it('are read on where a slice has ended', async () => {
			const { results, paginationToken } = await search();
			expect(results).toHaveLength(OTHERS + 3);
			expect(paginationToken).toBeUndefined();
		});
	});

	it('come with an explanation when no sub-account is known', async () => {
		const { highLevelPrivateIntegrationApi: values } = simulatorCredentials(simulator);
		const search = searchList({
			type: 'highLevelCrawler',
			method: 'searchHighLevelKnowledgeBases',
			parameters: {},
			credentials: { highLevelPrivateIntegrationApi: { ...values, locationId: '' } },
		});
		await expect(search).rejects.toThrow("'Location ID' is missing");
	});
});
