import { runNode, type NodeCall } from '../support/engine/runNode';

/** Nobody listens there. */
const CREDENTIALS = { geonodeScraperApi: { apiKey: 'key', baseUrl: 'http://127.0.0.1:1' } };

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
