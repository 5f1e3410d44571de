import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type NodeCall, type NodeRun } from '../engine/runNode';
import { searchList } from '../engine/searchList';
import { simulatorCredentials } from '../engine/simulatorCredentials';
import { startSimulator, type JobScript, type Simulator } from '../simulator';
import { waitFor } from '../wait/waitNode';

const JOB_ID = 'job1';

let simulator: Simulator;
/** A project of its own for each test, since the API knows no other look-up than the whole list. */
let ids: { projectId: string; knowledgeBaseId: string };
let tests = 0;

beforeAll(async () => {
	simulator = await startSimulator({ pageDelayMs: 1 });
});
afterAll(async () => simulator.close());
beforeEach(() => {
	simulator.requests.length = 0;
	tests += 1;
	ids = { projectId: `project${tests}`, knowledgeBaseId: `kb${tests}` };
});

const nodeCall = (parameters: INodeParameters, change: Partial<NodeCall> = {}): NodeCall => ({
	type: 'pathorsCrawler',
	parameters: { ...ids, ...parameters },
	credentials: simulatorCredentials(simulator),
	...change,
});

const pathors = async (parameters: INodeParameters, change?: Partial<NodeCall>): Promise<NodeRun> =>
	await runNode(nodeCall(parameters, change));

type Script = Partial<Extract<JobScript, { provider: 'pathors' }>>;

/** A crawl known to the simulator, which has succeeded unless the script says otherwise. */
function scriptJob(script: Script = {}): IDataObject {
	const jobId = script.jobId ?? JOB_ID;
	simulator.scriptJob({
		provider: 'pathors',
		durationMs: 0,
		outcome: 'succeeded',
		...ids,
		...script,
		jobId,
	});
	return { jobId, reference: { ...ids, jobId } };
}

/** Answers the look-ups of the list (counted from 1) with these crawls, whatever there really is. */
const listShows = (check: [number, number], jobs: unknown[]): Script => ({
	faults: [{ check, fault: { kind: 'http', status: 200, body: { jobs } } }],
});

const sent = (): string[] =>
	simulator.requests.map(({ method, path }) => `${method} ${path.split('/crawl')[1] ?? path}`);

describe('Crawl: Start', () => {
	const start = async (options: INodeParameters = {}, change?: Partial<NodeCall>) =>
		await pathors(
			{ resource: 'crawl', operation: 'start', url: `${simulator.siteUrl}handbook/`, options },
			change,
		);

	it('gives the crawl that is new in the list, when the answer has no id', async () => {
		scriptJob();
		const { json } = await start();
		expect(json).toEqual([
			expect.objectContaining({
				provider: 'pathors',
				jobId: expect.stringMatching(/.+/) as string,
				reference: { ...ids, jobId: json[0]?.jobId },
				status: 'queued',
				url: `${simulator.siteUrl}handbook/`,
				warnings: [],
			}),
		]);
		expect(json[0]?.jobId).not.toBe(JOB_ID);
		expect(sent()).toEqual(['GET /jobs', 'POST ', 'GET /jobs']);
	});

	it('needs no more of the new crawl than its id', async () => {
		scriptJob({
			faults: [
				{ check: 1, fault: { kind: 'http', status: 200, body: { jobs: [] } } },
				{ check: 2, fault: { kind: 'http', status: 200, body: { jobs: [{ jobId: 'new' }] } } },
			],
		});
		const { json } = await start();
		expect(json[0]).toMatchObject({ jobId: 'new', status: 'queued', warnings: [] });
	});

	it('takes the id in the answer, where there is one, and looks no further', async () => {
		scriptJob();
		const { json } = await start({ additionalFields: '{ "returnJobId": true }' });
		expect(json[0]).toMatchObject({ status: 'queued', rawStatus: null, warnings: [] });
		expect(json[0]?.jobId).toBeTruthy();
		expect(sent()).toEqual(['GET /jobs', 'POST ']);
	});

	it('finds a crawl that becomes visible a little later', async () => {
		scriptJob(listShows([1, 2], [{ jobId: JOB_ID, status: 'completed' }]));
		const { json } = await start();
		expect(json[0]).toMatchObject({ jobId: expect.stringMatching(/.+/) as string, warnings: [] });
		expect(sent()).toEqual(['GET /jobs', 'POST ', 'GET /jobs', 'GET /jobs']);
	});

	it.each([
		['stays invisible', [{ check: 'all', status: 200, body: { jobs: [] } }], 'does not show it'],
		['cannot be looked up', [{ check: [2, 9], status: 503, body: undefined }], 'HTTP 503'],
		['is one of several new ones', [{ check: 1, status: 200, body: { jobs: [] } }], 'same moment'],
	] as const)('says that it was started, though it %s', async (_, faults, reason) => {
		scriptJob({
			faults: faults.map(({ check, status, body }) => ({
				check: typeof check === 'object' ? [...check] : check,
				fault: { kind: 'http', status, ...(body && { body }) },
			})),
		});
		const { json, error } = await start();
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'queued', jobId: '', reference: { jobId: '' } });
		expect(json[0]?.warnings).toEqual([expect.stringContaining(reason)]);
		expect(sent().filter((request) => request === 'POST ')).toHaveLength(1);
	});

	it('sends the additional fields along with the URL', async () => {
		scriptJob();
		await start({ additionalFields: { limit: 20, url: 'https://other.test' } });
		expect(simulator.requests.map(({ body }) => body)).toContainEqual({
			limit: 20,
			url: `${simulator.siteUrl}handbook/`,
		});
	});

	it.each([['[1]'], ['{ limit'], ['7'], ['null']])(
		'refuses the additional fields %s before anything is sent',
		async (additionalFields) => {
			const { error } = await start({ additionalFields });
			expect(error?.message).toContain('Additional Fields is not a JSON object [item 0]');
			expect(simulator.requests).toHaveLength(0);
		},
	);

	it('does not mind empty additional fields', async () => {
		scriptJob();
		const { error } = await start({ additionalFields: '' });
		expect(error).toBeUndefined();
	});

	it.each([['example.com'], ['ftp://example.com']])(
		'refuses the address "%s" before anything is sent',
		async (url) => {
			const { error } = await pathors({ resource: 'crawl', operation: 'start', url });
			expect(error?.message).toContain('URL is not a web address [item 0]');
			expect(simulator.requests).toHaveLength(0);
		},
	);

	it('starts nothing when the knowledge base does not exist', async () => {
		const { error } = await start();
		expect(error?.message).toContain('does not know what was asked for (HTTP 404)');
		expect(sent()).toEqual(['GET /jobs']);
	});

	it('starts one crawl for each item', async () => {
		scriptJob();
		const { json } = await start({}, { items: [{}, {}] });
		expect(new Set(json.map(({ jobId }) => jobId)).size).toBe(2);
		expect(sent().filter((request) => request === 'POST ')).toHaveLength(2);
	});
});

describe('Crawl: Get Status', () => {
	const getStatus = async (options: INodeParameters = {}, change?: Partial<NodeCall>) =>
		await pathors({ resource: 'crawl', operation: 'getStatus', jobId: JOB_ID, options }, change);

	it('gives the crawl as a CrawlJob', async () => {
		scriptJob({ jobId: 'job0', outcome: 'failed' });
		scriptJob({ pages: 4 });
		const { json } = await getStatus();
		expect(json).toEqual([
			expect.objectContaining({
				jobId: JOB_ID,
				reference: { ...ids, jobId: JOB_ID },
				status: 'succeeded',
				rawStatus: 'completed',
				progress: { total: 4, completed: 4, failed: 0, cancelled: null, percent: 100 },
				details: { mode: 'crawl' },
			}),
		]);
	});

	it('reads the ids from the input item when nothing is filled in', async () => {
		const item = scriptJob();
		const { json } = await runNode({
			type: 'pathorsCrawler',
			parameters: { resource: 'crawl', operation: 'getStatus' },
			credentials: simulatorCredentials(simulator),
			items: [item],
		});
		expect(json[0]).toMatchObject({ ...item, status: 'succeeded' });
	});

	it('adds the untouched answer on request', async () => {
		scriptJob();
		const { json } = await getStatus({ includeRaw: true });
		expect(json[0]?.raw).toMatchObject({ jobs: [{ jobId: JOB_ID, status: 'completed' }] });
	});

	it.each([
		['adds to the known words', { running: 'indexing' }, 'indexing', 'running'],
		['wins over a known word', { running: 'completed' }, 'completed', 'running'],
		['does not mind case and blanks', { running: 'All Set' }, ' all set', 'cancelled'],
	])('takes the user at their word for a status: it %s', async (_, status, word, meaning) => {
		scriptJob({ outcome: 'never', status });
		const { json } = await getStatus({ statusMap: { words: [{ word, status: meaning }] } });
		expect(json[0]).toMatchObject({ status: meaning, rawStatus: status.running, warnings: [] });
	});

	it.each([
		['without a word', { word: ' ', status: 'running' }],
		['with a meaning that does not exist', { word: 'indexing', status: 'great' }],
	])('refuses a status word %s', async (_, entry) => {
		scriptJob();
		const { error } = await getStatus({ statusMap: { words: [entry] } });
		expect(error?.message).toContain('[item 0]');
		expect(simulator.requests).toHaveLength(0);
	});

	it('shows the end that the counters of an unknown word suggest, with a warning', async () => {
		scriptJob({ status: 'indexed' });
		const { json } = await getStatus();
		expect(json[0]).toMatchObject({
			status: 'succeeded',
			isFinal: true,
			warnings: [expect.stringContaining('taken as succeeded')],
		});
	});

	it('says that the knowledge base does not list the crawl', async () => {
		scriptJob({ jobId: 'job0' });
		const { error } = await getStatus();
		expect(error?.message).toContain('Pathors does not know the crawl');
	});
});

describe('Crawl: Get Many', () => {
	const getMany = async (parameters: INodeParameters) =>
		await pathors({ resource: 'crawl', operation: 'getMany', ...parameters });

	beforeEach(() => {
		scriptJob({ jobId: 'job0', outcome: 'failed' });
		scriptJob({ jobId: 'job1', status: 'indexed', outcome: 'never' });
	});

	it('gives each crawl of the knowledge base as a CrawlJob', async () => {
		const { json } = await getMany({ returnAll: true });
		expect(json).toEqual([
			expect.objectContaining({ jobId: 'job1', status: 'unknown' }),
			expect.objectContaining({ jobId: 'job0', reference: { ...ids, jobId: 'job0' } }),
		]);
	});

	it('gives no more than the limit', async () => {
		const { json } = await getMany({ returnAll: false, limit: 1 });
		expect(json).toHaveLength(1);
	});

	it("knows the user's status words", async () => {
		const statusMap = { words: [{ word: 'indexed', status: 'succeeded' }] };
		const { json } = await getMany({ returnAll: true, options: { statusMap } });
		expect(json[0]).toMatchObject({ jobId: 'job1', status: 'succeeded' });
	});
});

describe('Knowledge Base: Get Many', () => {
	const getMany = async (parameters: INodeParameters = {}) =>
		await pathors({ resource: 'knowledgeBase', operation: 'getMany', ...parameters });

	it('gives the knowledge base of the project', async () => {
		scriptJob();
		const { json } = await getMany();
		expect(json).toEqual([
			expect.objectContaining({
				id: ids.knowledgeBaseId,
				name: 'Website',
				type: 'pgvector',
				projectId: ids.projectId,
			}),
		]);
	});

	it('says that the project does not exist', async () => {
		const { error } = await getMany();
		expect(error?.message).toContain('does not know what was asked for (HTTP 404)');
		expect(error?.description).toContain('Project not found');
	});
});

describe('the lists to choose from', () => {
	const search = async (method: string, filter = '', parameters: INodeParameters = {}) => {
		const { results } = await searchList({
			...nodeCall({ resource: 'crawl', operation: 'getStatus', ...parameters }),
			method,
			filter,
		});
		return results;
	};

	it('have the projects', async () => {
		scriptJob();
		expect(await search('searchPathorsProjects', `t ${ids.projectId}`)).toEqual([
			{ name: `Project ${ids.projectId}`, value: ids.projectId },
		]);
	});

	it('have the knowledge base of the chosen project', async () => {
		scriptJob();
		expect(await search('searchPathorsKnowledgeBases')).toEqual([
			{ name: 'Website', value: ids.knowledgeBaseId },
		]);
	});

	it('have the crawls of the chosen knowledge base', async () => {
		scriptJob({ jobId: 'job0', outcome: 'failed' });
		scriptJob();
		expect(await search('searchPathorsCrawls', 'completed')).toEqual([
			{ name: expect.stringMatching(/^20.*Z: crawl \(completed\)$/) as string, value: JOB_ID },
		]);
	});

	it('ask for the project first', async () => {
		await expect(search('searchPathorsKnowledgeBases', '', { projectId: '' })).rejects.toThrow(
			'Project is missing',
		);
	});
});

describe('what goes wrong', () => {
	const getStatus = async (parameters: INodeParameters = {}) =>
		await pathors({ resource: 'crawl', operation: 'getStatus', jobId: JOB_ID, ...parameters });

	const scriptFault = (fault: object) =>
		scriptJob({ faults: [{ check: 'all', fault: fault as never }] });

	it.each([
		['projectId', '', 'Project is missing'],
		['projectId', '../admin', 'Project is malformed'],
		['knowledgeBaseId', '', 'Knowledge Base is missing'],
		['knowledgeBaseId', 'kb/..', 'Knowledge Base is malformed'],
		['jobId', '', 'Crawl is missing'],
		['jobId', 'a b', 'Crawl is malformed'],
	])('names the item whose %s is "%s", and sends nothing', async (name, value, message) => {
		const { error } = await getStatus({ [name]: value });
		expect(error?.message).toContain(message);
		expect(error?.message).toContain('[item 0]');
		expect(simulator.requests).toHaveLength(0);
	});

	it.each([
		['a text', { error: 'Knowledgebase is locked' }, 'It says: Knowledgebase is locked'],
		[
			'an object',
			{ error: { message: 'Knowledgebase is locked', code: 'locked', details: { id: 1 } } },
			'It says: Knowledgebase is locked (locked)',
		],
		['an object without a code', { error: { message: 'Locked' } }, 'It says: Locked'],
	])('shows the error that is %s', async (_, body, description) => {
		scriptFault({ kind: 'http', status: 400, body });
		const { error } = await getStatus();
		expect(error?.message).toContain('did not accept the request (HTTP 400)');
		expect(error?.description).toContain(description);
	});

	it.each([
		[401, 'Settings → Developer Keys'],
		[401, 'no longer accepts older keys'],
		[403, 'a member of the project'],
		[404, 'the ids of the project and of its knowledge base'],
		[500, 'Try again later'],
	])('advises what to do on HTTP %s: %s', async (status, advice) => {
		scriptFault({ kind: 'http', status });
		const { error } = await getStatus();
		expect(error?.description).toContain(advice);
	});

	it('refuses a wrong developer key', async () => {
		const { error } = await pathors(
			{ resource: 'crawl', operation: 'getStatus', jobId: JOB_ID },
			{
				credentials: {
					pathorsDeveloperApi: { developerKey: 'sk_old', baseUrl: simulator.baseUrls.pathors },
				},
			},
		);
		expect(error?.message).toContain('did not accept the credential (HTTP 401)');
	});

	it.each([
		['a web page', { kind: 'html' }, 'answered with a web page instead of JSON'],
		['an empty body', { kind: 'emptyBody' }, 'not a list of Pathors crawl jobs'],
		['an overload', { kind: 'http', status: 429 }, 'receiving too many requests (HTTP 429)'],
		[
			'a crawl without a status',
			{ kind: 'http', status: 200, body: { jobs: [{ jobId: JOB_ID }] } },
			'not a Pathors crawl job',
		],
	])('says what happened on %s', async (_, fault, message) => {
		scriptFault(fault);
		const { error } = await getStatus();
		expect(error?.message).toContain(message);
		expect(error?.description).toBeTruthy();
	});

	it('never shows the key, also when the server sends it back', async () => {
		scriptFault({ kind: 'echoCredential', status: 403 });
		const { error } = await getStatus();
		expect(error?.description).toContain('[redacted]');
		expect(JSON.stringify(error)).not.toContain(simulator.credentials.pathors.developerKey);
	});
});

describe('Wait Until Crawl Done', () => {
	const waitForItems = async (items: IDataObject[], options: INodeParameters = {}) =>
		await waitFor(simulator, { provider: 'pathors', items, options });

	it.each([
		['succeeded', 'success'],
		['failed', 'failed'],
		['cancelled', 'cancelled'],
	] as const)('sends a crawl that has %s to its output', async (outcome, output) => {
		const item = scriptJob({ outcome });
		const run = await waitForItems([item]);
		expect(run[output].map(({ json }) => json)).toEqual([
			expect.objectContaining({ ...item, status: outcome }),
		]);
	});

	it('needs no typing after Start', async () => {
		scriptJob();
		const { json } = await pathors({
			resource: 'crawl',
			operation: 'start',
			url: `${simulator.siteUrl}handbook/`,
		});
		const { success } = await waitForItems(json);
		expect(success[0]?.json).toMatchObject({ jobId: json[0]?.jobId, status: 'succeeded' });
	});

	it('asks once for all crawls of a knowledge base', async () => {
		const items = ['job1', 'job2', 'job3'].map((jobId) => scriptJob({ jobId }));
		const { success } = await waitForItems(items);
		expect(success).toHaveLength(3);
		expect(simulator.requests).toHaveLength(1);
	});

	it('waits on while the list does not show the crawl yet', async () => {
		const item = scriptJob({ visibleAfterMs: 500 });
		const { success } = await waitForItems([item]);
		expect(success).toHaveLength(1);
	});

	it('keeps a crawl with an unknown status on Still Running', async () => {
		const item = scriptJob({ outcome: 'never', status: 'indexing' });
		const { stillRunning } = await waitForItems([item], { maxWaitMinutes: 0.01 });
		expect(stillRunning[0]?.json).toMatchObject({
			status: 'unknown',
			warnings: [expect.stringContaining('"indexing"')],
		});
	});

	it('is not disturbed by odd entries of other crawls', async () => {
		const others = [{ jobId: 'job0' }, null, { status: 'failed' }];
		const item = scriptJob(listShows([1, 1], [...others, { jobId: JOB_ID, status: 'completed' }]));
		const { success } = await waitForItems([item]);
		expect(success[0]?.json).toMatchObject({ ...item, status: 'succeeded', wait: { checks: 1 } });
	});

	it("waits on while the crawl's own entry cannot be read", async () => {
		const item = scriptJob(listShows([1, 1], [{ jobId: JOB_ID, total: 4 }]));
		const { success } = await waitForItems([item]);
		expect(success[0]?.json).toMatchObject({ ...item, status: 'succeeded', wait: { checks: 2 } });
	});

	it("knows the user's status words", async () => {
		const item = scriptJob({ outcome: 'never', status: 'indexing' });
		const statusMap = { words: [{ word: 'Indexing', status: 'succeeded' }] };
		const { success } = await waitForItems([item], { statusMap });
		expect(success).toHaveLength(1);
	});

	it('names the item of a start whose id was not found', async () => {
		scriptJob();
		const { error } = await waitForItems([{ jobId: '', reference: { ...ids, jobId: '' } }]);
		expect(error?.message).toContain('Crawl is missing [item 0]');
	});
});
