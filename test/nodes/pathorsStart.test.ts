import type { INodeParameters } from 'n8n-workflow';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { NodeCall } from '../support/engine/runNode';
import { useSimulator } from '../support/useSimulator';
import { JOB_ID, pathorsNode } from './pathorsNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const { ids, pathors, scriptJob, listShows, sent } = pathorsNode(simulator);

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
		['is one of several new ones', [{ check: 1, status: 200, body: { jobs: [] } }], 'same time'],
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

	it.each([
		['is found in the list', [{ jobId: 'new' }], { jobId: 'new', warnings: [] }],
		['is an error where the list does not show it', [], undefined],
	])('of which the answer is a success without JSON %s', async (_, jobs, expected) => {
		let isStarted = false;
		const server = createServer((request, response) => {
			const isStart = request.method === 'POST';
			if (isStart) isStarted = true;
			response.writeHead(isStart ? 202 : 200, { 'Content-Type': 'application/json' });
			response.end(isStart ? 'Accepted' : JSON.stringify({ jobs: isStarted ? jobs : [] }));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const { json, error } = await start(
			{},
			{ credentials: { pathorsDeveloperApi: { developerKey: 'key-of-this-test', baseUrl } } },
		);
		server.close();
		expect({ json: json[0], isError: error !== undefined }).toEqual({
			json: expected && expect.objectContaining(expected),
			isError: expected === undefined,
		});
	});

	it('sends the additional fields along with the URL', async () => {
		scriptJob();
		await start({ additionalFields: { limit: 20, url: 'https://other.test' } });
		expect(simulator.requests.map(({ body }) => body)).toContainEqual({
			limit: 20,
			url: `${simulator.siteUrl}handbook/`,
		});
	});

	it.each([
		['[1]', 'a JSON object'],
		['{ limit', 'valid JSON'],
		['7', 'a JSON object'],
		['null', 'a JSON object'],
	])(
		'refuses the additional fields %s before anything is sent',
		async (additionalFields, expected) => {
			const { error } = await start({ additionalFields });
			expect(error?.message).toContain(`'Additional Fields' is not ${expected} [item 0]`);
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
			expect(error?.message).toContain("'URL' is not a web address [item 0]");
			expect(simulator.requests).toHaveLength(0);
		},
	);

	it('starts nothing when the knowledge base does not exist', async () => {
		const { error } = await start();
		expect(error?.message).toContain('could not find what was requested (HTTP 404)');
		// The list can be missing before the first crawl: the provider refuses the start itself.
		expect(sent()).toEqual(['GET /jobs', 'GET /jobs', 'POST ']);
	});

	it('starts one crawl for each item', async () => {
		scriptJob();
		const { json } = await start({}, { items: [{}, {}] });
		expect(new Set(json.map(({ jobId }) => jobId)).size).toBe(2);
		expect(sent().filter((request) => request === 'POST ')).toHaveLength(2);
	});
});
