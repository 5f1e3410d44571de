import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../support/engine/runNode';
import { startSimulator, type Simulator } from '../support/simulator';
import { highLevelApp } from '../support/simulator/settings';
import { crawlItem, highLevel, referenceTo, scriptCrawl } from './highLevelNode';

let simulator: Simulator;

// Each refresh ends the tokens before it, so every test begins with a simulator of its own.
beforeEach(async () => {
	simulator = await startSimulator({ pageDelayMs: 1 });
	scriptCrawl(simulator);
});
afterEach(async () => simulator.close());

/** A connected OAuth2 credential whose access token has expired. */
const connected = (token: object = {}) => ({
	highLevelCrawlerOAuth2Api: {
		clientId: highLevelApp.clientId,
		clientSecret: highLevelApp.clientSecret,
		baseUrl: `${simulator.baseUrls.highLevel}/`,
		oauthTokenData: {
			access_token: highLevelApp.accessToken,
			refresh_token: highLevelApp.refreshToken,
			token_type: 'Bearer',
			locationId: simulator.ids.highLevel.locationId,
			...token,
		},
	} as ICredentialDataDecryptedObject,
});

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
		expect(error?.message).toContain('Location ID is missing');
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
		expect(error?.description).toContain('needs to be reconnected');
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
