import type { IDataObject } from 'n8n-workflow';

import { MAX_SLICES } from '../../nodes/shared/paginate';
import type { ApiQuestion, ScriptedAnswer } from '../support/listServer';
import { highLevelOperation, LISTS, useListApi, type ListOperation } from './listApi';

const api = useListApi();

describe.each(Object.entries(LISTS))('a list of %s', (_, list) => {
	it('is empty where the API has null', async () => {
		api.answer = () => ({ body: list.wrap(null) });
		const { error, json } = await api.getMany(list);
		expect({ error: error?.message, json }).toEqual({ error: undefined, json: [] });
	});

	it.each([
		['an overload', { status: 429, headers: { 'retry-after': '0' }, body: {} }],
		['a server error', { status: 503, body: {} }],
		['an answer that is something else', { body: 'a proxy' }],
	])('survives %s', async (__, fault) => {
		const slice = onlySlice(list, ['a', 'b']);
		api.answer = (question) => (question.number === 1 ? fault : slice(question));
		const { error, json } = await api.getMany(list);
		expect(error).toBeUndefined();
		expect(json.map((item) => item[list.idField])).toEqual(['a', 'b']);
	});

	it('has each entry once', async () => {
		api.answer = onlySlice(list, ['a', 'b', 'a']);
		const { json } = await api.getMany(list);
		expect(json.map((item) => item[list.idField])).toEqual(['a', 'b']);
	});
});

it.each([
	'Convocore crawls',
	'Convocore pages',
	'HighLevel knowledge bases',
	'HighLevel trained URLs',
	'HighLevel pages',
])('a list of %s is empty where the API has null in place of all data', async (name) => {
	api.answer = () => ({ body: { success: true, message: '', data: null } });
	const { error, json } = await api.getMany(LISTS[name] as ListOperation);
	expect({ error: error?.message, json }).toEqual({ error: undefined, json: [] });
});

it.each([
	['Convocore crawls', { jobs: [{ id: 'a' }] }],
	['Convocore crawls', { success: false, message: 'Unauthorized', data: { jobs: [], total: 0 } }],
	['HighLevel pages', { success: true, data: { aggregate: [], operationDetails: null } }],
	['HighLevel pages', { aggregate: [], operationDetails: { ...highLevelOperation, _id: 'newer' } }],
])(
	'a list of %s is an error for %j, which is none',
	async (name, body) => {
		api.answer = () => ({ body });
		const { error, json } = await api.getMany(LISTS[name] as ListOperation);
		expect({ isError: error !== undefined, json }).toEqual({ isError: true, json: [] });
	},
	30_000,
);

it('a list of HighLevel is not empty where the API says that it did not succeed', async () => {
	api.answer = () => ({ body: { success: false, data: null } });
	const { error } = await api.getMany(LISTS['HighLevel knowledge bases'] as ListOperation);
	expect(error?.message).toContain('did not succeed');
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
			api.answer = ({ query }) => {
				const page = Number(query.page);
				return { body: part(page, idsOf(page, 130), 130) };
			};
			const { json } = await api.getMany(LISTS[name] as ListOperation);
			expect(json).toHaveLength(130);
			expect(api.questions).toHaveLength(7);
		},
	);

	it.each(Object.entries(PARTS))(
		'%s: keeps what it has through passing faults',
		async (name, part) => {
			api.answer = ({ query, number }) => {
				if (number % 3 === 0) return { status: 503, body: {} };
				const page = Number(query.page);
				return { body: part(page, idsOf(page, 130), 130) };
			};
			const { json } = await api.getMany(LISTS[name] as ListOperation);
			expect(json).toHaveLength(130);
			expect(api.questions).toHaveLength(10);
		},
	);

	it.each(['Convocore crawls', 'Convocore pages', 'Geonode pages', 'HighLevel trained URLs'])(
		'%s: has a hint when the server counts more than it lists',
		async (name) => {
			api.answer = ({ query }) => {
				const page = Number(query.page);
				return { body: PARTS[name]?.(page, idsOf(page, 25), 28) };
			};
			const { json, hints } = await api.getMany(LISTS[name] as ListOperation);
			expect(json).toHaveLength(25);
			expect(hints).toEqual([expect.stringContaining('missing: 3')]);
		},
	);

	it.each(Object.entries(PARTS))(
		'%s: has an end, and a hint that it was cut',
		async (name, part) => {
			api.answer = ({ query, number }) => ({ body: part(Number(query.page), [`${number}`], 1e9) });
			const { json, hints } = await api.getMany(LISTS[name] as ListOperation);
			expect(json).toHaveLength(MAX_SLICES);
			expect(hints).toEqual([expect.stringContaining('not read any further')]);
		},
		120_000,
	);

	it('HighLevel knowledge bases: has an end where each answer has another cursor', async () => {
		api.answer = ({ number }) => {
			const id = String(number);
			const data = { knowledgeBases: [{ id }], hasMore: true, lastKnowledgeBaseId: id };
			return { body: { success: true, data } };
		};
		const { json, hints } = await api.getMany(LISTS['HighLevel knowledge bases'] as ListOperation);
		expect(json).toHaveLength(MAX_SLICES);
		expect(hints).toEqual([expect.stringContaining('not read any further')]);
	}, 120_000);

	it('can be as long as one answer makes it', async () => {
		const list = LISTS['HighLevel knowledge bases'] as ListOperation;
		const ids = Array.from({ length: 130_000 }, (_, index) => `${index}`);
		api.answer = () => ({ body: list.wrap(ids.map(list.entry)) });
		const { error, json } = await api.getMany(list);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(ids.length);
	}, 120_000);

	it.each(['Convocore crawls', 'Convocore pages'])(
		'%s: ends at cursors in a circle',
		async (name) => {
			api.answer = ({ query }) => {
				const field = name.endsWith('crawls') ? 'jobs' : 'pages';
				const id = query.cursor ?? 'a';
				const nextCursor = id === 'a' ? 'b' : 'a';
				const data = { [field]: [{ id, status: 'completed' }], nextCursor };
				return { body: { success: true, data } };
			};
			const { json } = await api.getMany(LISTS[name] as ListOperation);
			expect(json).toHaveLength(2);
		},
	);

	it('HighLevel pages: has a hint when the server counts more than it lists', async () => {
		const list = LISTS['HighLevel pages'] as ListOperation;
		const body = list.wrap([list.entry('a')]) as { data: IDataObject };
		body.data.operationDetails = { ...highLevelOperation, discoveredUrlsCount: 3 };
		api.answer = () => ({ body });
		const { json, hints } = await api.getMany(list);
		expect(json).toHaveLength(1);
		expect(hints).toEqual([expect.stringContaining('missing: 2')]);
	});

	it('HighLevel knowledge bases: follows the cursor, and ends where it goes in a circle', async () => {
		api.answer = ({ query }) => {
			const id = query.lastKnowledgeBaseId === 'a' ? 'b' : 'a';
			const data = { knowledgeBases: [{ id }], hasMore: true, lastKnowledgeBaseId: id };
			return { body: { success: true, data } };
		};
		const { json } = await api.getMany(LISTS['HighLevel knowledge bases'] as ListOperation);
		expect(json.map(({ id }) => id)).toEqual(['a', 'b']);
	});
});

/** The first request of a list is answered with these entries, those for more with none. */
function onlySlice(list: ListOperation, ids: string[]) {
	return ({ query }: ApiQuestion): ScriptedAnswer => {
		const isLater = Number(query.page ?? 1) > 1;
		return { body: list.wrap(isLater ? [] : ids.map(list.entry)) };
	};
}
