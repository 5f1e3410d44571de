import type { IDataObject } from 'n8n-workflow';

import { searchList } from '../support/engine/searchList';
import { highLevelOperation, LISTS, useListApi, type ListOperation } from './listApi';

const api = useListApi();

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
			api.answer = ({ query }) => {
				const entries = [entry('first', day(1)), entry('second', day(2)), entry('third', day(3))];
				return { body: list.wrap(Number(query.page ?? 1) > 1 ? [] : entries) };
			};
		});

		it('are given with the newest first', async () => {
			const { json } = await api.getMany(list, { returnAll: false, limit: 1 });
			expect(json.map(({ jobId }) => jobId)).toEqual(['third']);
		});

		it('are offered with the newest first', async () => {
			const { results } = await searchList({
				type: list.type,
				method: SEARCHES[name] ?? '',
				parameters: { operation: 'getStatus', ...list.parameters },
				credentials: api.credentials(),
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
		api.answer = () => ({ body: { jobs: [job('completed', 2), job('failed', 1)] } });
		const { json } = await api.getMany(LISTS['Pathors crawls'] as ListOperation);
		expect(json).toEqual([expect.objectContaining({ jobId: 'a', status: 'succeeded' })]);
	});
});

describe('an entry that is listed twice, once with a failure', () => {
	const failed = { id: 'a', url: 'https://a.test/a' };
	const done = { ...failed, title: 'A' };
	const CASES: Array<[string, IDataObject, (entries: IDataObject[]) => unknown]> = [
		[
			'Convocore pages',
			{ ...failed, failed: true },
			(pages) => ({ success: true, data: { pages } }),
		],
		[
			'HighLevel pages',
			{ ...failed, error: { message: 'No route' } },
			(records) => ({
				success: true,
				data: {
					aggregate: records.map((record) => ({ _id: 'Successful', records: [record] })),
					operationDetails: highLevelOperation,
				},
			}),
		],
	];

	const NO_PAGES = { success: true, data: { pages: [] } };

	it.each(
		CASES.flatMap(([name, bad, wrap]) => [
			{ name, first: 'failed', body: wrap([bad, done]) },
			{ name, first: 'done', body: wrap([done, bad]) },
		]),
	)('$name, $first first: is the one without', async ({ name, body }) => {
		api.answer = ({ query }) => ({ body: Number(query.page ?? 1) === 1 ? body : NO_PAGES });
		const { json } = await api.getMany(LISTS[name] as ListOperation);
		expect(json).toEqual([expect.objectContaining({ id: 'a', title: 'A' })]);
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
		api.answer = ({ query }) => ({
			body: {
				job_id: 'j',
				status: 'completed',
				completed_pages: 1,
				failed_pages: 1,
				results: slices[Number(query.page) - 1] ?? [],
			},
		});
		const { json, hints } = await api.getMany(LISTS['Geonode pages'] as ListOperation);
		expect(json).toEqual([expect.objectContaining({ status: 'completed', markdown: '# A' })]);
		expect(hints).toEqual([]);
	});
});

describe('names to choose from', () => {
	const search = async () =>
		(
			await searchList({
				type: 'pathorsCrawler',
				method: 'searchPathorsProjects',
				parameters: { resource: 'crawl', operation: 'start' },
				credentials: api.credentials(),
			})
		).results.map(({ name }) => name);

	it('are in their own order', async () => {
		const data = ['Zoo', 'apples', 'Beta'].map((name) => ({ id: name, name }));
		api.answer = () => ({ body: { data } });
		expect(await search()).toEqual(['apples', 'Beta', 'Zoo']);
	});

	it('have the IDs of those that share one', async () => {
		const data = ['a', 'b'].map((id) => ({ id, name: 'Website' }));
		api.answer = () => ({ body: { data: [...data, { id: 'c', name: 'Other' }] } });
		expect(await search()).toEqual(['Other', 'Website (a)', 'Website (b)']);
	});
});

describe('a crawl to choose', () => {
	const offered = async (job: IDataObject) => {
		api.answer = ({ query }) => ({
			body: { jobs: Number(query.page ?? 1) > 1 ? [] : [{ job_id: 'a', ...job }] },
		});
		const { results } = await searchList({
			type: 'geonodeCrawler',
			method: 'searchGeonodeCrawls',
			parameters: { resource: 'crawl', operation: 'getStatus' },
			credentials: api.credentials(),
		});
		return results[0]?.name;
	};
	const url = 'https://example.com/';
	const created_at = '2026-05-26T10:30:15Z';

	it.each<[string, IDataObject, string]>([
		[
			'that goes on',
			{ url, created_at, status: 'processing', total_pages: 10, completed_pages: 9 },
			'2026-05-26 10:30 UTC · running · 9 of 10 pages · https://example.com/',
		],
		[
			'that has ended',
			{ url, created_at, status: 'completed', total_pages: 10, completed_pages: 1 },
			'2026-05-26 10:30 UTC · succeeded · 1 page · https://example.com/',
		],
		['with a word that nobody knows', { url, status: 'Parked' }, 'Parked · https://example.com/'],
		['of which nothing else is known', {}, 'unknown'],
	])('%s is told from others by what is known of it', async (_, job, name) => {
		expect(await offered(job)).toBe(name);
	});
});
