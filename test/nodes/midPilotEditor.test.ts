import type { IDataObject } from 'n8n-workflow';

import { midPilot as provider } from '../../nodes/MidPilotScraper/provider';
import { crawlOperations } from '../../nodes/MidPilotScraper/resources/crawl';
import type { CrawlJob } from '../../nodes/shared/crawlJob';
import type { SendRequest } from '../../nodes/shared/provider';
import { runCredentialTest } from '../support/engine/credentialTest';
import { searchList } from '../support/engine/searchList';
import { useSimulator } from '../support/useSimulator';
import { JOB_ID, midPilotNode, sessionId } from './midPilotNode';
import { operationOf } from './operationOf';

const simulator = useSimulator({ pageDelayMs: 1 });

const { createSession, credential, midPilot, scripted } = midPilotNode(simulator);

describe('a list of jobs', () => {
	const jobs = [
		{ jobId: 'a', type: 'scrape.getRelevantDocumentation', status: 'finished' },
		{ jobId: 'b', type: 'discovery.getCandidateLinks', status: 'running' },
		{ jobId: 'c', status: 'queued' },
	];

	/** Runs Get Many on the list above. */
	async function list(options: IDataObject) {
		const send: SendRequest = async () => ({ body: { sessionId, jobs }, pauseMs: null });
		const values: IDataObject = { sessionId, returnAll: true, options };
		const parameter = (name: string) => values[name];
		const getMany = operationOf(crawlOperations, 'getMany');
		return (await getMany({ send, parameter, defaults: {} })) as CrawlJob[];
	}

	it('is of crawls alone by default', async () => {
		expect((await list({})).map(({ jobId }) => jobId)).toEqual(['a', 'c']);
	});

	it('says which type each job has when all are wanted', async () => {
		const found = await list({ includeOtherJobs: true });
		expect(found.map(({ jobId, status, details }) => [jobId, status, details.type])).toEqual([
			['a', 'succeeded', 'scrape.getRelevantDocumentation'],
			['b', 'running', 'discovery.getCandidateLinks'],
			['c', 'queued', undefined],
		]);
	});
});

describe('what the editor offers to choose from', () => {
	it('are the crawls of the session', async () => {
		const jobId = scripted();
		const { results } = await searchList({
			type: 'midPilotScraper',
			method: 'searchMidPilotCrawls',
			parameters: { resource: 'crawl', operation: 'getStatus', sessionId },
			credentials: credential(),
			filter: jobId,
		});
		expect(results).toEqual([
			{ name: expect.stringContaining('succeeded') as string, value: jobId },
		]);
	});
});

describe('the pages of a crawl', () => {
	it('are its saved documents', async () => {
		const send: SendRequest = async ({ path, query }) => ({
			body: {
				jobId: query?.jobId,
				status: 'finished',
				result: { savedDocumentations: [{ docId: path, chunks: [] }] },
			},
			pauseMs: null,
		});
		const pages = provider.listPages?.(send, { sessionId, jobId: JOB_ID });
		expect((await pages?.fetchSlice(''))?.entries).toEqual([
			expect.objectContaining({ docId: `/api/v1/scrape/${sessionId}/scrape` }),
		]);
	});

	it.each([
		['the server does not find it', { jobId: JOB_ID, status: 'not_found' }],
		['the answer is something else', { hello: 'world' }],
	])('are not taken for none when %s', async (_, body) => {
		const send: SendRequest = async () => ({ body, pauseMs: null });
		const pages = provider.listPages?.(send, { sessionId, jobId: JOB_ID });
		await expect(pages?.fetchSlice('')).rejects.toMatchObject({ kind: 'passing' });
	});
});

describe('the credential', () => {
	const headers = () =>
		simulator.requests.map((request) => request.headers['x-midpilot-key'] ?? null);

	it('sends its header with each request', async () => {
		await createSession();
		expect(headers()).toEqual([simulator.credentials.midPilot.headerValue]);
	});

	it.each([
		['name', { headerName: '' }],
		['name but blanks', { headerName: '  ' }],
		['value', { headerValue: '' }],
	])('sends none when it has no header %s', async (_, change) => {
		const { json, error } = await midPilot(
			{ resource: 'session', operation: 'create' },
			{ credentials: credential(change) },
		);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1);
		expect(headers()).toEqual([null]);
	});

	it('is tested with the health check of the server, and with a session that nobody has', async () => {
		await runCredentialTest('midPilotApi', credential().midPilotApi);
		expect(simulator.requests.map(({ path }) => path)).toEqual([
			'/health',
			'/api/v1/session/00000000-0000-4000-8000-000000000000/jobs',
		]);
	});

	it('fails its test when the header is wrong', async () => {
		const { midPilotApi } = credential({ headerValue: 'wrong' });
		await expect(runCredentialTest('midPilotApi', midPilotApi)).rejects.toThrow();
	});

	it('counts the token in a header value among the secrets', () => {
		const { secrets } = provider.readCredential({ headerValue: 'Bearer abc.def' });
		expect(secrets).toEqual(['Bearer abc.def', 'abc.def']);
	});
});
