import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { listEntries } from '../../nodes/ConvocoreCrawler/lists';
import { convocore as provider } from '../../nodes/ConvocoreCrawler/provider';
import { take } from '../../nodes/shared/paginate';
import type { ApiRequest } from '../../nodes/shared/provider';
import { runCredentialTest } from '../support/engine/credentialTest';
import { loadOptions, searchList } from '../support/engine/searchList';
import { useSimulator } from '../support/useSimulator';
import { convocoreNode } from './convocoreNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const { credential, scripted } = convocoreNode(simulator);

describe('what the editor offers to choose from', () => {
	const editor = (method: string, parameters: INodeParameters = {}) => ({
		type: 'convocoreCrawler',
		method,
		parameters: { resource: 'page', operation: 'get', ...parameters },
		credentials: credential(),
	});

	const search = async (method: string, parameters: INodeParameters = {}, filter = '') =>
		(await searchList({ ...editor(method, parameters), filter })).results;

	it('lists the crawls of a workspace by time, status, pages and address', async () => {
		const jobId = scripted({ url: 'https://choices.test/' });
		expect(await search('searchConvocoreCrawls', {}, 'CHOICES')).toEqual([
			{
				name: expect.stringMatching(
					/^20.* UTC · succeeded · 10 pages · https:\/\/choices\.test\/$/,
				) as string,
				value: jobId,
			},
		]);
	});

	it('lists the pages of a crawl', async () => {
		const pages = await search('searchConvocorePages', { jobId: scripted() });
		expect(pages).toHaveLength(10);
	});

	it('offers the workspace that an agent of the secret names as its owner', async () => {
		expect(await search('searchConvocoreWorkspaces')).toEqual([
			{ name: 'simWorkspace01', value: 'simWorkspace01' },
		]);
		expect(simulator.requests).toEqual([
			expect.objectContaining({ path: '/v3/agents', query: { limit: '1' } }),
		]);
	});

	it('lists the agents of the secret', async () => {
		const agents = await loadOptions(
			editor('getAgents', { resource: 'crawl', operation: 'start' }),
		);
		expect(agents).toEqual([{ name: 'Workshop assistant', value: 'simAgent1' }]);
	});

	it('goes on where a long list was left', async () => {
		for (let index = 0; index < 1010; index++) scripted({ jobId: `many${index}` });
		const first = await searchList(editor('searchConvocoreCrawls'));
		const second = await searchList({
			...editor('searchConvocoreCrawls'),
			paginationToken: String(first.paginationToken),
		});
		expect(first.results).toHaveLength(1000);
		expect(second.results.length).toBeGreaterThanOrEqual(10);
		expect(second.paginationToken).toBeUndefined();
	});
});

describe('a list of Convocore', () => {
	const list = { path: '/workspaces/w/crawler/jobs', name: 'jobs' } as const;

	/** All ids of a list whose answers are given, and the queries that were sent for it. */
	async function read(...answers: object[]): Promise<{ ids: string[]; queries: unknown[] }> {
		const queries: unknown[] = [];
		const send = async ({ query }: ApiRequest) => {
			queries.push(query);
			const data = answers[Math.min(queries.length, answers.length) - 1];
			return { body: { success: true, data }, pauseMs: null };
		};
		const entries = await take(listEntries(send, list), Infinity);
		return { ids: entries.map(({ id }) => id), queries };
	}

	it('is followed by its cursor where the API gives one', async () => {
		const { ids, queries } = await read(
			{ jobs: [{ id: 'a' }], nextCursor: 'x&y' },
			{ jobs: [{ id: 'b' }], nextCursor: null },
		);
		expect(ids).toEqual(['a', 'b']);
		expect(queries).toEqual([
			{ page: '1', limit: 100 },
			{ cursor: 'x&y', limit: 100 },
		]);
	});

	it('ends when the server repeats a page', async () => {
		const { ids, queries } = await read({ jobs: [{ id: 'a' }], total: 900, pageSize: 1 });
		expect(ids).toEqual(['a']);
		expect(queries).toHaveLength(4);
	});

	it('ends at an empty page where the API counts nothing', async () => {
		const { ids, queries } = await read({ jobs: [{ id: 'a' }] }, { jobs: [] });
		expect(ids).toEqual(['a']);
		expect(queries).toHaveLength(2);
	});

	it('is asked for in pages of the size that the API gives', async () => {
		const { queries } = await read(
			{ jobs: [{ id: 'a' }, { id: 'b' }], total: 3, pageSize: 2 },
			{ jobs: [{ id: 'c' }], total: 3, pageSize: 2 },
		);
		expect(queries).toEqual([
			{ page: '1', limit: 100 },
			{ page: '2', limit: 2 },
		]);
	});
});

describe('the credential', () => {
	const values = (change: ICredentialDataDecryptedObject = {}) =>
		credential(change).convocoreCrawlerApi;

	it.each([
		['eu', 'https://eu-gcp-api.vg-stuff.com/v3'],
		['na', 'https://na-gcp-api.vg-stuff.com/v3'],
		['custom', 'https://proxy.example.com/v3'],
	])('leads to the address of the region "%s"', (region, address) => {
		const change = values({ region, baseUrl: 'https://proxy.example.com/v3' });
		expect(provider.readCredential(change).baseUrl).toBe(address);
	});

	it('is tested with the workspace, where it names one', async () => {
		await runCredentialTest('convocoreCrawlerApi', values());
		expect(simulator.requests).toEqual([
			expect.objectContaining({
				path: '/v3/workspaces/simWorkspace01/crawler/jobs',
				query: { page: '1', limit: '1' },
			}),
		]);
	});

	it('is tested without a workspace, where it names none', async () => {
		await runCredentialTest('convocoreCrawlerApi', values({ workspaceId: '' }));
		expect(simulator.requests.map(({ path }) => path)).toEqual(['/v3/agents']);
	});

	it.each([
		['the secret', { workspaceSecret: 'wrong' }],
		['the workspace', { workspaceId: 'foreign' }],
	])('fails its test when %s is wrong', async (_, change) => {
		await expect(runCredentialTest('convocoreCrawlerApi', values(change))).rejects.toThrow();
	});
});
