import type { INodeParameters } from 'n8n-workflow';

import { runNode, type NodeCall } from '../support/engine/runNode';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { useSimulator } from '../support/useSimulator';
import { JOB_ID, pathorsNode } from './pathorsNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const { ids, pathors, scriptJob } = pathorsNode(simulator);

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
	])('statusMap: refuses a status word %s', async (_, entry) => {
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
			warnings: [expect.stringContaining('counts as succeeded')],
		});
	});

	it('says that the knowledge base does not list the crawl', async () => {
		scriptJob({ jobId: 'job0' });
		const { error } = await getStatus();
		expect(error?.message).toContain('Pathors could not find the crawl');
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

	it('statusMap: takes the meaning of a word from the user', async () => {
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
		expect(error?.message).toContain('could not find what was requested (HTTP 404)');
		expect(error?.description).toContain('Project not found');
	});
});

describe('what goes wrong', () => {
	const getStatus = async (parameters: INodeParameters = {}) =>
		await pathors({ resource: 'crawl', operation: 'getStatus', jobId: JOB_ID, ...parameters });

	const scriptFault = (fault: object) =>
		scriptJob({ faults: [{ check: 'all', fault: fault as never }] });

	it.each([
		['projectId', '', "'Project' is missing"],
		['projectId', '../admin', "'Project' is not a valid ID"],
		['knowledgeBaseId', '', "'Knowledge Base' is missing"],
		['knowledgeBaseId', 'kb/..', "'Knowledge Base' is not a valid ID"],
		['jobId', '', "'Crawl' is missing"],
		['jobId', 'a b', "'Crawl' is not a valid ID"],
	])('names the item whose %s is "%s", and sends nothing', async (name, value, message) => {
		const { error } = await getStatus({ [name]: value });
		expect(error?.message).toContain(message);
		expect(error?.message).toContain('[item 0]');
		expect(simulator.requests).toHaveLength(0);
	});

	it.each([
		['a text', { error: 'Knowledgebase is locked' }, 'Pathors says: Knowledgebase is locked'],
		[
			'an object',
			{ error: { message: 'Knowledgebase is locked', code: 'locked', details: { id: 1 } } },
			'Pathors says: Knowledgebase is locked (locked)',
		],
		['an object without a code', { error: { message: 'Locked' } }, 'Pathors says: Locked'],
	])('shows the error that is %s', async (_, body, description) => {
		scriptFault({ kind: 'http', status: 400, body });
		const { error } = await getStatus();
		expect(error?.message).toContain('rejected the request (HTTP 400)');
		expect(error?.description).toContain(description);
	});

	it.each([
		[401, 'Settings > Developer Keys'],
		[401, 'no longer accepts older keys'],
		[403, "Check 'Project': the owner of the 'Developer Key'"],
		[404, "Check 'Project', 'Knowledge Base' and 'Crawl'"],
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
		expect(error?.message).toContain('rejected the credential (HTTP 401)');
	});

	it.each([
		['a web page', { kind: 'html' }, 'returned a web page instead of JSON'],
		['an empty body', { kind: 'emptyBody' }, 'not a list of Pathors crawl jobs'],
		['an overload', { kind: 'http', status: 429 }, 'received too many requests (HTTP 429)'],
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
