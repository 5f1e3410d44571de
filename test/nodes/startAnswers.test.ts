import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { runNode } from '../support/engine/runNode';

/*
 * What a start does with odd answers: the crawl runs by then, so an id is never thrown away.
 */

let server: Server;
let answer: unknown;
let requests: Array<{ method: string; path: string; body: string }>;

beforeAll(async () => {
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => {
			body += chunk.toString();
		});
		request.on('end', () => {
			const { method = '', url: path = '' } = request;
			requests.push({ method, path, body });
			response.writeHead(method === 'POST' ? 202 : 200, { 'Content-Type': 'application/json' });
			response.end(JSON.stringify(method === 'POST' ? answer : { jobs: [] }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
	server.close();
});
beforeEach(() => {
	requests = [];
});

const SITE = 'https://example.com/';
const NODES: Record<string, { parameters: INodeParameters; idName: string }> = {
	highLevelCrawler: {
		parameters: { locationId: 'l1', knowledgeBaseId: 'k1', url: SITE },
		idName: 'operationId',
	},
	convocoreCrawler: { parameters: { workspaceId: 'w1', urls: SITE }, idName: 'id' },
	geonodeCrawler: { parameters: { url: SITE }, idName: 'job_id' },
	midPilotScraper: {
		parameters: { sessionId: 's1', starterLinks: SITE, applicationName: 'Docs' },
		idName: 'jobId',
	},
	pathorsCrawler: {
		parameters: { projectId: 'p1', knowledgeBaseId: 'k1', url: SITE },
		idName: 'jobId',
	},
};

async function start(type: string, parameters: INodeParameters = {}, items?: IDataObject[]) {
	const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return await runNode({
		type,
		parameters: {
			resource: 'crawl',
			operation: 'start',
			...NODES[type]?.parameters,
			...parameters,
		},
		credentials: {
			highLevelPrivateIntegrationApi: { token: 'secret-key', baseUrl },
			convocoreCrawlerApi: { workspaceSecret: 'secret-key', region: 'custom', baseUrl },
			geonodeScraperApi: { apiKey: 'secret-key', baseUrl },
			midPilotApi: { baseUrl },
			pathorsDeveloperApi: { developerKey: 'secret-key', baseUrl },
		},
		...(items && { items, settings: { onError: 'continueRegularOutput' as const } }),
	});
}

describe.each(Object.entries(NODES))('Start of %s', (type, { idName }) => {
	it.each([
		['a text', 'job-1', 'job-1'],
		['a number', 4711, '4711'],
	])('gives the id of an answer that holds nothing else, %s', async (_, id, jobId) => {
		answer = { [idName]: id };
		const { json, error } = await start(type);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ jobId, isFinal: false });
		expect(Object.values(json[0]?.reference as object)).toContain(jobId);
	});

	it('gives the id of an answer in an envelope', async () => {
		answer = { success: true, data: { [idName]: 'job-1', status: 7, url: [] } };
		const { json } = await start(type);
		expect(json[0]).toMatchObject({ jobId: 'job-1' });
	});

	it.each([
		['half of a character in the address', '={{ "https://example.com/\\ud83d" }}'],
		['two addresses in a list of unusable ones', 'a, b'],
	])('sends nothing for %s', async (_, url) => {
		const { error } = await start(type, { url, urls: url, starterLinks: url });
		expect(error?.message).toMatch(/'(URL|URLs|Starter Links)'/);
		expect(requests).toEqual([]);
	});

	it('makes half of a character an error of its item alone', async () => {
		answer = { [idName]: 'job-1' };
		const url = '={{ $json.url }}';
		const { json } = await start(type, { url, urls: url, starterLinks: url }, [
			{ url: 'https://example.com/\ud83d' },
			{ url: SITE },
		]);
		expect(json[0]?.error).toContain('an incomplete character');
		expect(json[1]).toMatchObject({ jobId: 'job-1' });
	});
});

it.each(Object.keys(NODES).filter((type) => type !== 'pathorsCrawler'))(
	'Start of %s says that a crawl without an id may run',
	async (type) => {
		for (answer of [{}, null, [], 'accepted', { data: null }, { error: false }, { error: '' }]) {
			const { error } = await start(type);
			expect(error?.message).toContain('accepted the crawl but returned no ID');
			expect(error?.description).toContain('before you start it again');
		}
	},
);

it.each(Object.keys(NODES))(
	'Start of %s gives the words of a refusal with HTTP 200',
	async (type) => {
		answer = {
			success: false,
			message: 'Too few credits',
			error: 'Too few credits',
			data: { left: 10 },
		};
		const { error } = await start(type);
		expect(error?.message).not.toContain('accepted');
		expect(error?.description).toContain('Too few credits');
		expect(error?.description).not.toContain('may have been started');
	},
);

// HighLevel's is a refusal, whatever else it has.
it.each(Object.keys(NODES).filter((type) => type !== 'highLevelCrawler'))(
	'Start of %s gives the id beside what looks like a refusal, since the crawl runs',
	async (type) => {
		answer = { success: false, message: 'Slow', data: { [NODES[type]?.idName ?? '']: 'job-1' } };
		const { json } = await start(type);
		expect(json[0]).toMatchObject({ jobId: 'job-1' });
	},
);

describe('a webhook of Convocore out of expressions', () => {
	const webhook = (settings: IDataObject) => ({
		options: { webhook: { settings } } as unknown as INodeParameters,
	});
	const sent = () => (JSON.parse(requests[0]?.body ?? '{}') as { webhook?: unknown }).webhook;

	it('may have numbers as secrets', async () => {
		answer = { id: 'job-1' };
		await start('convocoreCrawler', {
			...webhook({
				url: 'https://example.com/hook',
				secret: '={{ 12345 }}',
				bearerToken: '={{ 67890 }}',
				events: '={{ "Job Failed" }}',
				headers: { header: [{ name: '={{ "X-Tenant" }}', value: '={{ 7 }}' }] },
			}),
		});
		expect(sent()).toEqual({
			url: 'https://example.com/hook',
			secret: '12345',
			bearerToken: '67890',
			events: ['job_failed'],
			headers: { 'X-Tenant': '7' },
		});
	});

	it.each([
		['Webhook > Secret', { secret: 'a\r\nX: 1' }],
		['Webhook > Bearer Token', { bearerToken: 'a b' }],
		['Webhook > Headers > Name', { headers: { header: [{ name: 'X Y', value: '1' }] } }],
		['Webhook > Headers > Name', { headers: { header: [{ name: '', value: '1' }] } }],
		['Webhook > Headers > Value', { headers: { header: [{ name: 'X', value: 'a\nb' }] } }],
		['Webhook > URL', { url: 'https://a/x, https://b/y' }],
	])('is refused by the name of %s before anything is sent', async (label, settings) => {
		const { error } = await start(
			'convocoreCrawler',
			webhook({ url: 'https://example.com/hook', ...settings }),
		);
		expect(error?.message).toContain(`'${label}'`);
		expect(requests).toEqual([]);
	});
});

it('names the session that was made for a crawl which could not be started', async () => {
	answer = { sessionId: 815 };
	const { error } = await start('midPilotScraper', {
		sessionId: '',
		options: { createSession: true },
	});
	expect(error?.description).toContain("'Get Many' in the session 815");
	expect(requests.map(({ path }) => path)).toEqual([
		'/api/v1/session',
		'/api/v1/scrape/815/scrape',
	]);
});
