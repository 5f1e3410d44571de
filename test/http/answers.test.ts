import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../support/engine/runNode';
import {
	answer,
	startRawServer,
	type Behaviour,
	type RawServer,
} from '../support/hostile/rawServer';

/* Requests of every provider that change something, and what becomes of them when the answer is odd. */

const KEY = 'k3y-of-the-account-0815';
const UUID = '550e8400-e29b-41d4-a716-446655440000';

interface Call {
	type: string;
	parameters: INodeParameters;
	credential: string;
	values: ICredentialDataDecryptedObject;
	/** What the server answers to other requests of the same operation. */
	before?: string;
}

const highLevel = (parameters: INodeParameters): Call => ({
	type: 'highLevelCrawler',
	parameters: {
		authentication: 'privateIntegration',
		locationId: 'loc',
		knowledgeBaseId: { __rl: true, mode: 'id', value: 'kb' },
		...parameters,
	},
	credential: 'highLevelPrivateIntegrationApi',
	values: { token: KEY },
});
const convocore = (parameters: INodeParameters): Call => ({
	type: 'convocoreCrawler',
	parameters: { workspaceId: 'ws', ...parameters },
	credential: 'convocoreCrawlerApi',
	values: { workspaceSecret: KEY, region: 'custom' },
});
const geonode = (parameters: INodeParameters): Call => ({
	type: 'geonodeCrawler',
	parameters,
	credential: 'geonodeScraperApi',
	values: { apiKey: KEY },
});
const midPilot = (parameters: INodeParameters): Call => ({
	type: 'midPilotScraper',
	parameters: { sessionId: UUID, ...parameters },
	credential: 'midPilotApi',
	values: { headerName: 'X-Api-Key', headerValue: KEY },
});
const pathors = (parameters: INodeParameters): Call => ({
	type: 'pathorsCrawler',
	parameters: {
		projectId: { __rl: true, mode: 'id', value: 'p' },
		knowledgeBaseId: { __rl: true, mode: 'id', value: 'kb' },
		...parameters,
	},
	credential: 'pathorsDeveloperApi',
	values: { developerKey: KEY },
	before: '{"jobs":[]}',
});

const START = { resource: 'crawl', operation: 'start' };

/** What must not be sent twice without a look. */
const STARTS: Record<string, Call> = {
	'HighLevel, Start': highLevel({ ...START, url: 'https://x.test', option: 'Path' }),
	'HighLevel, Train': highLevel({
		resource: 'url',
		operation: 'train',
		operationId: 'op',
		pages: 'selected',
		urlIds: 'a',
	}),
	'Convocore, Start': convocore({ ...START, urls: 'https://x.test' }),
	'Geonode, Start': geonode({ ...START, url: 'https://x.test' }),
	'midPilot, Start': midPilot({ ...START, starterLinks: 'https://x.test', applicationName: 'X' }),
	'midPilot, Create Session': midPilot({ resource: 'session', operation: 'create' }),
	'Pathors, Start': pathors({ ...START, url: 'https://x.test' }),
};

const DELETES: Record<string, Call> = {
	'HighLevel, Delete': highLevel({ resource: 'url', operation: 'delete', urlIds: 'a' }),
	'Convocore, Delete': convocore({ resource: 'crawl', operation: 'delete', jobId: 'j' }),
	'Geonode, Cancel': geonode({ resource: 'crawl', operation: 'cancel', jobId: 'j' }),
	'midPilot, Delete Session': midPilot({ resource: 'session', operation: 'delete' }),
};

const CHANGES: Record<string, Call> = { ...STARTS, ...DELETES };

let behaviour: Behaviour = () => undefined;
let before = '{}';
let server: RawServer;

beforeAll(async () => {
	server = await startRawServer((socket, head) => {
		if (head.startsWith('GET')) socket.end(answer('200 OK', before));
		else behaviour(socket, head);
	});
});
afterAll(async () => await server.close());

async function run(call: Call, does: Behaviour) {
	behaviour = does;
	before = call.before ?? '{}';
	server.heads.length = 0;
	return await runNode({
		type: call.type,
		parameters: call.parameters,
		credentials: { [call.credential]: { ...call.values, baseUrl: server.baseUrl } },
	});
}

const says =
	(data: string | Buffer): Behaviour =>
	(socket) =>
		void socket.end(data);
const sent = () => server.heads.filter((head) => !head.startsWith('GET'));

const LOST: ReadonlyArray<[string, Behaviour]> = [
	['a gateway that gave up', says(answer('504 Gateway Timeout', '<html>'))],
	['an error of the server', says(answer('500 Oops', '{"message":"oops"}'))],
	['a reset', (socket) => void socket.resetAndDestroy()],
	['a cut body', says(answer('200 OK', '{"jobId', { 'Content-Length': 900 }))],
	['a web page', says(answer('200 OK', '<html>'))],
];

const START_NAMES = Object.keys(STARTS);
const allWith = <T extends readonly unknown[]>(names: string[], cases: readonly T[]) =>
	names.flatMap((name) => cases.map((entry) => [name, ...entry] as const));

describe('a start whose answer is lost', () => {
	it.each(allWith(START_NAMES, LOST))(
		'may have been carried out: %s, %s',
		async (name, _, does) => {
			const { error } = await run(STARTS[name] as Call, does);
			expect(error?.description).toMatch(/may have been (started|created) all the same/);
		},
	);

	it.each(START_NAMES)('is not sent again: %s', async (name) => {
		await run(STARTS[name] as Call, says(answer('504 Gateway Timeout', '<html>')));
		expect(sent()).toHaveLength(1);
	});
});

const REFUSED: ReadonlyArray<[string, Behaviour]> = [
	['refused', says(answer('422 No', '{"message":"no"}'))],
	['too many requests', says(answer('429 Slow', '{"message":"slow"}'))],
	['not implemented', says(answer('501 No', '{"message":"no"}'))],
	['redirected', says(answer('302 Found', '', { Location: 'https://other.test/' }))],
];

describe('a start that was refused', () => {
	it.each(allWith(START_NAMES, REFUSED))('was not carried out: %s, %s', async (name, _, does) => {
		const { error } = await run(STARTS[name] as Call, does);
		expect(error?.description).not.toContain('all the same');
	});
});

it.each(
	allWith(Object.keys(CHANGES), [
		['404 Not Found', '404 page not found'],
		['404 Not Found', '<html>nginx'],
		['404 Not Found', '{"error_msg":"404 Route Not Found"}'],
		['410 Gone', ''],
	]),
)("a gateway's answer is told from the provider's own: %s, %s, %s", async (name, line, body) => {
	const { error } = await run(CHANGES[name] as Call, says(answer(line, body)));
	expect(error?.description).toContain('does not come from the provider itself');
});

const REDIRECTS = ['301 Moved', '302 Found', '303 See Other', '307 Temporary', '308 Permanent'];

describe.each(Object.entries(CHANGES))('a redirect of %s', (_, call) => {
	it.each(REDIRECTS)('is an error that names the Base URL to use: %s', async (status) => {
		const { error } = await run(call, (socket, head) => {
			const path = / (\S+) /.exec(head)?.[1] ?? '';
			socket.end(answer(status, '{}', { Location: `https://other.test/v9${path}?k=${KEY}` }));
		});
		expect(error?.description).toContain("enter https://other.test/v9 as the 'Base URL'");
	});

	it('is not followed', async () => {
		await run(call, says(answer('303 See Other', '{}', { Location: `${server.baseUrl}/other` })));
		expect(server.heads.join()).not.toContain('/other');
	});
});

describe.each(Object.entries(DELETES))('%s', (_, call) => {
	it.each([
		['a web page', says(answer('200 OK', '<html>'))],
		['a redirect', says(answer('303 See Other', '', { Location: '/' }))],
		['not modified', says('HTTP/1.1 304 Not Modified\r\n\r\n')],
		['a cut body', says(answer('200 OK', '{"success', { 'Content-Length': 900 }))],
		['a refusal with HTTP 200', says(answer('200 OK', '{"success":false,"message":"no"}'))],
	])('is an error after %s', async (_name, does) => {
		const { error, json } = await run(call, does);
		expect([error === undefined, json.length]).toEqual([false, 0]);
	});
});

describe('HighLevel, Delete', () => {
	const remove = async (body: string) =>
		await run(DELETES['HighLevel, Delete'] as Call, says(answer('200 OK', body)));

	it.each([['{"success":true}'], ['{"data":{"success":true}}'], ['{"deletedCount":1}']])(
		'is done when the answer says so: %s',
		async (body) => {
			expect((await remove(body)).json).toEqual([expect.objectContaining({ deleted: true })]);
		},
	);

	it.each([['{}'], ['{"message":"ok"}'], ['{"data":{}}']])(
		'may be done, or not, when the answer does not say: %s',
		async (body) => {
			const { error } = await remove(body);
			expect(error?.description).toContain('may have been deleted all the same');
		},
	);
});

describe('an error', () => {
	const status = geonode({ resource: 'crawl', operation: 'cancel', jobId: 'j' });

	it.each([
		['404 Not Found', '404 page not found', "Check the 'Base URL'"],
		['404 Not Found', '<html>nginx', 'may be restarting'],
		['410 Gone', '', 'may be restarting'],
		['403 Forbidden', '<html>Just a moment...', 'so the key is not the reason'],
		['403 Forbidden', '{"message":"no"}', 'what the key in the credential is allowed to do'],
		['400 Bad', '<html>The plain HTTP request was sent to HTTPS port', 'with https://'],
	])('is explained by what the body is: %s, %s', async (line, body, advice) => {
		const { error } = await run(status, says(answer(line, body)));
		expect(error?.description).toContain(advice);
	});

	it('shows nothing of a key that was pasted into the name of a header', async () => {
		const call = midPilot({ resource: 'session', operation: 'delete' });
		const values = { headerName: `${KEY}é`, headerValue: 'x' };
		const { error } = await run({ ...call, values }, says(answer('200 OK')));
		expect(JSON.stringify(error)).not.toContain(KEY);
	});
});

describe('what a server repeats of the key', () => {
	it.each(Object.entries(CHANGES))('is redacted: %s', async (_, call) => {
		const bearer = Buffer.from(`Bearer ${KEY}`).toString('base64url');
		const body = JSON.stringify({ message: `${KEY} ${bearer}`, error: KEY, detail: `no ${KEY}` });
		const { error } = await run(call, says(answer('403 Forbidden', body)));
		expect(JSON.stringify({ ...error, m: error?.message })).not.toMatch(
			new RegExp(`${KEY}|${bearer}`),
		);
	});
});

describe('what Geonode calls retryable', () => {
	const status = async (line: string, retryable: unknown) => {
		let count = 0;
		const run = await startRawServer((socket) => {
			const error = answer(line, JSON.stringify({ code: 'X', message: 'odd', retryable }));
			const job = { job_id: 'j', status: 'completed', total_pages: 1, completed_pages: 1 };
			socket.end(count++ === 0 ? error : answer('200 OK', JSON.stringify(job)));
		});
		try {
			return await runNode({
				type: 'waitUntilCrawlDone',
				items: [{ jobId: 'j' }],
				credentials: { geonodeScraperApi: { apiKey: KEY, baseUrl: run.baseUrl } },
				parameters: {
					provider: 'geonode',
					options: { responsiveness: 'fixed', intervalSeconds: 1 },
				},
			});
		} finally {
			await run.close();
		}
	};

	it.each([['402 Pay'], ['409 Conflict'], ['418 Teapot'], ['423 Locked'], ['499 Closed']])(
		'is waited through: %s',
		async (line) => {
			expect((await status(line, true)).json[0]).toMatchObject({ status: 'succeeded' });
		},
	);

	it.each([[false], [undefined], ['yes']])('is nothing else: %j', async (retryable) => {
		expect((await status('402 Pay', retryable)).error?.message).toContain('requires a payment');
	});
});
