import type { INodeParameters } from 'n8n-workflow';

import { highLevel as provider } from '../../nodes/HighLevelCrawler/provider';
import { runCredentialTest } from '../support/engine/credentialTest';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { useSimulator } from '../support/useSimulator';
import { TOKEN_WITHOUT_SCOPE } from '../support/simulator/settings';
import { crawlItem, highLevel, OPERATION_ID, referenceTo, scriptCrawl } from './highLevelNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const credentialWith = (change: object) => {
	const { highLevelPrivateIntegrationApi: values } = simulatorCredentials(simulator);
	return { credentials: { highLevelPrivateIntegrationApi: { ...values, ...change } } };
};

describe('Crawl: Start', () => {
	const start = async (parameters: INodeParameters = {}, change = {}) =>
		await highLevel(
			simulator,
			{
				resource: 'crawl',
				operation: 'start',
				knowledgeBaseId: simulator.ids.highLevel.knowledgeBaseId,
				url: simulator.siteUrl,
				...parameters,
			},
			change,
		);

	it.each(['2021-04-15', '2021-07-28', '2023-02-21', 'v3'])(
		'gives the new crawl as a CrawlJob with version %s of the API',
		async (apiVersion) => {
			const { json } = await start({ apiVersion });
			expect(json).toEqual([
				expect.objectContaining({
					provider: 'highLevel',
					status: 'running',
					rawStatus: 'Processing',
					url: simulator.siteUrl,
					reference: { ...simulator.ids.highLevel, operationId: json[0]?.jobId },
				}),
			]);
			expect(simulator.requests[0]?.headers.version).toBe(apiVersion);
		},
	);

	it('asks for what was chosen, in the sub-account of the credential', async () => {
		await start({ option: 'Exact' });
		expect(simulator.requests.map(({ body }) => body)).toEqual([
			{ ...simulator.ids.highLevel, url: simulator.siteUrl, option: 'Exact' },
		]);
	});

	it('prefers the sub-account of the node', async () => {
		await start({ locationId: 'another' });
		expect(simulator.requests[0]?.body).toMatchObject({ locationId: 'another' });
	});

	it('says where to find the sub-account when nobody names one', async () => {
		const { error } = await start({}, credentialWith({ locationId: '' }));
		expect(error?.message).toBe("'Location ID' is missing [item 0]");
		expect(error?.description).toContain('Settings > Business Profile');
	});

	const options = {
		preSelectedUrls: 'https://example.com/a\n\nhttps://example.com/b',
		autoTrain: true,
	};

	it('sends the options of the newest version by the names that it has for them', async () => {
		await start({ apiVersion: 'v3', options });
		expect(simulator.requests[0]?.body).toMatchObject({
			preSelectedUrls: ['https://example.com/a', 'https://example.com/b'],
			autoTrain: true,
		});
	});

	it('sends none of them with an older version', async () => {
		await start({ apiVersion: '2021-07-28', options });
		expect(simulator.requests[0]?.body).not.toHaveProperty('autoTrain');
	});

	it('refuses an address that is none before anything is sent', async () => {
		const { error } = await start({ url: 'example.com' });
		expect(error?.message).toContain("'URL' is not a web address [item 0]");
		expect(simulator.requests).toHaveLength(0);
	});

	it('is sent once, also when the server refuses it', async () => {
		const { error } = await start({}, credentialWith({ token: 'wrong' }));
		expect(error).toBeDefined();
		expect(simulator.requests).toHaveLength(1);
	});
});

describe('Crawl: Get Status', () => {
	const getStatus = async (parameters: INodeParameters = {}) =>
		await highLevel(simulator, { resource: 'crawl', operation: 'getStatus', ...parameters });

	it.each(['2021-04-15', 'v3'])('reads the crawl of the item, version %s', async (apiVersion) => {
		scriptCrawl(simulator);
		const { json } = await getStatus({ apiVersion });
		expect(json).toEqual([
			expect.objectContaining({
				...crawlItem(simulator),
				status: 'succeeded',
				rawStatus: 'Successful',
				isFinal: true,
			}),
		]);
	});

	it('asks by the three ids of the crawl', async () => {
		scriptCrawl(simulator);
		await getStatus();
		expect(simulator.requests.map(({ query }) => query)).toEqual([referenceTo(simulator)]);
	});

	it('adds the untouched answer on request', async () => {
		scriptCrawl(simulator);
		const { json } = await getStatus({ options: { includeRaw: true } });
		expect(json[0]?.raw).toMatchObject({
			success: true,
			data: { operationDetails: { _id: OPERATION_ID } },
		});
	});

	it.each([
		['discovery', undefined, 'succeeded'],
		['training', undefined, 'running'],
		['training', { durationMs: 60_000 }, 'running'],
		['training', { durationMs: 0 }, 'succeeded'],
	])(
		'waiting for the %s, with the training %j, finds the crawl %s',
		async (waitFor, training, status) => {
			scriptCrawl(simulator, { ...(training && { training }) });
			const { json } = await getStatus({ waitFor });
			expect(json[0]).toMatchObject({ status, isFinal: status === 'succeeded' });
		},
	);

	it('counts pages that were there before as trained', async () => {
		scriptCrawl(simulator, { status: 'Existing' });
		const { json } = await getStatus({ waitFor: 'training' });
		expect(json[0]).toMatchObject({ status: 'succeeded', rawStatus: 'Existing' });
	});
});

const AGENCY = 'The key belongs to the agency';

describe('what goes wrong', () => {
	const getStatus = async (parameters: INodeParameters = {}, change = {}) =>
		await highLevel(
			simulator,
			{ resource: 'crawl', operation: 'getStatus', ...parameters },
			change,
		);

	const statusWithFault = async (fault: object) => {
		scriptCrawl(simulator, { faults: [{ check: 'all', fault: fault as never }] });
		return await getStatus();
	};

	it.each([
		[400, { statusCode: 400, message: 'Bad Request' }, 'rejected the request', 'Bad Request'],
		[
			401,
			{ statusCode: 401, message: 'Invalid token: access token is invalid', error: 'Unauthorized' },
			'rejected the credential',
			'Use the key of a sub-account',
		],
		[
			422,
			{ statusCode: 422, message: ['a is wrong', 'b is missing'], error: 'Unprocessable Entity' },
			'rejected the values',
			'HighLevel says: a is wrong; b is missing',
		],
		[
			500,
			{ statusCode: 500, message: 'Internal Server Error' },
			'is not working right now',
			'Try again later. If it keeps failing, check that the service is running. HighLevel says: Internal Server Error',
		],
	])('explains the documented answer with status %i', async (status, body, message, advice) => {
		const { error } = await statusWithFault({ kind: 'http', status, body });
		expect(error?.message).toContain(`${message}`);
		expect(error?.description).toContain(advice);
	});

	it.each([
		['an empty refusal', { kind: 'http', status: 403, body: '' }, 'denied access'],
		['an overload', { kind: 'http', status: 429 }, 'received too many requests (HTTP 429)'],
		['an unknown operation', { kind: 'notFound' }, 'could not find what was requested (HTTP 404)'],
		['a web page', { kind: 'html' }, 'returned a web page instead of JSON'],
		['an empty body', { kind: 'emptyBody' }, 'not a HighLevel crawl status'],
		[
			'a failure inside a success',
			{ kind: 'http', status: 200, body: { success: false } },
			'did not succeed',
		],
		[
			'no operation at all',
			{ kind: 'http', status: 200, body: { aggregate: [], operationDetails: null } },
			'could not find the crawl',
		],
		[
			'another operation',
			{ kind: 'http', status: 200, body: { operationDetails: { _id: 'b', status: 'Successful' } } },
			'returned a different crawl',
		],
	])('says what happened on %s', async (_, fault, message) => {
		const { error } = await statusWithFault(fault);
		expect(error?.message).toContain(message);
		expect(error?.description).toBeTruthy();
	});

	it.each([
		['a token without the scopes', { token: TOKEN_WITHOUT_SCOPE }, {}, 'lacks a scope'],
		['a wrong token', { token: 'wrong' }, {}, 'Use the key of a sub-account, not of the agency'],
		['a foreign sub-account', {}, { locationId: 'foreign' }, 'sub-account the key belongs to'],
		['an unknown knowledge base', {}, { knowledgeBaseId: 'x' }, "Check 'Location ID'"],
	])('tells what to do about %s', async (_, credential, parameters, advice) => {
		const { error } = await getStatus(parameters, credentialWith(credential));
		expect(error?.description).toContain(advice);
	});

	it('names both scopes when one is missing', async () => {
		const { error } = await getStatus({}, credentialWith({ token: TOKEN_WITHOUT_SCOPE }));
		expect(error?.description).toContain('knowledge-bases.readonly and knowledge-bases.write');
	});

	it.each([
		[
			'the knowledge base',
			{ knowledgeBaseId: '={{ $json.nothing }}' },
			"'Knowledge Base' is missing",
		],
		['a usable sub-account', { locationId: 'a/b' }, "'Location ID' is not a valid ID"],
	])('asks for %s before anything is sent', async (_, parameters, message) => {
		const { error } = await getStatus(parameters);
		expect(error?.message).toContain(message);
		expect(simulator.requests).toHaveLength(0);
	});

	it.each([
		[401, 'This authClass type is not allowed to access this scope. Check the scopes', AGENCY],
		[403, 'This authClass type is not allowed to access this scope.', AGENCY],
		[401, "Token's user type mismatch!", AGENCY],
		[401, 'The token is not authorized for this scope.', 'The key lacks a scope'],
		[400, 'Invalid API version', "Choose another 'API Version'"],
		[404, 'This endpoint does not exist in API version 2021-04-15', "Choose another 'API Version'"],
		[401, 'version header is invalid.', "Choose another 'API Version'"],
		[401, 'This route is not yet supported by the IAM Service. Please update', "'Base URL'"],
		[403, 'This route is not yet supported by the IAM Service', "'Base URL'"],
		[404, 'This route is not yet supported by the IAM Service', "'Base URL'"],
		[401, 'Invalid JWT', 'Use the key of a sub-account, not of the agency'],
		[403, 'Forbidden resource', "Check that 'Location ID'"],
		[404, 'Operation not found', "'Operation ID'"],
		[422, ['url must be a URL'], "Check 'Location ID'"],
		[500, 'Unsupported scope in version', 'Try again later.'],
	])('advises what to do on HTTP %i with the words "%s"', async (status, message, advice) => {
		const body = { statusCode: status, message };
		const { error } = await statusWithFault({ kind: 'http', status, body });
		expect(error?.description).toContain(advice);
	});

	it('never shows the token, also when the server sends it back', async () => {
		const { error } = await statusWithFault({ kind: 'echoCredential', status: 403 });
		expect(error?.description).toContain('[redacted]');
		expect(JSON.stringify(error)).not.toContain(simulator.credentials.highLevel.token);
	});
});

describe('the test of the credential', () => {
	const test = async (change: object) => {
		const { credentials } = credentialWith(change);
		await runCredentialTest(
			'highLevelPrivateIntegrationApi',
			credentials.highLevelPrivateIntegrationApi,
		);
	};

	it('passes with the right token and sub-account', async () => {
		await expect(test({})).resolves.toBeUndefined();
	});

	it.each([
		['a wrong token', { token: 'wrong' }],
		['a token without the scopes', { token: TOKEN_WITHOUT_SCOPE }],
		['a foreign sub-account', { locationId: 'foreign' }],
	])('fails with %s', async (_, change) => {
		await expect(test(change)).rejects.toThrow();
	});
});

describe('the rate limit', () => {
	it.each([
		['requests are left', { 'x-ratelimit-remaining': '7' }, null],
		['nothing is said', {}, null],
		[
			'none is left in the interval',
			{ 'X-RateLimit-Remaining': '0', 'X-RateLimit-Interval-Milliseconds': '2500' },
			2500,
		],
		['the interval is not said', { 'x-ratelimit-remaining': '0' }, 10_000],
		[
			'none is left today',
			{ 'x-ratelimit-daily-remaining': '0', 'x-ratelimit-remaining': '9' },
			3_600_000,
		],
	])('asks for the right pause when %s', (_, headers, pauseMs) => {
		expect(provider.rateLimitMs?.(headers)).toBe(pauseMs);
	});
});
