import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { MemoryCredentialsHelper } from '../support/engine/credentialsHelper';
import { inBusyDatabase } from '../support/engine/busyDatabase';
import { packageCredentials } from '../support/engine/packageTypes';
import { runNode } from '../support/engine/runNode';
import { connectedHighLevel } from '../support/engine/simulatorCredentials';
import { useSimulatorPerTest } from '../support/useSimulator';
import { highLevelApp } from '../support/simulator/settings';
import { crawlItem, highLevel, referenceTo, scriptCrawl } from './highLevelNode';

// Each refresh ends the tokens before it, so every test begins with a simulator of its own.
const simulator = useSimulatorPerTest({ pageDelayMs: 1 });
beforeEach(() => {
	scriptCrawl(simulator);
});

const connected = (token: object = {}) =>
	connectedHighLevel(simulator, { locationId: simulator.ids.highLevel.locationId, ...token });

const getStatus = async (parameters: INodeParameters = {}, credentials = connected()) =>
	await highLevel(
		simulator,
		{ authentication: 'oAuth2', resource: 'crawl', operation: 'getStatus', ...parameters },
		{ credentials },
	);

const sentPaths = () => simulator.requests.map(({ path }) => path);

const STATUS = '/knowledge-bases/crawler/status';

describe('the HighLevel OAuth2 credential', () => {
	it('renews an expired token and asks again', async () => {
		const { json } = await getStatus();
		expect(json[0]).toMatchObject({ status: 'succeeded' });
		expect(sentPaths()).toEqual([STATUS, '/oauth/token', STATUS]);
	});

	it('renews the token at the base URL, with the app in the body', async () => {
		await getStatus();
		expect(simulator.requests[1]?.body).toMatchObject({
			grant_type: 'refresh_token',
			client_id: highLevelApp.clientId,
			client_secret: highLevelApp.clientSecret,
		});
	});

	it('renews the token once for all items', async () => {
		const items = [crawlItem(simulator), crawlItem(simulator), crawlItem(simulator)];
		const { json } = await highLevel(
			simulator,
			{ authentication: 'oAuth2', resource: 'crawl', operation: 'getStatus' },
			{ credentials: connected(), items },
		);
		expect(json).toHaveLength(3);
		expect(sentPaths().filter((path) => path === '/oauth/token')).toHaveLength(1);
	});

	it('works in the sub-account that the token is for', async () => {
		await getStatus({ locationId: '' });
		expect(simulator.requests.at(-1)?.query).toEqual(referenceTo(simulator));
	});

	it('says how to get a sub-account when the token has none', async () => {
		const { error } = await getStatus({ locationId: '' }, connected({ locationId: undefined }));
		expect(error?.message).toContain("'Location ID' is missing");
		expect(error?.description).toContain('connect again and choose a sub-account');
	});

	it('serves the wait node', async () => {
		const { json } = await runNode({
			type: 'waitUntilCrawlDone',
			parameters: { provider: 'highLevel', authentication: 'oAuth2' },
			credentials: connected(),
			items: [crawlItem(simulator)],
		});
		expect(json[0]).toMatchObject({ status: 'succeeded' });
	});

	it('asks for a new connection when the token cannot be renewed', async () => {
		const { error } = await getStatus({}, connected({ refresh_token: 'revoked' }));
		expect(error?.description).toContain('Open the credential and connect it again');
	});

	it('keeps the ID of a crawl that was started while n8n could not read the credential', async () => {
		const start = '/knowledge-bases/crawler';
		let isOver = false;
		// The first of them is refused for its token.
		const isBusy = () => {
			const isNow = !isOver && sentPaths().filter((path) => path === start).length === 2;
			isOver ||= isNow;
			return isNow;
		};
		const { json } = await highLevel(
			simulator,
			{
				authentication: 'oAuth2',
				resource: 'crawl',
				operation: 'start',
				...referenceTo(simulator),
				url: simulator.siteUrl,
			},
			{ credentials: inBusyDatabase(connected(), isBusy) },
		);
		expect(isOver).toBe(true);
		expect(json).toMatchObject([{ jobId: expect.stringMatching(/./) as string }]);
	});

	it('never shows the renewed token, also when the server sends it back', async () => {
		scriptCrawl(simulator, {
			faults: [{ check: 'all', fault: { kind: 'echoCredential', status: 403 } }],
		});
		const { error } = await getStatus();
		expect(error?.description).toContain('[redacted]');
		expect(JSON.stringify(error)).not.toContain('renewed-access-token');
	});
});

describe('the connection of a HighLevel OAuth2 credential', () => {
	const resolved = async (values: ICredentialDataDecryptedObject = {}) =>
		await new MemoryCredentialsHelper({
			highLevelCrawlerOAuth2Api: values,
		}).getDecrypted(undefined, { id: null, name: '' }, 'highLevelCrawlerOAuth2Api');

	it('asks for the two scopes, unless the user has others', async () => {
		const scope = 'knowledge-bases.readonly knowledge-bases.write';
		expect(await resolved()).toMatchObject({ scope });
		expect(await resolved({ scope: 'knowledge-bases.readonly' })).toMatchObject({
			scope: 'knowledge-bases.readonly',
		});
	});

	it.each([
		['', ''],
		[' 68ab&x ', 'version_id=68ab%26x'],
	])('names the version %j of the app as %j', async (versionId, authQueryParameters) => {
		expect(await resolved({ versionId })).toMatchObject({ authQueryParameters });
	});

	it('adds nothing for a credential that was saved without a version', async () => {
		expect(await resolved({ clientId: 'c' })).toMatchObject({ authQueryParameters: '' });
	});

	it.each([[''], ['/'], ['?'], ['/v3/']])(
		'gets tokens at a base URL that ends in %j',
		async (end) => {
			expect(await resolved({ baseUrl: `https://proxy.example.com${end}` })).toMatchObject({
				accessTokenUrl: 'https://proxy.example.com/oauth/token',
			});
		},
	);

	it.each([['scope'], ['versionId']])('has the visible field %s', (name) => {
		const type = packageCredentials.find((one) => one.name === 'highLevelCrawlerOAuth2Api');
		expect(type?.properties.find((field) => field.name === name)?.type).toBe('string');
	});
});
