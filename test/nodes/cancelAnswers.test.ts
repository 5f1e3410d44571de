import { runNode } from '../support/engine/runNode';
import { startApi } from '../support/listServer';

/*
 * What *Cancel* makes of the answers that Geonode's documentation leaves open: by then, the crawl has
 * been asked to stop.
 */

const crawl = (status: string) => ({ job_id: 'job', status });

const cancel = async (baseUrl: string) =>
	await runNode({
		type: 'geonodeCrawler',
		parameters: { resource: 'crawl', operation: 'cancel', jobId: 'job' },
		credentials: { geonodeScraperApi: { apiKey: 'key-of-this-test', baseUrl } },
	});

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
	const { json, error } = await cancel(api.url);
	await api.close();
	expect(error).toBeUndefined();
	expect(json).toEqual([expect.objectContaining({ status: 'cancelled' })]);
	expect(api.questions.map((question) => question.split('?')[0])).toEqual([
		'DELETE /v1/crawl/job',
		'GET /v1/crawl/job',
	]);
});

it('is looked up again where the look-up fails at first', async () => {
	const api = await startApi(({ method, number }) => {
		if (method === 'DELETE') return { body: { message: 'Cancellation requested' } };
		return number === 2 ? { status: 503, body: {} } : { body: crawl('cancelled') };
	});
	const { json } = await cancel(api.url);
	await api.close();
	expect(json).toEqual([expect.objectContaining({ status: 'cancelled' })]);
});

it('says that the cancellation was answered where the look-up finds nothing out', async () => {
	const api = await startApi(({ method }) =>
		method === 'DELETE'
			? { body: { message: 'Cancellation requested' } }
			: { status: 401, body: {} },
	);
	const { error } = await cancel(api.url);
	await api.close();
	expect(error?.description).toContain('has answered the request to cancel the crawl');
});

it('says where to look when the answer is lost', async () => {
	const api = await startApi(() => ({ status: 502, body: {} }));
	const { error } = await cancel(api.url);
	await api.close();
	expect(error?.description).toContain('may have been cancelled all the same');
	expect(api.questions).toHaveLength(1);
});
