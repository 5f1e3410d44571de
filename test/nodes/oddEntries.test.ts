import type { IDataObject } from 'n8n-workflow';

import { crawlOperations as convocore } from '../../nodes/ConvocoreCrawler/resources/crawl';
import { crawlOperations as geonode } from '../../nodes/GeonodeCrawler/resources/crawl';
import { getMany as getManyHighLevelBases } from '../../nodes/HighLevelCrawler/resources/knowledgeBase/getMany';
import { getMany as getManyUrls } from '../../nodes/HighLevelCrawler/resources/url/getMany';
import { crawlOperations as midPilot } from '../../nodes/MidPilotScraper/resources/crawl';
import { crawlOperations as pathors } from '../../nodes/PathorsCrawler/resources/crawl';
import { knowledgeBaseOperations as pathorsBases } from '../../nodes/PathorsCrawler/resources/knowledgeBase';
import type { Operation } from '../../nodes/shared/node/operations';
import { operationOf } from './operationOf';

/** What the fields of every node are set to here. */
const values: IDataObject = {
	returnAll: true,
	workspaceId: 'w',
	sessionId: 's',
	projectId: 'p',
	knowledgeBaseId: 'k',
	locationId: 'l',
	source: 'knowledgeBase',
};

/** Runs an operation whose every request is answered with the given body. */
async function list(getMany: Operation, body: unknown): Promise<IDataObject[]> {
	const items = await getMany({
		send: async () => ({ body, pauseMs: null }),
		parameter: (name, fallback) => values[name] ?? fallback,
		defaults: {},
	});
	return items as IDataObject[];
}

const WITHOUT_ID = [null, 'x', {}, { id: null, jobId: '', job_id: {}, status: 'failed' }];

describe.each([
	{
		provider: 'convocore',
		getMany: operationOf(convocore, 'getMany'),
		idField: 'id',
		word: 'completed',
		reference: { workspaceId: 'w' },
		wrap: (jobs: unknown[]) => ({ success: true, data: { jobs } }),
	},
	{
		provider: 'geonode',
		getMany: operationOf(geonode, 'getMany'),
		idField: 'job_id',
		word: 'completed',
		reference: {},
		wrap: (jobs: unknown[]) => ({ jobs, page_count: 1 }),
	},
	{
		provider: 'midPilot',
		getMany: operationOf(midPilot, 'getMany'),
		idField: 'jobId',
		word: 'finished',
		reference: { sessionId: 's' },
		wrap: (jobs: unknown[]) => ({ sessionId: 's', jobs }),
	},
	{
		provider: 'pathors',
		getMany: operationOf(pathors, 'getMany'),
		idField: 'jobId',
		word: 'completed',
		reference: { projectId: 'p', knowledgeBaseId: 'k' },
		wrap: (jobs: unknown[]) => ({ jobs }),
	},
])('a list of crawls from $provider', ({ provider, getMany, idField, word, reference, wrap }) => {
	const good = { [idField]: 'good', status: word };

	it.each([
		['without a status', {}],
		['with a status that is no text', { status: { done: 1 } }],
	])('gives a crawl %s as one of unknown status, beside the others', async (_, fields) => {
		const jobs = await list(getMany, wrap([{ [idField]: 'odd', ...fields }, good]));
		expect(jobs).toEqual([
			expect.objectContaining({
				provider,
				jobId: 'odd',
				reference: { ...reference, jobId: 'odd' },
				status: 'unknown',
				rawStatus: null,
				isFinal: false,
				warnings: [expect.stringMatching(/could not be read|returned no status/)],
			}),
			expect.objectContaining({ jobId: 'good', status: 'succeeded', warnings: [] }),
		]);
	});

	it('leaves out what has no id, since nobody could ask for it', async () => {
		const jobs = await list(getMany, wrap([...WITHOUT_ID, good]));
		expect(jobs.map(({ jobId }) => jobId)).toEqual(['good']);
	});

	it('is refused when it is no list', async () => {
		const body = wrap([]);
		const broken = JSON.parse(JSON.stringify(body).replace('[]', '{}')) as unknown;
		await expect(list(getMany, broken)).rejects.toThrow('The response is not a list of');
	});
});

describe.each([
	{
		what: 'HighLevel knowledge bases',
		getMany: getManyHighLevelBases.run,
		wrap: (knowledgeBases: unknown[]) => ({ success: true, data: { knowledgeBases } }),
	},
	{
		what: 'trained HighLevel URLs',
		getMany: getManyUrls.run,
		wrap: (urls: unknown[]) => ({ count: urls.length, urls }),
	},
	{
		what: 'Pathors knowledge bases',
		getMany: operationOf(pathorsBases, 'getMany'),
		wrap: (knowledgeBases: unknown[]) => knowledgeBases,
	},
])('a list of $what', ({ getMany, wrap }) => {
	it('gives what has an id, and leaves out what has none', async () => {
		const entries = await list(getMany, wrap([...WITHOUT_ID, { id: 'good', name: 7 }]));
		expect(entries.map(({ id }) => id)).toEqual(['good']);
	});
});

describe('a page of a list', () => {
	it('counts as full also where some of its entries are left out', async () => {
		const queries: unknown[] = [];
		const jobs = Array.from({ length: 50 }, (_, index) => ({ job_id: index ? `a${index}` : null }));
		await operationOf(
			geonode,
			'getMany',
		)({
			send: async ({ query }) => {
				queries.push(query?.page);
				return { body: { jobs: queries.length === 1 ? jobs : [] }, pauseMs: null };
			},
			parameter: (name) => values[name],
			defaults: {},
		});
		expect(queries).toEqual([1, 2]);
	});
});
