import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { NodeCall } from '../support/engine/runNode';
import type { JobScript } from '../support/simulator';
import { startApi } from '../support/listServer';
import { useSimulator } from '../support/useSimulator';
import { convocoreNode, JOB_ID } from './convocoreNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const { convocore, credential, scripted } = convocoreNode(simulator);

describe('Crawl: Get Status', () => {
	const getStatus = async (parameters: INodeParameters, change: Partial<NodeCall> = {}) =>
		await convocore({ resource: 'crawl', operation: 'getStatus', ...parameters }, change);

	it.each([
		['succeeded', { outcome: 'succeeded' }, 'succeeded', false],
		['with failed pages', { outcome: 'partial' }, 'succeeded', true],
		['failed', { outcome: 'failed' }, 'failed', false],
		['cancelled', { outcome: 'cancelled' }, 'cancelled', false],
	])('gives a crawl that ended %s', async (_, change, status, isPartial) => {
		const { json } = await getStatus({ jobId: scripted(change as Partial<JobScript>) });
		expect(json).toEqual([
			expect.objectContaining({ jobId: JOB_ID, status, isFinal: true, rawStatus: null }),
		]);
		expect(json[0]?.isPartial).toBe(isPartial);
	});

	it('gives a running crawl with the pages found so far', async () => {
		const jobId = scripted({ outcome: 'never', durationMs: 0 });
		const { json } = await getStatus({ jobId });
		expect(json[0]).toMatchObject({
			status: 'running',
			progress: { total: 10, completed: 9, percent: 90 },
		});
	});

	it('gives the reason of a failed crawl', async () => {
		const { json } = await getStatus({
			jobId: scripted({ outcome: 'failed', failureMessage: 'No route to the site' }),
		});
		expect(json[0]?.failure).toEqual({ message: 'No route to the site', code: null });
	});

	it('reads the ids from the input item when nothing is filled in', async () => {
		scripted({ workspaceId: 'otherWorkspace' } as Partial<JobScript>);
		const reference = { workspaceId: 'otherWorkspace', jobId: JOB_ID };
		const { json } = await getStatus({}, { items: [{ jobId: JOB_ID, reference }] });
		expect(json[0]).toMatchObject({ jobId: JOB_ID, reference });
	});

	it("takes the credential's workspace when the item names none", async () => {
		const { json } = await getStatus({}, { items: [{ jobId: scripted() }] });
		expect(json[0]?.reference).toEqual({ workspaceId: 'simWorkspace01', jobId: JOB_ID });
	});

	it('adds the untouched answer on request', async () => {
		const { json } = await getStatus({ jobId: scripted(), options: { includeRaw: true } });
		expect(json[0]?.raw).toMatchObject({ success: true, data: { id: JOB_ID, done: true } });
	});

	it('says that a workspace is missing when neither node nor credential names one', async () => {
		const { error } = await getStatus(
			{ jobId: scripted() },
			{ credentials: credential({ workspaceId: '' }) },
		);
		expect(error?.message).toContain("'Workspace' is missing");
		expect(simulator.requests).toHaveLength(0);
	});
});

describe('Crawl: Get Many', () => {
	const getMany = async (parameters: INodeParameters) =>
		await convocore({ resource: 'crawl', operation: 'getMany', ...parameters });

	it('gives each crawl of the workspace as a CrawlJob', async () => {
		const jobId = scripted();
		const { json } = await getMany({ returnAll: true });
		expect(json.find((job) => job.jobId === jobId)).toMatchObject({
			provider: 'convocore',
			status: 'succeeded',
			rawStatus: 'completed',
			reference: { workspaceId: 'simWorkspace01', jobId },
		});
	});

	it('asks for further pages until it has all', async () => {
		for (let index = 0; index < 130; index++) scripted({ jobId: `many${index}` });
		const { json } = await getMany({ returnAll: true });
		const ids = new Set(json.map((job) => job.jobId));
		expect(ids.size).toBeGreaterThanOrEqual(130);
		expect(simulator.requests.map(({ query }) => query)).toEqual([
			{ page: '1', limit: '100' },
			{ page: '2', limit: '100' },
		]);
	});

	it('gives no more than the limit, and asks for no further page', async () => {
		scripted();
		const { json } = await getMany({ returnAll: false, limit: 1 });
		expect(json).toHaveLength(1);
		expect(simulator.requests).toHaveLength(1);
	});
});

describe('Crawl: Delete', () => {
	const deleteCrawl = async (jobId: string) =>
		await convocore({ resource: 'crawl', operation: 'delete', jobId });

	it('deletes the crawl, and says which', async () => {
		const { json } = await deleteCrawl(scripted());
		expect(json).toEqual([
			{
				deleted: true,
				jobId: JOB_ID,
				reference: { workspaceId: 'simWorkspace01', jobId: JOB_ID },
			},
		]);
		expect(simulator.requests.map(({ method }) => method)).toEqual(['DELETE']);
	});

	it('does not say so for a refusal, whatever else is in it', async () => {
		const body = { success: false, message: 'Job is running', data: { id: JOB_ID, done: false } };
		const api = await startApi(() => ({ body }));
		const { error } = await convocore(
			{ resource: 'crawl', operation: 'delete', jobId: JOB_ID },
			{ credentials: credential({ region: 'custom', baseUrl: api.url }) },
		);
		await api.close();
		expect(error?.description).toContain('Job is running');
	});

	it('says that the crawl does not exist when it is deleted again', async () => {
		await deleteCrawl(scripted());
		const { error } = await deleteCrawl(JOB_ID);
		expect(error?.message).toContain('could not find what was requested (HTTP 404)');
		expect(error?.description).toContain('A deleted crawl can no longer be found');
	});
});

describe('Page', () => {
	const page = async (operation: string, parameters: INodeParameters, item: IDataObject = {}) =>
		await convocore({ resource: 'page', operation, ...parameters }, { items: [item] });

	it('Get Many gives the pages of a crawl, without their content', async () => {
		const { json } = await page('getMany', { jobId: scripted(), returnAll: true });
		expect(json).toHaveLength(10);
		expect(Object.keys(json[0] ?? {})).toEqual([
			'url',
			'title',
			'description',
			'failed',
			'scrapedAt',
			'characters',
			'jobId',
			'reference',
		]);
	});

	it('Get Many pages through a crawl of more pages than one answer holds', async () => {
		const { json } = await page('getMany', { jobId: scripted({ pages: 230 }), returnAll: true });
		expect(json).toHaveLength(230);
		expect(simulator.requests.map(({ query }) => query.page)).toEqual(['1', '2', '3']);
	});

	it('Get Many keeps all fields when it is not to simplify', async () => {
		const { json } = await page('getMany', { jobId: scripted(), limit: 1, simplify: false });
		expect(json[0]).toMatchObject({
			urlHash: expect.any(String) as string,
			htmlCharCount: expect.any(Number) as number,
			jobId: JOB_ID,
		});
	});

	it('Get gives the content of a page that Get Many listed, with nothing filled in', async () => {
		const listed = await page('getMany', { jobId: scripted(), limit: 1 });
		const { json } = await page('get', {}, listed.json[0]);
		expect(json).toEqual([
			{
				...listed.json[0],
				markdown: expect.stringMatching(/\S/) as string,
			},
		]);
	});

	it('Get keeps all fields when it is not to simplify', async () => {
		const listed = await page('getMany', { jobId: scripted(), limit: 1 });
		const { json } = await page('get', { simplify: false }, listed.json[0]);
		expect(json[0]).toMatchObject({ html: expect.stringMatching(/\S/) as string });
	});

	it('Get says that a page does not exist', async () => {
		const { error } = await page('get', { jobId: scripted(), pageId: 'nothing' });
		expect(error?.message).toContain('could not find what was requested (HTTP 404)');
		expect(error?.description).toContain('Page not found');
	});
});
