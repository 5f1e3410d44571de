import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { MAX_SLICES } from '../../nodes/shared/paginate';
import { runNode } from '../support/engine/runNode';
import { searchList } from '../support/engine/searchList';
import {
	startApi,
	type ApiQuestion,
	type ScriptedAnswer,
	type ScriptedApi,
} from '../support/listServer';

let api: ScriptedApi;
let answer: (question: ApiQuestion) => ScriptedAnswer | null;

beforeAll(async () => {
	api = await startApi((question) => answer(question));
});
afterAll(async () => api.close());
beforeEach(() => {
	api.questions.length = 0;
});

const credentials = () => ({
	highLevelPrivateIntegrationApi: { token: 'pit-token-1234', locationId: 'l', baseUrl: api.url },
	convocoreCrawlerApi: {
		workspaceSecret: 'secret-1234',
		workspaceId: 'w',
		region: 'custom',
		baseUrl: api.url,
	},
	geonodeScraperApi: { apiKey: 'key-1234', baseUrl: api.url },
	midPilotApi: { baseUrl: api.url, headerName: '', headerValue: '' },
	pathorsDeveloperApi: { developerKey: 'dk_1234', baseUrl: api.url },
});

/** An operation that gives a list, and how its API writes one. */
interface ListOperation {
	type: string;
	parameters: INodeParameters;
	/** An answer that holds entries with these ids, in the place of one that has just these. */
	wrap: (entries: IDataObject[] | null) => unknown;
	entry: (id: string) => IDataObject;
	/** The field of the node's items that holds the id. */
	idField: string;
}

const pathorsIds = { projectId: 'p', knowledgeBaseId: 'k' };
const highLevelIds = { locationId: 'l', knowledgeBaseId: 'k' };
const operation = {
	_id: 'op',
	status: 'Successful',
	discoveredUrlsCount: 0,
	trainedUrlsCount: 0,
	...highLevelIds,
};

const LISTS: Record<string, ListOperation> = {
	'Convocore crawls': {
		type: 'convocoreCrawler',
		parameters: { resource: 'crawl', workspaceId: 'w' },
		wrap: (jobs) => ({ success: true, message: '', data: { jobs } }),
		entry: (id) => ({ id, status: 'completed' }),
		idField: 'jobId',
	},
	'Convocore pages': {
		type: 'convocoreCrawler',
		parameters: { resource: 'page', workspaceId: 'w', jobId: 'j', simplify: false },
		wrap: (pages) => ({ success: true, message: '', data: { pages } }),
		entry: (id) => ({ id, url: `https://a.test/${id}` }),
		idField: 'id',
	},
	'Geonode crawls': {
		type: 'geonodeCrawler',
		parameters: { resource: 'crawl' },
		wrap: (jobs) => ({ jobs }),
		entry: (id) => ({ job_id: id, status: 'completed' }),
		idField: 'jobId',
	},
	'Geonode pages': {
		type: 'geonodeCrawler',
		parameters: { resource: 'page', jobId: 'j' },
		wrap: (results) => ({ job_id: 'j', status: 'completed', results }),
		entry: (id) => ({ url: id, status: 'completed' }),
		idField: 'url',
	},
	'HighLevel knowledge bases': {
		type: 'highLevelCrawler',
		parameters: { resource: 'knowledgeBase', locationId: 'l' },
		wrap: (knowledgeBases) => ({ success: true, data: { knowledgeBases } }),
		entry: (id) => ({ id, name: id }),
		idField: 'id',
	},
	'HighLevel trained URLs': {
		type: 'highLevelCrawler',
		parameters: { resource: 'url', source: 'knowledgeBase', ...highLevelIds },
		wrap: (urls) => ({ urls }),
		entry: (id) => ({ id }),
		idField: 'id',
	},
	'HighLevel pages': {
		type: 'highLevelCrawler',
		parameters: { resource: 'url', source: 'crawl', operationId: 'op', ...highLevelIds },
		wrap: (records) => ({
			success: true,
			data: {
				aggregate: records && [{ _id: 'Successful', records }],
				operationDetails: operation,
			},
		}),
		entry: (id) => ({ id, url: `https://a.test/${id}` }),
		idField: 'id',
	},
	'midPilot crawls': {
		type: 'midPilotScraper',
		parameters: { resource: 'crawl', sessionId: 's' },
		wrap: (jobs) => ({ sessionId: 's', jobs }),
		entry: (id) => ({ jobId: id, status: 'finished' }),
		idField: 'jobId',
	},
	'Pathors crawls': {
		type: 'pathorsCrawler',
		parameters: { resource: 'crawl', ...pathorsIds },
		wrap: (jobs) => ({ jobs }),
		entry: (id) => ({ jobId: id, status: 'completed' }),
		idField: 'jobId',
	},
	'Pathors knowledge bases': {
		type: 'pathorsCrawler',
		parameters: { resource: 'knowledgeBase', projectId: 'p' },
		wrap: (knowledgeBases) => knowledgeBases,
		entry: (id) => ({ id, name: id }),
		idField: 'id',
	},
};

async function getMany({ type, parameters }: ListOperation, change: INodeParameters = {}) {
	return await runNode({
		type,
		parameters: { operation: 'getMany', returnAll: true, ...parameters, ...change },
		credentials: credentials(),
	});
}

/** The first request of a list is answered with these entries, those for more with none. */
function onlySlice(list: ListOperation, ids: string[]) {
	return ({ query }: ApiQuestion): ScriptedAnswer => {
		const isLater = Number(query.page ?? 1) > 1;
		return { body: list.wrap(isLater ? [] : ids.map(list.entry)) };
	};
}

describe.each(Object.entries(LISTS))('a list of %s', (_, list) => {
	it('is empty where the API has null', async () => {
		answer = () => ({ body: list.wrap(null) });
		const { error, json } = await getMany(list);
		expect({ error: error?.message, json }).toEqual({ error: undefined, json: [] });
	});

	it.each([
		['an overload', { status: 429, headers: { 'retry-after': '0' }, body: {} }],
		['a server error', { status: 503, body: {} }],
		['an answer that is something else', { body: 'a proxy' }],
	])('survives %s', async (__, fault) => {
		const slice = onlySlice(list, ['a', 'b']);
		answer = (question) => (question.number === 1 ? fault : slice(question));
		const { error, json } = await getMany(list);
		expect(error).toBeUndefined();
		expect(json.map((item) => item[list.idField])).toEqual(['a', 'b']);
	});

	it('has each entry once', async () => {
		answer = onlySlice(list, ['a', 'b', 'a']);
		const { json } = await getMany(list);
		expect(json.map((item) => item[list.idField])).toEqual(['a', 'b']);
	});
});

describe('a list that goes on', () => {
	/** The lists that come in parts, with the parts that a server gives whatever it is asked for. */
	const PARTS: Record<string, (page: number, ids: string[], total: number) => unknown> = {
		'Convocore crawls': (page, ids, total) => ({
			success: true,
			data: { jobs: ids.map((id) => ({ id, status: 'completed' })), total, page },
		}),
		'Convocore pages': (page, ids, total) => ({
			success: true,
			data: { pages: ids.map((id) => ({ id })), total, page },
		}),
		'Geonode crawls': (page, ids, total) => ({
			jobs: ids.map((job_id) => ({ job_id, status: 'completed' })),
			page,
			page_count: Math.ceil(total / 20),
		}),
		'Geonode pages': (_, ids, total) => ({
			job_id: 'j',
			status: 'completed',
			total_pages: total,
			completed_pages: total,
			results: ids.map((url) => ({ url, status: 'completed' })),
		}),
		'HighLevel trained URLs': (_, ids, total) => ({
			count: total,
			urls: ids.map((id) => ({ id })),
		}),
	};

	const idsOf = (page: number, total: number) =>
		Array.from({ length: Math.max(0, Math.min(20, total - 20 * (page - 1))) }, (_, index) =>
			String(20 * (page - 1) + index),
		);

	it.each(Object.entries(PARTS))(
		'%s: is read to the end, also where the server gives fewer at once than it is asked for',
		async (name, part) => {
			answer = ({ query }) => {
				const page = Number(query.page);
				return { body: part(page, idsOf(page, 130), 130) };
			};
			const { json } = await getMany(LISTS[name] as ListOperation);
			expect(json).toHaveLength(130);
			expect(api.questions).toHaveLength(7);
		},
	);

	it.each(Object.entries(PARTS))(
		'%s: keeps what it has through passing faults',
		async (name, part) => {
			answer = ({ query, number }) => {
				if (number % 3 === 0) return { status: 503, body: {} };
				const page = Number(query.page);
				return { body: part(page, idsOf(page, 130), 130) };
			};
			const { json } = await getMany(LISTS[name] as ListOperation);
			expect(json).toHaveLength(130);
			expect(api.questions).toHaveLength(10);
		},
	);

	it.each(['Convocore crawls', 'Convocore pages', 'Geonode pages', 'HighLevel trained URLs'])(
		'%s: has a hint when the server counts more than it lists',
		async (name) => {
			answer = ({ query }) => {
				const page = Number(query.page);
				return { body: PARTS[name]?.(page, idsOf(page, 25), 28) };
			};
			const { json, hints } = await getMany(LISTS[name] as ListOperation);
			expect(json).toHaveLength(25);
			expect(hints).toEqual([expect.stringContaining('missing: 3')]);
		},
	);

	it.each(Object.entries(PARTS))(
		'%s: has an end, and a hint that it was cut',
		async (name, part) => {
			answer = ({ query, number }) => ({ body: part(Number(query.page), [`${number}`], 1e9) });
			const { json, hints } = await getMany(LISTS[name] as ListOperation);
			expect(json).toHaveLength(MAX_SLICES);
			expect(hints).toEqual([expect.stringContaining('not read any further')]);
		},
		120_000,
	);

	it('can be as long as one answer makes it', async () => {
		const list = LISTS['HighLevel knowledge bases'] as ListOperation;
		const ids = Array.from({ length: 130_000 }, (_, index) => `${index}`);
		answer = () => ({ body: list.wrap(ids.map(list.entry)) });
		const { error, json } = await getMany(list);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(ids.length);
	}, 120_000);

	it.each(['Convocore crawls', 'Convocore pages'])(
		'%s: ends at cursors in a circle',
		async (name) => {
			answer = ({ query }) => {
				const field = name.endsWith('crawls') ? 'jobs' : 'pages';
				const id = query.cursor ?? 'a';
				const nextCursor = id === 'a' ? 'b' : 'a';
				const data = { [field]: [{ id, status: 'completed' }], nextCursor };
				return { body: { success: true, data } };
			};
			const { json } = await getMany(LISTS[name] as ListOperation);
			expect(json).toHaveLength(2);
		},
	);

	it('HighLevel pages: has a hint when the server counts more than it lists', async () => {
		const list = LISTS['HighLevel pages'] as ListOperation;
		const body = list.wrap([list.entry('a')]) as { data: IDataObject };
		body.data.operationDetails = { ...operation, discoveredUrlsCount: 3 };
		answer = () => ({ body });
		const { json, hints } = await getMany(list);
		expect(json).toHaveLength(1);
		expect(hints).toEqual([expect.stringContaining('missing: 2')]);
	});

	it('HighLevel knowledge bases: follows the cursor, and ends where it goes in a circle', async () => {
		answer = ({ query }) => {
			const id = query.lastKnowledgeBaseId === 'a' ? 'b' : 'a';
			const data = { knowledgeBases: [{ id }], hasMore: true, lastKnowledgeBaseId: id };
			return { body: { success: true, data } };
		};
		const { json } = await getMany(LISTS['HighLevel knowledge bases'] as ListOperation);
		expect(json.map(({ id }) => id)).toEqual(['a', 'b']);
	});
});

describe('crawls with times', () => {
	const day = (number: number) => `2026-05-0${number}T00:00:00Z`;
	const TIMED: Record<string, (id: string, time: string) => IDataObject> = {
		'Convocore crawls': (id, createdAt) => ({ id, status: 'completed', createdAt }),
		'Geonode crawls': (id, created_at) => ({ job_id: id, status: 'completed', created_at }),
		'midPilot crawls': (id, createdAt) => ({ jobId: id, status: 'finished', createdAt }),
		'Pathors crawls': (id, startedAt) => ({ jobId: id, status: 'completed', startedAt }),
	};
	const SEARCHES: Record<string, string> = {
		'Convocore crawls': 'searchConvocoreCrawls',
		'Geonode crawls': 'searchGeonodeCrawls',
		'midPilot crawls': 'searchMidPilotCrawls',
		'Pathors crawls': 'searchPathorsCrawls',
	};

	describe.each(Object.entries(TIMED))('%s', (name, entry) => {
		const list = LISTS[name] as ListOperation;

		beforeEach(() => {
			answer = ({ query }) => {
				const entries = [entry('first', day(1)), entry('second', day(2)), entry('third', day(3))];
				return { body: list.wrap(Number(query.page ?? 1) > 1 ? [] : entries) };
			};
		});

		it('are given with the newest first', async () => {
			const { json } = await getMany(list, { returnAll: false, limit: 1 });
			expect(json.map(({ jobId }) => jobId)).toEqual(['third']);
		});

		it('are offered with the newest first', async () => {
			const { results } = await searchList({
				type: list.type,
				method: SEARCHES[name] ?? '',
				parameters: { operation: 'getStatus', ...list.parameters },
				credentials: credentials(),
			});
			expect(results.map(({ value }) => value)).toEqual(['third', 'second', 'first']);
		});
	});

	it('have one entry for a crawl that is listed twice: the one updated last', async () => {
		const job = (status: string, number: number) => ({
			jobId: 'a',
			status,
			updatedAt: day(number),
		});
		answer = () => ({ body: { jobs: [job('completed', 2), job('failed', 1)] } });
		const { json } = await getMany(LISTS['Pathors crawls'] as ListOperation);
		expect(json).toEqual([expect.objectContaining({ jobId: 'a', status: 'succeeded' })]);
	});
});

describe('a page that is listed twice', () => {
	const failed = { url: 'https://a.test/', status: 'failed', error_message: 'Time-out' };
	const completed = { url: 'https://a.test/', status: 'completed', data: { markdown: '# A' } };

	it.each([
		['in one slice, failed first', [[failed, completed]]],
		['in one slice, completed first', [[completed, failed]]],
		['in two slices, failed first', [[failed], [completed]]],
		['in two slices, completed first', [[completed], [failed]]],
	])('%s: is the one with content', async (_, slices) => {
		answer = ({ query }) => ({
			body: {
				job_id: 'j',
				status: 'completed',
				completed_pages: 1,
				failed_pages: 1,
				results: slices[Number(query.page) - 1] ?? [],
			},
		});
		const { json, hints } = await getMany(LISTS['Geonode pages'] as ListOperation);
		expect(json).toEqual([expect.objectContaining({ status: 'completed', markdown: '# A' })]);
		expect(hints).toEqual([]);
	});
});

describe('the list before the first start at Pathors', () => {
	const start = async () =>
		await runNode({
			type: 'pathorsCrawler',
			parameters: { resource: 'crawl', operation: 'start', url: 'https://a.test', ...pathorsIds },
			credentials: credentials(),
		});
	const posts = () => api.questions.filter((question) => question.startsWith('POST'));

	it.each<[string, ScriptedAnswer]>([
		['null', { body: null }],
		['an empty object', { body: {} }],
		['a list that is null', { body: { jobs: null } }],
		['not found', { status: 404, body: { error: 'No crawl jobs' } }],
	])('can be %s: the start is sent', async (_, before) => {
		answer = ({ method }) => {
			if (method === 'POST') return { body: { jobId: 'new' } };
			return before;
		};
		const { json } = await start();
		expect(json).toEqual([expect.objectContaining({ jobId: 'new' })]);
		expect(posts()).toHaveLength(1);
	});

	it.each<[string, ScriptedAnswer]>([
		['null', { body: null }],
		['an empty object', { body: {} }],
	])('can be %s: there are no crawls', async (_, before) => {
		answer = () => before;
		const { json, error } = await getMany(LISTS['Pathors crawls'] as ListOperation);
		expect({ json, error }).toEqual({ json: [], error: undefined });
	});

	it.each([
		['is there', 'k', undefined],
		['is not there', 'other', expect.stringContaining('404') as string],
	])(
		'can be "not found": there are no crawls where the knowledge base %s',
		async (_, id, message) => {
			answer = ({ path }) =>
				path.endsWith('/knowledgebases')
					? { body: [{ id }] }
					: { status: 404, body: { error: 'Not found' } };
			const { json, error } = await getMany(LISTS['Pathors crawls'] as ListOperation);
			expect({ json, message: error?.message }).toEqual({ json: [], message });
		},
	);

	it('is not taken for empty because of a fault: an old crawl is never the new one', async () => {
		answer = ({ method, number }) => {
			if (method === 'POST') return { body: {} };
			return { body: number === 1 ? null : { jobs: [{ jobId: 'old', status: 'completed' }] } };
		};
		const { json } = await start();
		expect(json).toEqual([expect.objectContaining({ jobId: '' })]);
	});
});

describe("Convocore's agents", () => {
	const agent = { ID: 'agent1', title: 'Helper', ownerID: 'w1' };
	const search = async (method: string) =>
		(
			await searchList({
				type: 'convocoreCrawler',
				method,
				parameters: { resource: 'crawl', operation: 'getMany' },
				credentials: credentials(),
			})
		).results;

	it.each([
		['the list itself', [agent]],
		['under agents', { agents: [agent] }],
		['in the usual envelope', { success: true, message: '', data: [agent] }],
		['under agents in the envelope', { success: true, message: '', data: { agents: [agent] } }],
	])('can be %s: they name the workspace', async (_, body) => {
		answer = () => ({ body });
		expect(await search('searchConvocoreWorkspaces')).toEqual([{ name: 'w1', value: 'w1' }]);
		expect(api.questions).toEqual(['GET /agents?limit=1']);
	});

	it.each([[null], [{ agents: null }], [{ success: true, data: null }], [[]]])(
		'can be none: %j',
		async (body) => {
			answer = () => ({ body });
			expect(await search('searchConvocoreWorkspaces')).toEqual([]);
		},
	);
});

describe('the content of a Convocore page', () => {
	it.each(['markdown', 'md', 'content', 'text', 'html'])(
		'is read from the field %s',
		async (field) => {
			answer = () => ({
				body: { success: true, data: { url: 'https://a.test/', markdown: null, [field]: '# A' } },
			});
			const { json } = await runNode({
				type: 'convocoreCrawler',
				parameters: {
					resource: 'page',
					operation: 'get',
					workspaceId: 'w',
					jobId: 'j',
					pageId: 'p',
				},
				credentials: credentials(),
			});
			expect(json).toEqual([expect.objectContaining({ markdown: '# A' })]);
		},
	);
});
