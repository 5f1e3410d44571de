import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { runNode } from '../support/engine/runNode';
import { answer, startRawServer, type RawServer } from '../support/hostile/rawServer';

const SECRETS = {
	clientSecret: 'client-s3cret-4711',
	refresh: 'refresh-t0ken-4712',
	old: 'old-t0ken-4713',
	renewed: 'new-t0ken-4714',
};
const STATUS = {
	aggregate: [],
	operationDetails: {
		_id: 'op',
		status: 'Successful',
		discoveredUrlsCount: 1,
		trainedUrlsCount: 1,
	},
};
const RENEWED = answer(
	'200 OK',
	JSON.stringify({ access_token: SECRETS.renewed, refresh_token: SECRETS.refresh }),
);

let tokenAnswers: Buffer[] = [];
let statusAnswer: (isNew: boolean) => Buffer;
let server: RawServer;
/** Whether the refusals have a body without end. */
let refusesWithoutEnd = false;
let refused: Socket[] = [];

beforeAll(async () => {
	server = await startRawServer((socket, head) => {
		const isToken = head.startsWith('POST /oauth/token');
		const isNew = head.includes(SECRETS.renewed);
		if (refusesWithoutEnd && !isToken && !isNew) {
			refused.push(socket);
			socket.write('HTTP/1.1 401 No\r\nContent-Type: application/json\r\n\r\n{');
			return;
		}
		socket.end(isToken ? (tokenAnswers.shift() ?? RENEWED) : statusAnswer(isNew));
	});
});
afterAll(async () => await server.close());
beforeEach(() => {
	server.heads.length = 0;
	refused = [];
	refusesWithoutEnd = false;
	statusAnswer = (isNew) =>
		isNew
			? answer('200 OK', JSON.stringify(STATUS))
			: answer('401 Unauthorized', '{"message":"expired"}');
});

async function wait(...answers: Buffer[]) {
	tokenAnswers = answers;
	return await runNode({
		type: 'waitUntilCrawlDone',
		items: [{ operationId: 'op', locationId: 'loc', knowledgeBaseId: 'kb' }],
		parameters: {
			provider: 'highLevel',
			authentication: 'oAuth2',
			locationId: 'loc',
			knowledgeBaseId: { __rl: true, mode: 'id', value: 'kb' },
			operationId: 'op',
			options: { responsiveness: 'fixed', intervalSeconds: 1 },
		},
		credentials: {
			highLevelCrawlerOAuth2Api: {
				clientId: 'app',
				clientSecret: SECRETS.clientSecret,
				baseUrl: server.baseUrl,
				oauthTokenData: {
					access_token: SECRETS.old,
					refresh_token: SECRETS.refresh,
					token_type: 'Bearer',
				},
			},
		},
	});
}

const everything = Object.values(SECRETS).join(' ');
/** What can be known before the renewal. */
const sent = `${SECRETS.clientSecret} ${SECRETS.refresh} ${SECRETS.old}`;

describe('a token that ends in the middle of a wait', () => {
	it('leaves no connection open on which it was refused', async () => {
		refusesWithoutEnd = true;
		const { json } = await wait();
		expect(json[0]).toMatchObject({ status: 'succeeded' });
		expect(refused).toHaveLength(1);
		while (refused.some(({ destroyed }) => !destroyed)) await sleep(20);
	});

	it.each([
		['too many requests', answer('429 Slow', '{"message":"slow down"}')],
		['too many requests, as an OAuth2 error', answer('429 Slow', '{"error":"slow_down"}')],
		['a web page', answer('200 OK', '<html>Hello')],
		['a web page of a wall', answer('403 Forbidden', '<html>Just a moment')],
		['an error of the server', answer('503 Down', 'down')],
		['a redirect', answer('304 Not Modified')],
		['nothing', answer('200 OK', '{}')],
	])('is renewed after the token endpoint has answered once with %s', async (_, once) => {
		const { json } = await wait(once);
		expect(json[0]).toMatchObject({ status: 'succeeded' });
	});

	it.each([
		['invalid_grant', answer('400 Bad', '{"error":"invalid_grant"}')],
		['invalid_client', answer('401 No', '{"error":"invalid_client"}')],
		['a refusal of its own', answer('401 No', '{"statusCode":401,"message":"no such app"}')],
	])('ends the wait at once after %s', async (_, refusal) => {
		const { error } = await wait(refusal);
		expect(error?.description).toContain('Open the credential and connect it again');
	});

	it.each([
		['a web page', answer('400 Bad', `<html>${'x'.repeat(80)} ${sent}`)],
		[
			'a description',
			answer('400 Bad', JSON.stringify({ error: 'invalid_grant', error_description: sent })),
		],
		['a message', answer('401 No', JSON.stringify({ message: sent, statusCode: 401 }))],
	])('leaves no secret in the error when the endpoint repeats them in %s', async (_, refusal) => {
		const { error } = await wait(refusal, answer('400 Bad', '{"error":"invalid_grant"}'));
		const shown = JSON.stringify({ ...error, message: error?.message });
		expect(Object.values(SECRETS).filter((secret) => shown.includes(secret))).toEqual([]);
	});

	it('leaves neither the old nor the new token in an answer that repeats both', async () => {
		statusAnswer = (isNew) =>
			isNew ? answer('422 No', JSON.stringify({ message: everything })) : answer('401 No', '{}');
		const { error } = await wait();
		const shown = JSON.stringify({ ...error, message: error?.message });
		expect(Object.values(SECRETS).filter((secret) => shown.includes(secret))).toEqual([]);
	});
});
