import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { documentsIn } from '../../nodes/MidPilotScraper/lists';
import type { NodeCall } from '../support/engine/runNode';
import type { JobScript } from '../support/simulator';
import { useSimulator } from '../support/useSimulator';
import { JOB_ID, midPilotNode, NO_ID, sessionId } from './midPilotNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const { midPilot, scripted } = midPilotNode(simulator);

describe('Crawl: Get Status', () => {
	const getStatus = async (parameters: INodeParameters, change: Partial<NodeCall> = {}) =>
		await midPilot({ resource: 'crawl', operation: 'getStatus', ...parameters }, change);

	it.each([
		['documentations', 'succeeded'],
		['pages', 'succeeded'],
	])('gives a finished crawl whose result is named %s', async (resultKeys, status) => {
		const jobId = scripted({ resultKeys } as Partial<JobScript>);
		const { json } = await getStatus({ sessionId, jobId });
		expect(json).toEqual([expect.objectContaining({ jobId, status, rawStatus: 'finished' })]);
		expect(json[0]?.details).toMatchObject({ savedPages: 10, finishReason: 'no_more_links' });
	});

	it('gives the reason of a failed crawl', async () => {
		const jobId = scripted({ outcome: 'failed', failureMessage: 'No route to the site' });
		const { json } = await getStatus({ sessionId, jobId });
		expect(json[0]).toMatchObject({
			status: 'failed',
			failure: { message: expect.stringContaining('No route to the site') as string },
		});
	});

	it("takes the session's own crawl when no other is named, and says which it is", async () => {
		const jobId = scripted();
		const { json } = await getStatus({ sessionId, jobId: '' });
		expect(json[0]?.reference).toEqual({ sessionId, jobId });
		expect(simulator.requests.map(({ query }) => query)).toEqual([{}]);
	});

	it('reads the ids from the input item when nothing is filled in', async () => {
		const jobId = scripted();
		const { json } = await getStatus({}, { items: [{ jobId, reference: { sessionId, jobId } }] });
		expect(json[0]).toMatchObject({ jobId, status: 'succeeded' });
		expect(simulator.requests.map(({ query }) => query)).toEqual([{ jobId }]);
	});

	it('keeps the content of the documents out of the item', async () => {
		const { json } = await getStatus({ sessionId, jobId: scripted() });
		expect(json[0]).not.toHaveProperty('documents');
		expect(JSON.stringify(json)).not.toContain('chunkId');
	});

	it('adds the saved documents with their chunks on request', async () => {
		const { json } = await getStatus({
			sessionId,
			jobId: scripted(),
			options: { includeContent: true },
		});
		expect(json[0]?.documents).toHaveLength(10);
		expect((json[0]?.documents as IDataObject[])[0]).toMatchObject({
			docId: expect.any(String) as string,
			url: expect.stringMatching(/^https:/) as string,
			chunkCount: expect.any(Number) as number,
			chunks: [
				expect.objectContaining({
					content: expect.stringMatching(/\S/) as string,
					metadata: expect.objectContaining({ chunk_number: 1 }) as object,
				}),
			],
		});
	});

	it('adds the pages of the documented result on request', async () => {
		const jobId = scripted({ resultKeys: 'pages' } as Partial<JobScript>);
		const { json } = await getStatus({ sessionId, jobId, options: { includeContent: true } });
		expect((json[0]?.documents as IDataObject[])[0]).toEqual({
			docId: null,
			url: expect.stringMatching(/^https:/) as string,
			title: expect.any(String) as string,
			scrapedAt: expect.stringMatching(/Z$/) as string,
			chunkCount: expect.any(Number) as number,
			chunks: [],
		});
	});

	it.each([
		[
			'a list of documents with chunks',
			{
				savedDocumentations: [
					null,
					{ docId: 'd', chunks: [{ chunkId: 'c', url: 'https://a.test/', content: '  a\n' }] },
				],
			},
			{
				docId: 'd',
				url: 'https://a.test/',
				chunkCount: 1,
				chunks: [{ chunkId: 'c', content: '  a\n', summary: null }],
			},
		],
		[
			'documents by their address',
			{
				savedDocumentations: {
					'https://a.test/': {
						url: 'https://a.test/',
						contentType: 'text/html',
						content: 'All of it',
						summary: { summary: 'In short' },
					},
				},
			},
			{
				docId: null,
				url: 'https://a.test/',
				chunkCount: 1,
				chunks: [{ chunkId: null, content: 'All of it', summary: 'In short' }],
			},
		],
		[
			'pages by their address, with their content',
			{ savedPages: { 'https://a.test/': { content: 'All of it', summary: 'In short' } } },
			{ url: 'https://a.test/', chunks: [{ content: 'All of it', summary: 'In short' }] },
		],
		[
			'pages by their address, with a number of chunks',
			{ savedPages: { 'https://a.test/': { title: 'A', chunks: 3 } } },
			{ url: 'https://a.test/', title: 'A', chunkCount: 3, chunks: [] },
		],
	])('reads %s', (_, result, document) => {
		expect(documentsIn({ result })).toMatchObject([document]);
	});

	it('adds the untouched answer on request', async () => {
		const { json } = await getStatus({
			sessionId,
			jobId: scripted(),
			options: { includeRaw: true },
		});
		expect(json[0]?.raw).toMatchObject({ jobId: JOB_ID, status: 'finished' });
	});

	it('warns of a crawl that had nowhere to start', async () => {
		scripted({
			faults: [
				{
					check: 'all',
					fault: {
						kind: 'http',
						status: 200,
						body: {
							jobId: JOB_ID,
							status: 'finished',
							progress: { stage: 'failed', message: 'no-starter-links provided' },
							result: {
								finishReason: 'no-starter-links',
								savedDocumentationsCount: 0,
								savedDocumentations: {},
							},
						},
					},
				},
			],
		});
		const { json } = await getStatus({ sessionId, jobId: JOB_ID });
		expect(json[0]).toMatchObject({
			status: 'succeeded',
			warnings: [expect.stringContaining('no_starter_links')],
		});
	});
});

describe('Crawl: Get Many', () => {
	const getMany = async (parameters: INodeParameters) =>
		await midPilot({ resource: 'crawl', operation: 'getMany', sessionId, ...parameters });

	it('gives each crawl of the session as a CrawlJob', async () => {
		const jobId = scripted();
		const { json } = await getMany({ returnAll: true });
		expect(json.find((job) => job.jobId === jobId)).toMatchObject({
			provider: 'midPilot',
			status: 'succeeded',
			reference: { sessionId, jobId },
			finishedAt: expect.stringMatching(/Z$/) as string,
		});
	});

	it('gives no more than the limit', async () => {
		scripted();
		scripted({ jobId: '22222222-2222-4222-8222-222222222222' });
		const { json } = await getMany({ returnAll: false, limit: 1 });
		expect(json).toHaveLength(1);
	});

	it('says that a session does not exist', async () => {
		const { error } = await getMany({ sessionId: NO_ID });
		expect(error?.message).toContain('could not find what was requested (HTTP 404)');
	});
});
