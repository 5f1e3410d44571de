import { runNode } from '../support/engine/runNode';
import { startApi } from '../support/listServer';

/*
 * What *Cancel* makes of the answers that Geonode's documentation leaves open: by then, the crawl has
 * been asked to stop.
 */

const crawl = (status: string) => ({ job_id: 'job', status });

it.each([
	['nothing', null],
	['an empty object', {}],
	['a mere message', { message: 'Cancellation requested' }],
	['another form', ['ok']],
	['the crawl as it was before', crawl('processing')],
])('an answer that is %s has the crawl looked up', async (_, body) => {
	const api = await startApi(({ method }) => ({
		body: method === 'DELETE' ? body : crawl('cancelled'),
	}));
	const { json, error } = await runNode({
		type: 'geonodeCrawler',
		parameters: { resource: 'crawl', operation: 'cancel', jobId: 'job' },
		credentials: { geonodeScraperApi: { apiKey: 'key-of-this-test', baseUrl: api.url } },
	});
	await api.close();
	expect(error).toBeUndefined();
	expect(json).toEqual([expect.objectContaining({ status: 'cancelled' })]);
	expect(api.questions.map((question) => question.split('?')[0])).toEqual([
		'DELETE /v1/crawl/job',
		'GET /v1/crawl/job',
	]);
});
