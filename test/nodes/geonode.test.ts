import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type NodeCall } from '../support/engine/runNode';
import { useSimulator } from '../support/useSimulator';

const JOB_ID = '9d7b2c8e-8a4b-4c10-9af3-65f4f8f6c019';

const simulator = useSimulator({ pageDelayMs: 1 });

const credential = () => ({
	apiKey: simulator.credentials.geonode.apiKey,
	baseUrl: simulator.baseUrls.geonode,
});

const geonode = async (parameters: INodeParameters, change: Partial<NodeCall> = {}) =>
	await runNode({
		type: 'geonodeCrawler',
		parameters,
		credentials: { geonodeScraperApi: credential() },
		...change,
	});

const start = async (url: string, options: IDataObject = {}) =>
	await geonode({
		resource: 'crawl',
		operation: 'start',
		url,
		options: options as INodeParameters,
	});

/** A crawl that has ended, known to the simulator. */
function finishedCrawl(pages = 10): string {
	simulator.scriptJob({
		provider: 'geonode',
		jobId: JOB_ID,
		durationMs: 0,
		outcome: 'succeeded',
		pages,
	});
	return JOB_ID;
}

describe('Crawl: Start', () => {
	it('gives the new crawl as a queued CrawlJob', async () => {
		const { json } = await start(simulator.siteUrl);
		expect(json).toEqual([
			expect.objectContaining({
				provider: 'geonode',
				status: 'queued',
				url: simulator.siteUrl,
				reference: { jobId: json[0]?.jobId },
			}),
		]);
	});

	it('sends nothing that the user did not set', async () => {
		await start(simulator.siteUrl);
		expect(simulator.requests.map(({ body }) => body)).toEqual([{ url: simulator.siteUrl }]);
	});

	it('sends every option by the name that the API has for it', async () => {
		await start(simulator.siteUrl, {
			depth: 3,
			maxPages: 20,
			formats: ['markdown', 'html'],
			renderJs: true,
			sameDomainOnly: true,
			includeSubdomains: false,
			proxyCountry: 'DE',
			proxyType: 'residential',
			waitUntil: 'commit',
			waitFor: '#main',
			waitTimeout: 5000,
		});
		expect(simulator.requests[0]?.body).toEqual({
			url: simulator.siteUrl,
			depth: 3,
			limit: 20,
			formats: ['markdown', 'html'],
			render_js: true,
			same_domain_only: true,
			include_subdomains: false,
			proxy: { country: 'DE', type: 'residential' },
			wait_config: { wait_until: 'commit', wait_for: '#main', wait_timeout: 5000 },
		});
	});

	it.each([['example.com'], ['ftp://example.com'], ['javascript:alert(1)']])(
		'refuses the address "%s" before anything is sent',
		async (url) => {
			const { error } = await start(url);
			expect(error?.message).toContain("'URL' is not a web address [item 0]");
			expect(simulator.requests).toHaveLength(0);
		},
	);

	it('shows what the API has against a value', async () => {
		const { error } = await start('https://example.com/unreachable');
		expect(error?.message).toContain('rejected the values of the request (HTTP 422)');
		expect(error?.description).toContain('https://example.com/unreachable');
	});

	it('is sent once for each item, also when the server fails', async () => {
		const { error } = await geonode(
			{ resource: 'crawl', operation: 'start', url: simulator.siteUrl },
			{ credentials: { geonodeScraperApi: { ...credential(), apiKey: 'wrong' } } },
		);
		expect(error).toBeDefined();
		expect(simulator.requests).toHaveLength(1);
	});
});

describe('Crawl: Get Status', () => {
	const getStatus = async (jobId: string, options: IDataObject = {}) =>
		await geonode({
			resource: 'crawl',
			operation: 'getStatus',
			jobId,
			options: options as INodeParameters,
		});

	it('gives the crawl as a CrawlJob', async () => {
		const jobId = finishedCrawl();
		const { json } = await getStatus(jobId);
		expect(json).toEqual([
			expect.objectContaining({
				jobId,
				status: 'succeeded',
				rawStatus: 'completed',
				isFinal: true,
			}),
		]);
	});

	it('asks for the smallest answer that the API can give', async () => {
		await getStatus(finishedCrawl());
		expect(simulator.requests.map(({ query }) => query)).toEqual([{ page: '1', page_size: '1' }]);
	});

	it('adds the untouched answer on request', async () => {
		const jobId = finishedCrawl();
		const { json } = await getStatus(jobId, { includeRaw: true });
		expect(json[0]?.raw).toMatchObject({ job_id: jobId, status: 'completed' });
	});

	it('reads the id from the input item when nothing is filled in', async () => {
		const jobId = finishedCrawl();
		const { json } = await geonode(
			{ resource: 'crawl', operation: 'getStatus' },
			{ items: [{ jobId }] },
		);
		expect(json[0]).toMatchObject({ jobId, status: 'succeeded' });
	});

	it.each([
		['in a resource locator', (jobId: string) => ({ __rl: true, mode: 'id', value: jobId })],
		['with blanks around it', (jobId: string) => `  ${jobId}\n`],
	])('takes an id %s', async (_, wrap) => {
		const jobId = finishedCrawl();
		const { json } = await geonode({
			resource: 'crawl',
			operation: 'getStatus',
			jobId: wrap(jobId),
		});
		expect(json[0]).toMatchObject({ jobId });
	});
});

describe('Crawl: Get Many', () => {
	const getMany = async (parameters: INodeParameters) =>
		await geonode({ resource: 'crawl', operation: 'getMany', ...parameters });

	it('gives each crawl of the account as a CrawlJob', async () => {
		const jobId = finishedCrawl();
		const { json } = await getMany({ returnAll: true });
		expect(json.find((job) => job.jobId === jobId)).toMatchObject({
			provider: 'geonode',
			status: 'succeeded',
			progress: { percent: 100 },
		});
	});

	it('gives no more than the limit, and asks for no further page', async () => {
		finishedCrawl();
		const { json } = await getMany({ returnAll: false, limit: 1 });
		expect(json).toHaveLength(1);
		expect(simulator.requests).toHaveLength(1);
	});
});

describe('Crawl: Cancel', () => {
	const cancel = async (jobId: string) =>
		await geonode({ resource: 'crawl', operation: 'cancel', jobId });

	it('stops a running crawl', async () => {
		const { json: started } = await start(`${simulator.siteUrl}slow/`);
		const { json } = await cancel(started[0]?.jobId as string);
		expect(json).toEqual([expect.objectContaining({ status: 'cancelled', isFinal: true })]);
	});

	it('says that a finished crawl cannot be cancelled', async () => {
		const { error } = await cancel(finishedCrawl());
		expect(error?.message).toContain('says that this crawl has already ended (HTTP 409)');
		expect(error?.description).toContain('There is nothing to cancel');
	});
});

describe('Page: Get Many', () => {
	const getPages = async (jobId: string, parameters: INodeParameters = {}) =>
		await geonode({
			resource: 'page',
			operation: 'getMany',
			jobId,
			returnAll: true,
			...parameters,
		});

	it('gives each page of the crawl once, with its content', async () => {
		const { json } = await getPages(finishedCrawl());
		const urls = json.map((page) => page.url);
		expect(new Set(urls).size).toBe(urls.length);
		expect(json[0]).toMatchObject({ status: 'completed', markdown: expect.any(String) as string });
	});

	it('keeps all fields when it is not to simplify', async () => {
		const { json } = await getPages(finishedCrawl(), { simplify: false });
		expect(Object.keys(json[0] ?? {})).toEqual(
			expect.arrayContaining(['parentUrl', 'links', 'html', 'httpStatus', 'tokensCharged']),
		);
	});

	it('stops at the first short slice', async () => {
		await getPages(finishedCrawl());
		expect(simulator.requests).toHaveLength(1);
	});

	it('pages through a crawl of more pages than one answer holds', async () => {
		const { json } = await getPages(finishedCrawl(120));
		expect(json).toHaveLength(120);
		expect(simulator.requests.map(({ query }) => query.page)).toEqual(['1', '2', '3']);
	});
});

describe('what goes wrong', () => {
	const getStatus = async (jobId: unknown, change: Partial<NodeCall> = {}) =>
		await geonode(
			{ resource: 'crawl', operation: 'getStatus', jobId: jobId as INodeParameters['jobId'] },
			change,
		);

	const scriptFault = (fault: object) =>
		simulator.scriptJob({
			provider: 'geonode',
			jobId: JOB_ID,
			durationMs: 1000,
			outcome: 'succeeded',
			faults: [{ check: 'all', fault: fault as never }],
		});

	it.each([
		['empty', '', "'Crawl' is missing"],
		['blank', '   ', "'Crawl' is missing"],
		['not in the item', '={{ $json.nothing }}', "'Crawl' is missing"],
		['a way out of its place', '../usage', "'Crawl' is not a valid ID"],
		['a dot segment', '..', "'Crawl' is not a valid ID"],
		['with a query', 'abc?page_size=50', "'Crawl' is not a valid ID"],
		['with a fragment', 'abc#results', "'Crawl' is not a valid ID"],
		['encoded', 'abc%2e%2e', "'Crawl' is not a valid ID"],
		['of two words', 'abc def', "'Crawl' is not a valid ID"],
	])('names the item whose id is %s, and sends nothing', async (_, jobId, message) => {
		const { error } = await getStatus(jobId);
		expect(error?.message).toContain(message);
		expect(error?.message).toContain('[item 0]');
		expect(simulator.requests).toHaveLength(0);
	});

	it.each([
		['an unknown id', { kind: 'notFound' }, 'could not find what was requested (HTTP 404)'],
		['a web page', { kind: 'html' }, 'returned a web page instead of JSON'],
		['a body cut in half', { kind: 'cutBody' }, 'returned damaged or incomplete JSON'],
		[
			'a body that ends early',
			{ kind: 'cutConnection' },
			'closed before the response was complete',
		],
		['a lost connection', { kind: 'reset' }, 'closed before the response was complete'],
		['an empty body', { kind: 'emptyBody' }, 'not a Geonode crawl job'],
		['an overload', { kind: 'http', status: 429 }, 'received too many requests (HTTP 429)'],
		['a server error', { kind: 'http', status: 503 }, 'is not working right now (HTTP 503)'],
		['a refused key', { kind: 'http', status: 401 }, 'rejected the credential (HTTP 401)'],
		['too small a balance', { kind: 'http', status: 402 }, 'requires a payment'],
		[
			'another job',
			{ kind: 'http', status: 200, body: { job_id: 'b', status: 'completed' } },
			'returned a different crawl',
		],
	])('says what happened on %s', async (_, fault, message) => {
		scriptFault(fault);
		const { error } = await getStatus(JOB_ID);
		expect(error?.message).toContain(message);
		expect(error?.description).toBeTruthy();
	});

	it('says that a host cannot be reached, without naming its address', async () => {
		const { error } = await getStatus(JOB_ID, {
			credentials: { geonodeScraperApi: { ...credential(), baseUrl: 'http://127.0.0.1:1' } },
		});
		expect(error?.message).toContain('The server refused the connection');
		expect(JSON.stringify([error?.message, error?.description])).not.toContain('127.0.0.1');
	});

	it.each([['file:///etc/passwd'], ['example.com'], [''], ['https://user:pass@example.com']])(
		'refuses the base URL "%s"',
		async (baseUrl) => {
			const { error } = await getStatus(JOB_ID, {
				credentials: { geonodeScraperApi: { ...credential(), baseUrl } },
			});
			expect(error?.message).toContain("The 'Base URL' in the credential is not valid");
		},
	);

	it('never shows the key, also when the server sends it back', async () => {
		scriptFault({ kind: 'echoCredential', status: 403 });
		const { error } = await getStatus(JOB_ID);
		expect(error?.description).toContain('[redacted]');
		expect(JSON.stringify(error)).not.toContain(simulator.credentials.geonode.apiKey);
	});

	it('never shows the key in a raw answer', async () => {
		const { apiKey } = simulator.credentials.geonode;
		scriptFault({
			kind: 'http',
			status: 200,
			body: { job_id: JOB_ID, status: 'processing', note: `called with ${apiKey}`, [apiKey]: 1 },
		});
		const { json } = await geonode({
			resource: 'crawl',
			operation: 'getStatus',
			jobId: JOB_ID,
			options: { includeRaw: true },
		});
		expect(json[0]?.raw).toMatchObject({ note: 'called with [redacted]' });
		expect(JSON.stringify(json)).not.toContain(apiKey);
	});

	it('keeps the other items when n8n is to continue', async () => {
		const jobId = finishedCrawl();
		const { outputs } = await geonode(
			{ resource: 'crawl', operation: 'getStatus' },
			{
				items: [{ jobId: 'unknown' }, { jobId }],
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(outputs[0]).toEqual([
			{
				json: { error: expect.stringContaining('[item 0]') as string },
				pairedItem: { item: 0 },
			},
			{ json: expect.objectContaining({ jobId }) as IDataObject, pairedItem: { item: 1 } },
		]);
	});

	it('sends only the failed item to the error output', async () => {
		const jobId = finishedCrawl();
		const { outputs } = await geonode(
			{ resource: 'crawl', operation: 'getStatus' },
			{
				items: [{ jobId: 'unknown' }, { jobId }],
				settings: { onError: 'continueErrorOutput' },
			},
		);
		expect(outputs.map((items) => items.map(({ json }) => json.jobId))).toEqual([
			[jobId],
			['unknown'],
		]);
	});
});
