import { runNode } from '../support/engine/runNode';

const statusFrom = async (baseUrl: string) =>
	await runNode({
		type: 'geonodeCrawler',
		parameters: { resource: 'crawl', operation: 'getStatus', jobId: 'j' },
		credentials: { geonodeScraperApi: { apiKey: 'key', baseUrl } },
	});

describe('a base URL', () => {
	it.each([
		['no address', 'example'],
		['another protocol', 'ftp://127.0.0.1:1'],
		['a query', 'http://127.0.0.1:1/?a=b'],
		['a place on a page', 'http://127.0.0.1:1/#part'],
		['a user', 'http://me@127.0.0.1:1'],
		['a password', 'http://:word@127.0.0.1:1'],
	])('with %s is refused', async (_, baseUrl) => {
		const { error } = await statusFrom(baseUrl);
		expect(error?.message).toContain("The 'Base URL' in the credential is not valid");
	});

	it.each([['http://127.0.0.1:1'], [' http://127.0.0.1:1/ '], ['http://127.0.0.1:1/proxy//']])(
		'like %j is used',
		async (baseUrl) => {
			const { error } = await statusFrom(baseUrl);
			expect(error?.message).toContain('refused the connection');
		},
	);
});
