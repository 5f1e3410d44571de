import type { IDataObject } from 'n8n-workflow';

import { highLevel } from '../../nodes/HighLevelCrawler/provider';
import { take } from '../../nodes/shared/paginate';
import type { ApiRequest } from '../../nodes/shared/provider';

const KNOWLEDGE_BASE = { locationId: 'l', knowledgeBaseId: 'k' };

/** Lists the crawls of the knowledge base, where every request is answered with the given body. */
async function listJobs(body: unknown, change: IDataObject = {}) {
	const requests: ApiRequest[] = [];
	const values: IDataObject = { knowledgeBaseId: 'k', ...change };
	const jobs = highLevel.listJobs({
		send: async (request) => {
			requests.push(request);
			return { body, pauseMs: null };
		},
		parameter: (name, fallback) => values[name] ?? fallback,
		defaults: { locationId: 'l' },
	});
	return { readings: await take(jobs, Infinity), requests };
}

const answer = (operationDetails: unknown) => ({
	success: true,
	data: { aggregate: [], operationDetails },
});

describe('the crawls that HighLevel lists', () => {
	const latest = { _id: 'latest', status: 'Successful', trainedUrlsCount: 0 };

	it('are the latest of the knowledge base alone, asked for without an operation', async () => {
		const { readings, requests } = await listJobs(answer(latest));
		expect(requests).toEqual([
			{
				method: 'GET',
				path: '/knowledge-bases/crawler/status',
				query: KNOWLEDGE_BASE,
				headers: { Version: '2021-07-28' },
			},
		]);
		expect(readings).toEqual([
			{
				job: expect.objectContaining({
					jobId: 'latest',
					reference: { ...KNOWLEDGE_BASE, operationId: 'latest' },
					status: 'succeeded',
				}),
			},
		]);
	});

	it('follow waitFor', async () => {
		const { readings } = await listJobs(answer(latest), { waitFor: 'training' });
		expect(readings.map(({ job }) => job.status)).toEqual(['running']);
	});

	it.each([
		['there is no operation', null],
		['the operation has no id', {}],
	])('are none when %s', async (_, operation) => {
		expect((await listJobs(answer(operation))).readings).toEqual([]);
	});

	it('carry what a wait needs to believe an end that is deduced', async () => {
		const pending = { _id: 'latest', status: 'Pending', discoveredUrlsCount: 3 };
		const { readings } = await listJobs(answer(pending));
		expect(readings).toEqual([
			{
				job: expect.objectContaining({ status: 'succeeded' }),
				unconfirmed: expect.objectContaining({ status: 'running' }),
				activity: {},
			},
		]);
	});

	it('are refused when the answer is no status', async () => {
		await expect(listJobs({ jobs: [] })).rejects.toThrow('not a HighLevel crawl status');
	});
});
