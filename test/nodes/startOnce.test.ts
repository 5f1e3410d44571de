import type { INodeParameters } from 'n8n-workflow';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { providers } from '../../nodes/providers';
import { runNode } from '../support/engine/runNode';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { useSimulator } from '../support/useSimulator';
import { nodeOf } from './providerStarts';

const URL = 'https://example.com/';

/** What each provider's Start needs to be sent. */
const STARTS: Record<string, INodeParameters> = {
	highLevel: { locationId: 'loc1', knowledgeBaseId: 'kb1', url: URL },
	convocore: { workspaceId: 'ws1', urls: URL },
	geonode: { url: URL },
	midPilot: { sessionId: 'session1', starterLinks: URL, applicationName: 'App' },
	pathors: { projectId: 'project1', knowledgeBaseId: 'kb1', url: URL },
};

/** What can become of the request that starts the crawl. */
const FAILURES: Record<string, (response: ServerResponse) => unknown> = {
	'an overload': (response) => response.writeHead(429, { 'retry-after': '0' }).end('{}'),
	'a server error': (response) => response.writeHead(503).end('{}'),
	'a web page': (response) => response.writeHead(200).end('<html></html>'),
	'a lost connection': (response) => response.destroy(),
};

const simulator = useSimulator();
let server: Server;
let posts: string[] = [];
let fail: (response: ServerResponse) => unknown;

beforeAll(async () => {
	server = createServer((request, response) => {
		// Before it starts a crawl, a node may look which there are.
		if (request.method === 'GET') return response.end('{ "jobs": [] }');
		posts.push(String(request.url));
		return fail(response);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
});
beforeEach(() => {
	posts = [];
});
afterAll(() => server.close());

describe.each(providers)('a start at $displayName', (provider) => {
	it.each(Object.keys(FAILURES))('is sent once, also after %s', async (failure) => {
		fail = FAILURES[failure] ?? fail;
		const parameters = STARTS[provider.id];
		if (parameters === undefined) {
			throw new Error(
				`Nobody has said what a start at ${provider.displayName} needs: add "${provider.id}" to STARTS in test/nodes/startOnce.test.ts`,
			);
		}
		const { error } = await runNode({
			type: nodeOf(provider),
			parameters: { resource: 'crawl', operation: 'start', ...parameters },
			credentials: credentialsForServer(),
		});
		expect(error).toBeDefined();
		expect(posts).toHaveLength(1);
	});
});

function credentialsForServer() {
	const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return Object.fromEntries(
		Object.entries(simulatorCredentials(simulator)).map(([name, data]) => [
			name,
			{ ...data, baseUrl },
		]),
	);
}
