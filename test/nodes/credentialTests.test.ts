import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { convocore } from '../../nodes/ConvocoreCrawler/provider';
import { geonode } from '../../nodes/GeonodeCrawler/provider';
import { highLevel } from '../../nodes/HighLevelCrawler/provider';
import { midPilot } from '../../nodes/MidPilotScraper/provider';
import { pathors } from '../../nodes/PathorsCrawler/provider';
import { credentialTest } from '../../nodes/shared/node/credentialTest';
import { runCredentialTest } from '../support/engine/credentialTest';
import { packageCredentials } from '../support/engine/packageTypes';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { startRawServer } from '../support/hostile/rawServer';
import { startSimulator, type Simulator } from '../support/simulator';
import { TOKEN_WITHOUT_SCOPE } from '../support/simulator/settings';

let simulator: Simulator;
let server: Server;
let answer: { status: number; body: string; headers?: Record<string, string> };
let paths: string[];

beforeAll(async () => {
	simulator = await startSimulator({ pageDelayMs: 1 });
	server = createServer((request, response) => {
		paths.push(request.url ?? '');
		response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
		response.end(answer.body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	await simulator.close();
	server.close();
});
beforeEach(() => {
	paths = [];
	simulator.requests.length = 0;
});

const oAuth2 = (): ICredentialDataDecryptedObject => ({
	baseUrl: simulator.baseUrls.highLevel,
	clientId: 'client',
	clientSecret: 'secret',
	oauthTokenData: {
		access_token: simulator.credentials.highLevel.token,
		token_type: 'Bearer',
		locationId: simulator.ids.highLevel.locationId,
	},
});

const working = (type: string): ICredentialDataDecryptedObject =>
	simulatorCredentials(simulator)[type] ?? oAuth2();

const elsewhere = (type: string): ICredentialDataDecryptedObject => ({
	...working(type),
	baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
});

describe.each(packageCredentials.map(({ name }) => name))('the test of %s', (type) => {
	it('passes for the provider', async () => {
		await expect(runCredentialTest(type, working(type))).resolves.toBeUndefined();
	});

	it.each([
		['a website', 200, '<!DOCTYPE html><html><body>Welcome</body></html>'],
		['a plain text', 200, 'OK'],
		['nothing', 200, ''],
		['a page of an error', 500, '<html>Oops</html>'],
	])('fails for %s', async (_, status, body) => {
		answer = { status, body, headers: { 'Content-Type': 'text/html' } };
		await expect(runCredentialTest(type, elsewhere(type))).rejects.toThrow();
	});

	it('names the field of the address when something else answers', async () => {
		answer = { status: 200, body: '<html></html>' };
		await expect(runCredentialTest(type, elsewhere(type))).rejects.toThrow("'Base URL'");
	});

	it.each([301, 302, 303, 307, 308])('follows no redirect (HTTP %d)', async (status) => {
		const location = `http://127.0.0.1:${(server.address() as AddressInfo).port}/other`;
		answer = { status, body: '', headers: { Location: location } };
		await expect(runCredentialTest(type, elsewhere(type))).rejects.toThrow(/redirect/);
		expect(paths).toHaveLength(1);
	});

	it.each([['/'], ['?'], ['#'], [' \n']])('reads a base URL that ends in %j', async (end) => {
		const values = working(type);
		const baseUrl = `${values.baseUrl as string}${end}`;
		await expect(runCredentialTest(type, { ...values, baseUrl })).resolves.toBeUndefined();
	});
});

it.each(packageCredentials.map(({ name }) => name))(
	'the test of %s fails for the JSON of another service',
	async (type) => {
		answer = { status: 200, body: '{"status":"fine"}' };
		await expect(runCredentialTest(type, elsewhere(type))).rejects.toThrow("'Base URL'");
	},
);

const KEYS: Record<string, string> = {
	highLevelPrivateIntegrationApi: 'token',
	convocoreCrawlerApi: 'workspaceSecret',
	geonodeScraperApi: 'apiKey',
	pathorsDeveloperApi: 'developerKey',
};

const SECRETS: Record<string, string> = { ...KEYS, midPilotApi: 'headerValue' };

describe.each(Object.entries(KEYS))('the key of %s', (type, field) => {
	it.each([
		['blanks around it', (key: string) => ` ${key}\n`],
		['quotes around it', (key: string) => `"${key}"`],
		['"Bearer" before it', (key: string) => `Bearer ${key}`],
		['an invisible character in it', (key: string) => `\u200b${key}`],
	])('may have %s', async (_, change) => {
		const values = working(type);
		const given = { ...values, [field]: change(values[field] as string) };
		await expect(runCredentialTest(type, given)).resolves.toBeUndefined();
	});

	it.each([['a b'], ['a\r\nX-Injected: 1']])('is refused as %j', async (key) => {
		const test = runCredentialTest(type, { ...working(type), [field]: key });
		await expect(test).rejects.toThrow('contains a space, a line break');
		expect(simulator.requests).toEqual([]);
	});
});

/** The credentials that a node tests, and so can say what is wrong. */
const TESTED = [
	['convocoreCrawlerApi', convocore],
	['geonodeScraperApi', geonode],
	['highLevelPrivateIntegrationApi', highLevel],
	['midPilotApi', midPilot],
	['pathorsDeveloperApi', pathors],
] as const;

describe.each(TESTED)('the test of %s says', (type, provider) => {
	const failure = async (change: ICredentialDataDecryptedObject, test = credentialTest(provider)) =>
		await runCredentialTest(type, { ...working(type), ...change }, test).then(
			() => 'no failure',
			(error: Error) => error.message,
		);

	it.each([
		['a host that does not exist', 'http://no-such-host.invalid', "host name in the 'Base URL'"],
		['a port where nothing listens', 'http://127.0.0.1:1', 'refused the connection'],
		['an address that is none', 'api.example.com', "'Base URL' in the credential is not valid"],
	])('that of the address is wrong: %s', async (_, baseUrl, text) => {
		expect(await failure({ baseUrl })).toContain(text);
	});

	it('that the server does not speak https', async () => {
		const baseUrl = (elsewhere(type).baseUrl as string).replace('http:', 'https:');
		expect(await failure({ baseUrl })).toContain('http://');
	});

	it.each([
		['a website', 200, '<!doctype html><title>Welcome</title>'],
		['a plain text', 200, 'OK'],
		['nothing', 200, ''],
		['the JSON of something else', 200, '{"status":"fine"}'],
		['a website that has no such page', 404, '<!doctype html><title>Not found</title>'],
		['another API that has no such path', 404, '{"oops":true}'],
	])('that the address is that of %s', async (_, status, body) => {
		answer = { status, body };
		const message = await failure({ baseUrl: elsewhere(type).baseUrl ?? '' });
		expect(message).toContain(`This is not the address of the ${provider.displayName} API.`);
		expect(message).toContain("'Base URL'");
	});

	it('where the API is when something says that it has no such path', async () => {
		answer = { status: 404, body: '{"message":"Route GET:/x not found"}' };
		expect(await failure({ baseUrl: elsewhere(type).baseUrl ?? '' })).toContain("'Base URL'");
	});

	it('that the server is not working', async () => {
		answer = { status: 503, body: '' };
		const message = await failure({ baseUrl: elsewhere(type).baseUrl ?? '' });
		expect(message).toContain('is not working right now (HTTP 503). Try again later.');
	});

	it('that the server does not answer, and when', async () => {
		const silent = await startRawServer(() => undefined);
		try {
			const test = credentialTest(provider, 20);
			expect(await failure({ baseUrl: silent.baseUrl }, test)).toContain(
				'The response was not complete within',
			);
		} finally {
			await silent.close();
		}
	});

	it('nothing that is secret, also where the server sends it back', async () => {
		const secret = working(type)[SECRETS[type] ?? ''] as string;
		const message = `no good: ${secret} at 10.0.0.7`;
		answer = { status: 401, body: JSON.stringify({ message, detail: message, error: message }) };
		const said = await failure({ baseUrl: elsewhere(type).baseUrl ?? '' });
		expect(said).toContain('no good: [redacted]');
		expect(said).not.toMatch(new RegExp(`${secret}|10\\.0\\.0\\.7`));
	});
});

describe('the test of a credential names the field that is wrong:', () => {
	it.each<[string, string, ICredentialDataDecryptedObject, string]>([
		['the key', 'geonodeScraperApi', { apiKey: 'wrong' }, "Check 'API Key'"],
		['no key', 'geonodeScraperApi', { apiKey: '' }, "'API Key' is missing"],
		['the key', 'pathorsDeveloperApi', { developerKey: 'sk_old' }, "as 'Developer Key'"],
		['the header', 'midPilotApi', { headerValue: 'wrong' }, "Check 'Header Name' and"],
		['the token', 'highLevelPrivateIntegrationApi', { token: 'wrong' }, "'Private Integration"],
		[
			'a scope',
			'highLevelPrivateIntegrationApi',
			{ token: TOKEN_WITHOUT_SCOPE },
			'lacks a scope: it needs both',
		],
		['the location', 'highLevelPrivateIntegrationApi', { locationId: 'x' }, "'Location ID'"],
		[
			'no location',
			'highLevelPrivateIntegrationApi',
			{ locationId: ' ' },
			"'Location ID' is missing",
		],
		[
			'the secret or the region',
			'convocoreCrawlerApi',
			{ workspaceSecret: 'wrong' },
			"Check 'Workspace Secret' and 'Region'",
		],
		['the workspace', 'convocoreCrawlerApi', { workspaceId: 'x' }, "Check 'Workspace ID' and"],
	])('%s of %s', async (_, type, change, text) => {
		const test = runCredentialTest(type, { ...working(type), ...change });
		await expect(test).rejects.toThrow(text);
	});
});

it.each([
	['highLevelPrivateIntegrationApi', 'locationId'],
	['convocoreCrawlerApi', 'workspaceId'],
])('the test of %s reads an id as the node does: %s', async (type, field) => {
	const values = working(type);
	const given = { ...values, [field]: `"\u200b${values[field] as string}"` };
	await expect(runCredentialTest(type, given)).resolves.toBeUndefined();
	const address = { ...values, [field]: 'https://example.com/x' };
	await expect(runCredentialTest(type, address)).rejects.toThrow('is not a valid ID');
});

describe('the test of midPilot, where the server is well,', () => {
	const sessions = async (status: number, body: string) => {
		const api = createServer(({ url }, response) => {
			const isHealth = url === '/health';
			response.writeHead(isHealth ? 200 : status, { 'Content-Type': 'application/json' });
			response.end(isHealth ? '{"message":"OK"}' : body);
		});
		await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
		return await runCredentialTest('midPilotApi', { baseUrl }, credentialTest(midPilot))
			.then(
				() => 'OK',
				(error: Error) => error.message,
			)
			.finally(() => api.close());
	};

	it.each([
		[404, '{"detail":"Session not found"}'],
		[422, '{"detail":[]}'],
		[500, '{"detail":"Oops"}'],
	])('passes where it knows no such session: HTTP %d', async (status, body) => {
		expect(await sessions(status, body)).toBe('OK');
	});

	it.each([
		[200, '<html>Log in</html>'],
		[302, ''],
		[401, '{"detail":"No key"}'],
		[404, '<html>Not found</html>'],
		[502, '<html>Bad gateway</html>'],
		[405, '{}'],
	])('fails where something else is in front of it: HTTP %d, %s', async (status, body) => {
		expect(await sessions(status, body)).not.toBe('OK');
	});
});

it('the test of Convocore without a workspace fails for an answer without anything', async () => {
	answer = { status: 200, body: '' };
	const credential = { ...elsewhere('convocoreCrawlerApi'), workspaceId: '' };
	const test = runCredentialTest('convocoreCrawlerApi', credential, credentialTest(convocore));
	await expect(test).rejects.toThrow("'Base URL'");
});

it('an OAuth2 credential that is not connected says so', () => {
	const credential = oAuth2();
	delete credential.oauthTokenData;
	expect(() => highLevel.readCredential(credential)).toThrow('is not connected');
});
