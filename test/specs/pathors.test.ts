import type { INodeParameters } from 'n8n-workflow';

import { runNode } from '../support/engine/runNode';
import { searchList } from '../support/engine/searchList';
import { specFile } from './specFolder';
import { startSpecServer, type SpecServer } from './specServer';

const LIST = 'getV1ProjectsByProjectIdKnowledgebasesByKnowledgebaseIdCrawlJobs';
const IDS = { projectId: 'project1', knowledgeBaseId: 'kb1' };
const ITEM = { jobId: 'job1', reference: { ...IDS, jobId: 'job1' } };

/** Everything that the specification says of a job is required. */
const JOB = {
	jobId: 'job1',
	mode: 'crawl',
	total: 4,
	done: 1,
	failed: 1,
	status: 'running',
	startedAt: '2026-05-01T10:00:00.000Z',
	updatedAt: '2026-05-01T10:01:00.000Z',
};

let server: SpecServer;

beforeAll(async () => {
	server = await startSpecServer(specFile('pathors.yaml'));
});
afterAll(async () => server.close());
beforeEach(() => server.reset());

const credentials = () => ({
	pathorsDeveloperApi: { developerKey: 'dk_1', baseUrl: server.baseUrl },
});

const pathors = async (parameters: INodeParameters) =>
	await runNode({
		type: 'pathorsCrawler',
		parameters,
		credentials: credentials(),
		items: [ITEM],
	});

const getStatus = async () => await pathors({ resource: 'crawl', operation: 'getStatus' });

const wait = async () =>
	await runNode({
		type: 'waitUntilCrawlDone',
		parameters: {
			provider: 'pathors',
			options: { responsiveness: 'fixed', intervalSeconds: 1 },
		},
		credentials: credentials(),
		items: [ITEM],
	});

const listOf = (...jobs: object[]) => ({ status: 200, body: { jobs } });

const answerList = (...answers: Array<{ status: number; body: unknown }>) =>
	server.answers.set(LIST, answers);

describe('the Pathors nodes against the specification', () => {
	afterEach(() => {
		expect(server.complaints).toEqual([]);
		expect(new Set(server.operations)).toEqual(new Set([LIST]));
	});

	it('reads every field of a job', async () => {
		answerList(listOf({ ...JOB, jobId: 'other' }, JOB));
		const { json } = await getStatus();
		expect(json[0]).toMatchObject({
			jobId: 'job1',
			reference: ITEM.reference,
			rawStatus: 'running',
			progress: { total: 4, completed: 1, failed: 1 },
			startedAt: JOB.startedAt,
			updatedAt: JOB.updatedAt,
			details: { mode: 'crawl' },
			warnings: [],
		});
	});

	it('reads what the schemas generate', async () => {
		const body = server.example(LIST, 200) as { jobs: Array<{ jobId: string }> };
		answerList({ status: 200, body });
		const { error, json } = await pathors({
			resource: 'crawl',
			operation: 'getMany',
			...IDS,
			returnAll: true,
		});
		expect(error).toBeUndefined();
		expect(json.map(({ jobId }) => jobId)).toEqual(body.jobs.map(({ jobId }) => jobId));
	});

	it('reads a list without jobs', async () => {
		answerList(listOf());
		const { error, json } = await pathors({ resource: 'crawl', operation: 'getMany', ...IDS });
		expect(error).toBeUndefined();
		expect(json).toEqual([]);
	});

	it('lists the crawls for the editor', async () => {
		answerList(listOf(JOB));
		const { results } = await searchList({
			type: 'pathorsCrawler',
			method: 'searchPathorsCrawls',
			parameters: IDS,
			credentials: credentials(),
		});
		expect(results).toHaveLength(1);
	});

	it('waits for the end of a job', async () => {
		answerList(listOf(JOB), listOf({ ...JOB, status: 'completed', done: 4, failed: 0 }));
		const { outputs } = await wait();
		expect(outputs.map((items) => items.length)).toEqual([1, 0, 0, 0]);
	});

	describe('a documented error', () => {
		const shapes = [
			['a text', { error: 'Not this way' }],
			['an object', { error: { message: 'Not this way' } }],
			[
				'an object with all it can have',
				{ error: { message: 'Not this way', code: 'NO', details: { field: 'x' } } },
			],
		] as const;
		const cases = [400, 401, 500].flatMap((status) =>
			shapes.map(([name, body]) => [status, name, body] as const),
		);

		it.each(cases)('%i as %s is told in its own words, with advice', async (status, _, body) => {
			answerList({ status, body });
			const { error } = await getStatus();
			expect(`${error?.message} ${error?.description}`).toContain('Not this way');
			expect(error?.description).toBeTruthy();
		});

		it.each([400, 401])('%i ends the wait of its item at once', async (status) => {
			answerList({ status, body: { error: 'Not this way' } });
			const { error } = await wait();
			expect(error).toBeDefined();
			expect(server.operations).toHaveLength(1);
		});

		it('500 passes', async () => {
			answerList(
				{ status: 500, body: { error: 'Later' } },
				listOf({ ...JOB, status: 'completed' }),
			);
			const { outputs } = await wait();
			expect(outputs[0]).toHaveLength(1);
		});
	});
});

describe('what the specification has no words about', () => {
	it.each<[string, INodeParameters, string]>([
		[
			'Crawl: Start',
			{ resource: 'crawl', operation: 'start', ...IDS, url: 'https://example.com/' },
			'POST /v1/projects/project1/knowledgebases/kb1/crawl',
		],
		[
			'Knowledge Base: Get Many',
			{ resource: 'knowledgeBase', operation: 'getMany', projectId: IDS.projectId },
			'GET /v1/projects/project1/knowledgebases',
		],
	])('is the request of %s', async (_, parameters, request) => {
		answerList(listOf());
		await pathors(parameters);
		expect([...new Set(server.complaints)]).toEqual([`${request} is not documented`]);
	});
});
