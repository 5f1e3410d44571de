import { runNode } from '../support/engine/runNode';
import { searchList } from '../support/engine/searchList';
import { useListApi } from './listApi';

const api = useListApi();

describe("Convocore's agents", () => {
	const agent = { ID: 'agent1', title: 'Helper', ownerID: 'w1' };
	const search = async (method: string) =>
		(
			await searchList({
				type: 'convocoreCrawler',
				method,
				parameters: { resource: 'crawl', operation: 'getMany' },
				credentials: api.credentials(),
			})
		).results;

	it.each([
		['the list itself', [agent]],
		['under agents', { agents: [agent] }],
		['in the usual envelope', { success: true, message: '', data: [agent] }],
		['under agents in the envelope', { success: true, message: '', data: { agents: [agent] } }],
	])('can be %s: they name the workspace', async (_, body) => {
		api.answer = () => ({ body });
		expect(await search('searchConvocoreWorkspaces')).toEqual([{ name: 'w1', value: 'w1' }]);
		expect(api.questions).toEqual(['GET /agents?limit=1']);
	});

	it.each([[null], [{ agents: null }], [{ success: true, data: null }], [[]]])(
		'can be none: %j',
		async (body) => {
			api.answer = () => ({ body });
			expect(await search('searchConvocoreWorkspaces')).toEqual([]);
		},
	);
});

describe('the content of a Convocore page', () => {
	it.each(['markdown', 'md', 'content', 'text', 'html'])(
		'is read from the field %s',
		async (field) => {
			api.answer = () => ({
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
				credentials: api.credentials(),
			});
			expect(json).toEqual([expect.objectContaining({ markdown: '# A' })]);
		},
	);
});
