import { runNode } from '../support/engine/runNode';
import type { ScriptedAnswer } from '../support/listServer';
import { LISTS, pathorsIds, useListApi, type ListOperation } from './listApi';

const api = useListApi();

describe('the list before the first start at Pathors', () => {
	const start = async () =>
		await runNode({
			type: 'pathorsCrawler',
			parameters: { resource: 'crawl', operation: 'start', url: 'https://a.test', ...pathorsIds },
			credentials: api.credentials(),
		});
	const posts = () => api.questions.filter((question) => question.startsWith('POST'));

	it.each<[string, ScriptedAnswer]>([
		['null', { body: null }],
		['an empty object', { body: {} }],
		['a list that is null', { body: { jobs: null } }],
		['not found', { status: 404, body: { error: 'No crawl jobs' } }],
	])('can be %s: the start is sent', async (_, before) => {
		api.answer = ({ method }) => {
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
		api.answer = () => before;
		const { json, error } = await api.getMany(LISTS['Pathors crawls'] as ListOperation);
		expect({ json, error }).toEqual({ json: [], error: undefined });
	});

	it.each([
		['is there', 'k', undefined],
		['is not there', 'other', expect.stringContaining('404') as string],
	])(
		'can be "not found": there are no crawls where the knowledge base %s',
		async (_, id, message) => {
			api.answer = ({ path }) =>
				path.endsWith('/knowledgebases')
					? { body: [{ id }] }
					: { status: 404, body: { error: 'Not found' } };
			const { json, error } = await api.getMany(LISTS['Pathors crawls'] as ListOperation);
			expect({ json, message: error?.message }).toEqual({ json: [], message });
		},
	);

	it('is not taken for empty because of a fault: an old crawl is never the new one', async () => {
		api.answer = ({ method, number }) => {
			if (method === 'POST') return { body: {} };
			return { body: number === 1 ? null : { jobs: [{ jobId: 'old', status: 'completed' }] } };
		};
		const { json } = await start();
		expect(json).toEqual([expect.objectContaining({ jobId: '' })]);
	});
});
