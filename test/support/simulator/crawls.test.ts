import Fastify from 'fastify';
import { useSimulatorPerTest } from '../useSimulator';
import { at, call, callUntil, pathorsCrawlPath } from './testClient';

// The site has 15 pages and one broken link, its handbook 5 pages and none.
const SITE_PAGES = 15;
const HANDBOOK_PAGES = 5;

const simulator = useSimulatorPerTest({ pageDelayMs: 5 });

describe('a Geonode crawl', () => {
	const start = async (body: object): Promise<string> => {
		const answer = await call(simulator, 'geonode', '/v1/crawl', { method: 'POST', body });
		expect(answer.status).toBe(202);
		return String(at(answer.json, 'job_id'));
	};
	const status =
		(jobId: string, query = '') =>
		() =>
			call(simulator, 'geonode', `/v1/crawl/${jobId}${query}`);

	it('ends completed with its one broken link among the failed pages', async () => {
		const jobId = await start({ url: simulator.siteUrl, depth: 10 });
		const job = await callUntil(
			status(jobId, '?page_size=50'),
			(json) => at(json, 'status') === 'completed',
		);
		expect(job).toMatchObject({
			total_pages: SITE_PAGES + 1,
			completed_pages: SITE_PAGES,
			failed_pages: 1,
			results: expect.arrayContaining([
				expect.objectContaining({
					url: `${simulator.siteUrl}careers/apprentice`,
					parent_url: `${simulator.siteUrl}careers`,
					depth: 4,
					status: 'failed',
					error_code: 'HTTP_404',
				}),
			]),
		});
	});

	it('fetches the seed only when the depth is 1', async () => {
		const jobId = await start({ url: simulator.siteUrl, depth: 1 });
		const job = await callUntil(status(jobId), (json) => at(json, 'status') === 'completed');
		expect(job).toMatchObject({ total_pages: 1, completed_pages: 1 });
	});

	it('discovers no more pages than its limit', async () => {
		const jobId = await start({ url: simulator.siteUrl, depth: 10, limit: 4 });
		const job = await callUntil(status(jobId), (json) => at(json, 'status') === 'completed');
		expect(job).toMatchObject({ total_pages: 4 });
	});

	it('fails when its seed cannot be fetched', async () => {
		const jobId = await start({ url: `${simulator.siteUrl}down/` });
		const job = await callUntil(status(jobId), (json) => at(json, 'status') === 'failed');
		expect(job).toMatchObject({ completed_pages: 0, failed_pages: 1 });
	});

	it('is cancelled at once and still finishes the pages in flight', async () => {
		const jobId = await start({ url: `${simulator.siteUrl}slow/`, depth: 10 });
		await callUntil(status(jobId), (json) => at(json, 'total_pages') === 5);
		const cancel = await call(simulator, 'geonode', `/v1/crawl/${jobId}`, { method: 'DELETE' });
		expect(cancel).toMatchObject({
			status: 202,
			json: { status: 'cancelled', in_flight_pages: 2 },
		});
		const drained = await callUntil(
			status(jobId),
			(json) =>
				Number(at(json, 'completed_pages')) + Number(at(json, 'cancelled_pages')) ===
				at(json, 'total_pages'),
		);
		expect(drained).toMatchObject({ status: 'cancelled', token_summary: { tokens_reserved: 0 } });
	});

	it('cannot be cancelled when it is finished', async () => {
		const jobId = await start({ url: `${simulator.siteUrl}handbook/`, depth: 1 });
		await callUntil(status(jobId), (json) => at(json, 'status') === 'completed');
		const cancel = await call(simulator, 'geonode', `/v1/crawl/${jobId}`, { method: 'DELETE' });
		expect(cancel).toMatchObject({ status: 409, json: { code: 'CONFLICT', retryable: false } });
	});

	it('never leaves this machine', async () => {
		const body = { url: 'https://example.com/' };
		const answer = await call(simulator, 'geonode', '/v1/crawl', { method: 'POST', body });
		expect(answer).toMatchObject({ status: 422, json: { code: 'VALIDATION_ERROR' } });
	});
});

describe('a Convocore crawl', () => {
	const jobsPath = () => `/workspaces/${simulator.ids.convocore.workspaceId}/crawler/jobs`;
	const create = async (body: object): Promise<string> => {
		const answer = await call(simulator, 'convocore', jobsPath(), { method: 'POST', body });
		expect(answer).toMatchObject({ status: 200, json: { data: { status: 'queued' } } });
		return String(at(answer.json, 'data', 'id'));
	};
	const isDone = (json: unknown) => at(json, 'data', 'done') === true;
	const done = (jobId: string) =>
		callUntil(() => call(simulator, 'convocore', `${jobsPath()}/${jobId}`), isDone);

	it('says by its flags alone that it is done', async () => {
		const urls = [simulator.siteUrl];
		const job = await done(await create({ urls, crawl: true }));
		expect(at(job, 'data')).toMatchObject({
			failed: false,
			isCancelled: false,
			scrapedPagesNum: SITE_PAGES,
			failedPagesNum: 1,
			failedCrawlUrls: [`${simulator.siteUrl}careers/apprentice`],
		});
		expect(at(job, 'data')).not.toHaveProperty('status');
	});

	it('gives its pages with their content', async () => {
		const jobId = await create({ urls: [simulator.siteUrl] });
		await done(jobId);
		const list = await call(simulator, 'convocore', `${jobsPath()}/${jobId}/pages`);
		const pageId = String(at(list.json, 'data', 'pages', 0, 'id'));
		const page = await call(simulator, 'convocore', `${jobsPath()}/${jobId}/pages/${pageId}`);
		expect(at(page.json, 'data', 'markdown')).toContain('# Bicycles that last');
	});

	it('tells its webhook about every page and then about its end', async () => {
		const received: Array<{ event: unknown; secret: unknown; authorization: unknown }> = [];
		const receiver = Fastify({ forceCloseConnections: true });
		receiver.post('/hook', ({ body, headers }) => {
			received.push({
				event: at(body, 'event'),
				secret: headers['x-convocore-crawler-secret'],
				authorization: headers.authorization,
			});
			return {};
		});
		const url = `${await receiver.listen({ host: '127.0.0.1', port: 0 })}/hook`;
		const webhook = {
			url,
			secret: 'shared',
			bearerToken: 'token',
			headers: { 'x-from': 'crawler' },
		};
		const jobId = await create({ urls: [`${simulator.siteUrl}handbook/`], webhook });
		const job = await callUntil(
			() => call(simulator, 'convocore', `${jobsPath()}/${jobId}`),
			(json) => typeof at(json, 'data', 'webhookFinalizedAt') === 'string',
		);
		await receiver.close();

		const sent = { secret: 'shared', authorization: 'Bearer token' };
		expect(received).toEqual([
			{ event: 'page_scraped', ...sent },
			{ event: 'job_completed', ...sent },
		]);
		expect(at(job, 'data', 'webhook')).toEqual({
			url,
			events: ['page_scraped', 'job_completed', 'job_failed'],
			hasSecret: true,
			hasBearerToken: true,
			headerKeys: ['x-from'],
		});
	});
});

describe('a midPilot scrape', () => {
	const createSession = async (): Promise<string> => {
		const answer = await call(simulator, 'midPilot', '/api/v1/session', { method: 'POST' });
		return String(at(answer.json, 'sessionId'));
	};
	const scrape = async (sessionId: string, starterLinks: string[]): Promise<unknown> => {
		const path = `/api/v1/scrape/${sessionId}/scrape`;
		const body = { starterLinks, applicationName: 'Larkfield' };
		await call(simulator, 'midPilot', path, { method: 'POST', body });
		return callUntil(
			() => call(simulator, 'midPilot', path),
			(json) => ['finished', 'failed'].includes(String(at(json, 'status'))),
		);
	};

	it('finishes with the chunks of every page and a line for each that failed', async () => {
		expect(await scrape(await createSession(), [simulator.siteUrl])).toMatchObject({
			status: 'finished',
			result: {
				finishReason: 'no-more-links',
				savedDocumentationsCount: SITE_PAGES,
				savedDocumentations: expect.arrayContaining([
					expect.objectContaining({
						chunks: [expect.objectContaining({ content: expect.stringContaining('# Hire') })],
					}),
				]),
			},
			errors: [expect.stringContaining('careers/apprentice')],
		});
	});

	it('is finished and at a failed stage without a start page', async () => {
		expect(await scrape(await createSession(), [])).toMatchObject({
			status: 'finished',
			progress: { stage: 'failed' },
			result: { finishReason: 'no-starter-links', savedDocumentationsCount: 0 },
		});
	});

	it('reuses the result of another session with the same input', async () => {
		const links = [`${simulator.siteUrl}handbook/`];
		await scrape(await createSession(), links);
		expect(await scrape(await createSession(), links)).toMatchObject({
			result: {
				finishReason: 'reused_previous_session_data',
				savedDocumentationsCount: HANDBOOK_PAGES,
			},
		});
	});

	it('fails when its start page cannot be fetched', async () => {
		const job = await scrape(await createSession(), [`${simulator.siteUrl}down/`]);
		expect(job).toMatchObject({ status: 'failed', errors: expect.any(Array) });
	});
});

describe('a Pathors crawl', () => {
	const start = (body: object) =>
		call(simulator, 'pathors', pathorsCrawlPath(simulator.ids), { method: 'POST', body });
	const jobs = () => call(simulator, 'pathors', `${pathorsCrawlPath(simulator.ids)}/jobs`);

	it('is answered without a job id unless the simulator is asked for one', async () => {
		const url = simulator.siteUrl;
		expect((await start({ url })).json).toEqual({ success: true });
		expect((await start({ url, returnJobId: true })).json).toHaveProperty('jobId');
	});

	it('shows its progress and its end in the list of jobs', async () => {
		await start({ url: simulator.siteUrl });
		const list = await callUntil(jobs, (json) => at(json, 'jobs', 0, 'status') === 'completed');
		expect(at(list, 'jobs', 0)).toMatchObject({
			mode: 'crawl',
			total: SITE_PAGES + 1,
			done: SITE_PAGES,
			failed: 1,
		});
	});
});
