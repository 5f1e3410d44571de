import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { runCredentialTest } from '../support/engine/credentialTest';
import { packageCredentials } from '../support/engine/packageTypes';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { startSimulator, type Simulator } from '../support/simulator';

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
		await expect(runCredentialTest(type, elsewhere(type))).rejects.toThrow('redirects');
		expect(paths).toHaveLength(1);
	});

	it.each([['/'], ['?'], ['#'], [' \n']])('reads a base URL that ends in %j', async (end) => {
		const values = working(type);
		const baseUrl = `${values.baseUrl as string}${end}`;
		await expect(runCredentialTest(type, { ...values, baseUrl })).resolves.toBeUndefined();
	});
});

// Of the requests to Convocore, one has no documented shape.
const DOCUMENTED = packageCredentials
	.map(({ name }) => name)
	.filter((name) => name !== 'convocoreCrawlerApi');

it.each(DOCUMENTED)('the test of %s fails for the JSON of another service', async (type) => {
	answer = { status: 200, body: '{"status":"fine"}' };
	await expect(runCredentialTest(type, elsewhere(type))).rejects.toThrow("'Base URL'");
});

const KEYS: Record<string, string> = {
	highLevelPrivateIntegrationApi: 'token',
	convocoreCrawlerApi: 'workspaceSecret',
	geonodeScraperApi: 'apiKey',
	pathorsDeveloperApi: 'developerKey',
};

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
