import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import type { Document } from 'openapi-backend';

import { highLevel as highLevelProvider } from '../../nodes/HighLevelCrawler/provider';
import { runNode, type NodeRun } from '../support/engine/runNode';
import { searchList } from '../support/engine/searchList';
import { specFile } from './specFolder';
import { startSpecServer, type SpecServer } from './specServer';
import { withoutOptional } from './variants';

interface Schemas {
	schemas: Record<string, object>;
}

interface SpecFile {
	openapi: string;
	info: { title: string; version: string };
	paths: Record<string, Record<string, { responses: Record<string, object> }>>;
	components: Schemas;
}

function readSpec(file: string): SpecFile {
	return JSON.parse(readFileSync(specFile(file), 'utf8')) as SpecFile;
}

/** A version of the knowledge-base API, and of OAuth the one path that n8n itself asks. */
function documentOf(version: string): Document & { components: Schemas } {
	const api = readSpec(`highlevel-knowledge-base-${version}.json`);
	const oAuth = readSpec('highlevel-oauth.json');
	const token = oAuth.paths['/oauth/token']?.post;
	if (token === undefined) throw new Error('The specification of OAuth has no /oauth/token');
	// Said in words, and given in the example, but not in the schema.
	const details = api.components.schemas.ErrorDetailsDTO as {
		properties: { options: { nullable?: boolean } };
	};
	details.properties.options.nullable = true;
	const document = {
		...api,
		// Its errors stand in a file that is not published with it.
		paths: {
			...api.paths,
			'/oauth/token': { post: { ...token, responses: { 200: token.responses['200'] } } },
		},
		components: {
			...api.components,
			schemas: { ...oAuth.components.schemas, ...api.components.schemas },
		},
	};
	return document as unknown as Document & { components: Schemas };
}

const STATUS = 'getCrawlingStatusForLatestOperation';
const WORDS = {
	Pending: 'running',
	Processing: 'running',
	Training: 'running',
	Successful: 'succeeded',
	Failed: 'failed',
	Existing: 'succeeded',
	Restricted: 'failed',
	Cancelled: 'cancelled',
	Aborted: 'failed',
};

// Those of the crawl in the documented example.
const IDS = { locationId: 'nnAzVJqSv6PJ1p6zrhvC', knowledgeBaseId: 'CCNPhKqSCkTOG8O7dtbq' };
const REFERENCE = { ...IDS, operationId: '688e410c8a18870ecf4d13bb' };
const ITEM = { jobId: REFERENCE.operationId, reference: REFERENCE };

interface StatusBody {
	data: {
		aggregate: Array<{ _id: string; records: IDataObject[] }>;
		operationDetails: IDataObject;
	};
}

describe.each(['2021-04-15', 'v3'])('the HighLevel nodes against version %s', (apiVersion) => {
	const document = documentOf(apiVersion);
	let server: SpecServer;

	beforeAll(async () => {
		server = await startSpecServer(document);
	});
	afterAll(async () => server.close());
	beforeEach(() => server.reset());
	afterEach(() => {
		expect(server.complaints).toEqual([]);
	});

	const credentials = () => ({
		highLevelPrivateIntegrationApi: {
			token: 'pit-1',
			locationId: IDS.locationId,
			baseUrl: server.baseUrl,
		},
	});

	const oAuth2 = (): Record<string, ICredentialDataDecryptedObject> => ({
		highLevelCrawlerOAuth2Api: {
			clientId: 'client',
			clientSecret: 'secret',
			baseUrl: server.baseUrl,
			oauthTokenData: { access_token: 'old', refresh_token: 'refresh', token_type: 'Bearer' },
		},
	});

	const highLevel = async (parameters: INodeParameters, items: IDataObject[] = [ITEM]) =>
		await runNode({
			type: 'highLevelCrawler',
			parameters: { apiVersion, ...parameters },
			credentials: credentials(),
			items,
		});

	const getStatus = async () => await highLevel({ resource: 'crawl', operation: 'getStatus' });

	const wait = async (): Promise<NodeRun> =>
		await runNode({
			type: 'waitUntilCrawlDone',
			parameters: {
				provider: 'highLevel',
				apiVersion,
				options: { responsiveness: 'fixed', intervalSeconds: 1 },
			},
			credentials: credentials(),
			items: [ITEM],
		});

	const statusBody = (change: IDataObject = {}): StatusBody => {
		const body = structuredClone(server.example(STATUS, 200)) as StatusBody;
		Object.assign(body.data.operationDetails, change);
		return body;
	};

	const answerStatus = (...answers: Array<{ status: number; body: unknown }>) =>
		server.answers.set(STATUS, answers);

	const extra: INodeParameters =
		apiVersion === 'v3'
			? { options: { preSelectedUrls: 'https://example.com/a', autoTrain: true } }
			: {};

	it.each<[string, INodeParameters, string[]]>([
		[
			'Crawl: Start',
			{
				resource: 'crawl',
				operation: 'start',
				...IDS,
				url: 'https://example.com/',
				option: 'Domain',
				...extra,
			},
			['discoverWebsite'],
		],
		['Crawl: Get Status', { resource: 'crawl', operation: 'getStatus' }, [STATUS]],
		[
			'URL: Train, all pages',
			{ resource: 'url', operation: 'train', options: { includeExisting: true } },
			[STATUS, 'trainDiscoveredUrls'],
		],
		[
			'URL: Train, some pages',
			{ resource: 'url', operation: 'train', pages: 'selected', urlIds: 'u1, u2' },
			['trainDiscoveredUrls'],
		],
		[
			'URL: Get Many, of a crawl',
			{ resource: 'url', operation: 'getMany', source: 'crawl', returnAll: true },
			[STATUS],
		],
		[
			'URL: Get Many, of a knowledge base',
			{
				resource: 'url',
				operation: 'getMany',
				limit: 1,
				filters: { urlContains: '/blog/' },
			},
			['getAllWebsiteUrlsDataByKnowledgeBase'],
		],
		[
			'URL: Delete',
			{ resource: 'url', operation: 'delete', ...IDS, urlIds: 'u1' },
			['deleteTrainedUrlsForKnowledgeBase'],
		],
		[
			'Knowledge Base: Get Many',
			{ resource: 'knowledgeBase', operation: 'getMany', locationId: IDS.locationId, limit: 1 },
			['listAllKnowledgeBasesPaginated'],
		],
	])('%s asks as documented, and reads what is documented', async (_, parameters, operations) => {
		// A page that can be trained, among those of the example.
		const body = statusBody();
		if (body.data.aggregate[0]) body.data.aggregate[0]._id = 'Pending';
		answerStatus({ status: 200, body });
		const { error, json } = await highLevel(parameters);
		expect(error).toBeUndefined();
		expect(json.length).toBeGreaterThan(0);
		expect(server.operations).toEqual(operations);
	});

	it('reads a started crawl', async () => {
		const { json } = await highLevel({
			resource: 'crawl',
			operation: 'start',
			...IDS,
			url: 'https://example.com/',
		});
		expect(json[0]).toMatchObject({
			jobId: '688e410c8a18870ecf4d13bb',
			rawStatus: 'Processing',
			status: 'running',
			url: 'https://developer.mozilla.org/en-US/blog/',
			warnings: [],
		});
	});

	it('asks for the latest crawl without an operation id, which only newer documents allow', async () => {
		const { path, query } = highLevelProvider.statusRequest(IDS);
		await fetch(`${server.baseUrl}${path}?${new URLSearchParams(query as typeof IDS).toString()}`, {
			headers: { Authorization: 'Bearer pit-1', Version: apiVersion },
		});
		expect(server.complaints).toEqual([
			expect.stringContaining("/query must have required property 'operationId'"),
		]);
		server.reset();
	});

	it('lists the knowledge bases for the editor', async () => {
		const { results } = await searchList({
			type: 'highLevelCrawler',
			method: 'searchHighLevelKnowledgeBases',
			parameters: { apiVersion, locationId: IDS.locationId },
			credentials: credentials(),
			filter: 'docs',
			paginationToken: 'kb1',
		});
		expect(results).toHaveLength(1);
	});

	describe('a status', () => {
		it('reads every field of the documented example', async () => {
			answerStatus({ status: 200, body: statusBody() });
			const { json } = await getStatus();
			expect(json[0]).toMatchObject({
				provider: 'highLevel',
				jobId: '688e410c8a18870ecf4d13bb',
				rawStatus: 'Pending',
				isFinal: false,
				url: 'https://developer.mozilla.org/en-US/blog/',
				progress: { total: 66, completed: 0 },
				createdAt: '2025-08-02T16:47:08.182Z',
				updatedAt: '2025-08-02T16:48:43.635Z',
			});
		});

		it.each(Object.entries(WORDS))('reads the documented word %s', async (word, status) => {
			answerStatus({ status: 200, body: statusBody({ status: word }) });
			const { json } = await getStatus();
			expect(json[0]).toMatchObject({ rawStatus: word, status });
		});

		it('needs no field that is optional', async () => {
			const schema = document.components.schemas.CrawlingStatusResponseDTO ?? {};
			const resolved = resolveRefs(schema, document.components.schemas);
			const body = withoutOptional(statusBody({ status: 'Successful' }), resolved);
			answerStatus({ status: 200, body });
			const { json } = await getStatus();
			expect(json[0]).toMatchObject({ status: 'succeeded', warnings: [] });
		});

		it('needs no pages', async () => {
			const body = statusBody();
			body.data.aggregate = [];
			answerStatus({ status: 200, body });
			const { json } = await getStatus();
			expect(json[0]).toMatchObject({ progress: { failed: 0 }, warnings: [] });
		});

		it('ends a wait with the documented words', async () => {
			answerStatus(
				{ status: 200, body: statusBody({ status: 'Processing' }) },
				{ status: 200, body: statusBody({ status: 'Successful' }) },
			);
			const { outputs } = await wait();
			expect(outputs.map((items) => items.length)).toEqual([1, 0, 0, 0]);
			expect(server.operations).toEqual([STATUS, STATUS]);
		});
	});

	describe('a documented error', () => {
		const error = (status: number) => ({ status, body: server.example(STATUS, status) });

		it.each([
			[400, 'Bad Request'],
			[401, 'Invalid token: access token is invalid'],
			[422, 'Unprocessable Entity'],
			[500, 'Internal Server Error'],
		])('%i is told in its own words, with advice', async (status, words) => {
			answerStatus(error(status));
			const { error: shown } = await getStatus();
			expect(`${shown?.message} ${shown?.description}`).toContain(words);
			expect(shown?.description).toBeTruthy();
		});

		it.each([400, 401, 422])('%i ends the wait of its item at once', async (status) => {
			answerStatus(error(status));
			const run = await wait();
			expect(run.error).toBeDefined();
			expect(server.operations).toHaveLength(1);
		});

		it('500 passes', async () => {
			answerStatus(error(500), { status: 200, body: statusBody({ status: 'Successful' }) });
			const { outputs } = await wait();
			expect(outputs[0]).toHaveLength(1);
		});
	});

	it('has its OAuth2 token renewed as documented', async () => {
		answerStatus({ status: 401, body: server.example(STATUS, 401) });
		server.answers.set('get-access-token', [
			{
				status: 200,
				body: {
					access_token: 'new',
					token_type: 'Bearer',
					expires_in: 86399,
					refresh_token: 'next',
					scope: 'knowledge-bases.readonly knowledge-bases.write',
					userType: 'Location',
					locationId: IDS.locationId,
					companyId: 'company',
					userId: 'user',
				},
			},
		]);
		const { error, json } = await runNode({
			type: 'highLevelCrawler',
			parameters: {
				apiVersion,
				authentication: 'oAuth2',
				resource: 'crawl',
				operation: 'getStatus',
			},
			credentials: oAuth2(),
			items: [ITEM],
		});
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1);
		expect(server.operations).toEqual([STATUS, 'get-access-token', STATUS]);
	});
});

/** A schema with those it names in their places; none of HighLevel's names itself. */
function resolveRefs(schema: object, schemas: Record<string, object>): object {
	const text = JSON.stringify(schema, (_key, value: unknown) => {
		if (typeof value !== 'object' || value === null || !('$ref' in value)) return value;
		const name = String(value.$ref).split('/').at(-1) ?? '';
		return resolveRefs(schemas[name] ?? {}, schemas);
	});
	return JSON.parse(text) as object;
}
