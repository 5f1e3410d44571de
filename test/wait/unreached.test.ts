import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { runNode, type NodeCall } from '../support/engine/runNode';

/** Nobody listens there. */
const CREDENTIALS = { geonodeScraperApi: { apiKey: 'key', baseUrl: 'http://127.0.0.1:1' } };

const ENDED = { job_id: 'crawl', status: 'completed', results: [] };
const BEFORE_OUTAGE = { ...ENDED, status: 'processing' };

const OUTAGE_MS = 1500;

/** Nobody listens at the server's port for a while. */
function outage(server: Server): void {
	const { port } = server.address() as AddressInfo;
	server.close(() => setTimeout(() => server.listen(port, '127.0.0.1'), OUTAGE_MS));
}

function call(mode: 'manual' | 'trigger'): NodeCall {
	return {
		type: 'waitUntilCrawlDone',
		parameters: { provider: 'geonode', jobId: 'crawl', waitMode: 'checkOnce' },
		credentials: CREDENTIALS,
		mode,
	};
}

describe('a first check that reaches no server', () => {
	it('is an error at once in a run by hand', async () => {
		const { error } = await runNode(call('manual'));
		expect(error).toMatchObject({
			message: expect.stringContaining('The server refused the connection'),
			description: expect.stringContaining("'Base URL'"),
		});
	});

	it('is tried again in production', async () => {
		const { error, outputs } = await runNode(call('trigger'));
		expect(error).toBeUndefined();
		expect(outputs[3]).toMatchObject([{ json: { wait: { reason: 'checkedOnce' } } }]);
	});
});

describe('a server that was there', () => {
	let server: Server;
	let answers: Array<[number, object]>;

	beforeEach(async () => {
		server = createServer((_, response) => {
			const [status, body] = answers.shift() ?? [200, ENDED];
			response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
			response.end(JSON.stringify(body));
			if (body === BEFORE_OUTAGE) outage(server);
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
	});

	afterEach(() => {
		server.close();
	});

	it.each([
		['answers with a fault at first', [503, {}]],
		['is gone for a while later', [200, BEFORE_OUTAGE]],
	] as const)('is asked again in a run by hand, when it %s', async (_, answer) => {
		answers = [[...answer]];
		const { port } = server.address() as AddressInfo;
		const { outputs, error } = await runNode({
			...call('manual'),
			parameters: {
				provider: 'geonode',
				jobId: 'crawl',
				options: { responsiveness: 'fixed', intervalSeconds: 1 },
			},
			credentials: {
				geonodeScraperApi: { apiKey: 'key', baseUrl: `http://127.0.0.1:${port}` },
			},
		});
		expect(error).toBeUndefined();
		expect(outputs[0]).toMatchObject([{ json: { jobId: 'crawl', status: 'succeeded' } }]);
	});
});
