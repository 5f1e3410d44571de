import type { IDataObject } from 'n8n-workflow';

import { providers } from '../../nodes/providers';
import { statusChecker, type StatusQuery } from '../../nodes/shared/checkStatus';
import type { JobReference } from '../../nodes/shared/crawlJob';
import { rememberCrawl } from '../../nodes/shared/earlierCrawls';
import { RequestFault } from '../../nodes/shared/errors';
import type { ApiRequest, CrawlProvider } from '../../nodes/shared/provider';
import type { EarlierCrawls } from '../../nodes/shared/waiting/earlier';
import {
	createWait,
	waitAfterResult,
	type StatusCheck,
	type Wait,
} from '../../nodes/shared/waiting/itemWait';
import { PACES } from '../../nodes/shared/waiting/pace';
import { initialState, type WaitPolicy } from '../../nodes/shared/waiting/wait';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1);
const at = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();

const policy: WaitPolicy = {
	deadlineMs: 60 * MINUTE,
	stallMs: 0,
	maxFailuresInRow: 10,
	pace: PACES.balanced,
	minGapMs: 0,
};

/** A wait that has lasted for some minutes, for a crawl that began with it. */
function waitOf(
	id: string,
	reference: JobReference,
	lastedMinutes: number,
	change: Partial<StatusQuery> = {},
): Wait<StatusQuery> {
	const provider = providers.find((known) => known.id === id) as CrawlProvider;
	const query = {
		provider,
		reference,
		readStatus: provider.readStatus,
		earlier: (_: string, fallback?: unknown) => fallback,
		...change,
	};
	const state = { ...initialState(START), nextCheckAt: START + lastedMinutes * MINUTE };
	return createWait(query, policy, state);
}

/** An API that answers requests by their paths, and notes them. */
function apiOf(answers: Record<string, unknown>) {
	const asked: string[] = [];
	const send = async ({ path }: ApiRequest) => {
		asked.push(path);
		const body = answers[path];
		if (body instanceof Error) throw body;
		return { body, pauseMs: null };
	};
	return { asked, checker: statusChecker(() => send) };
}

const SITE = 'https://site.test/';

const geonodeJob = (job: IDataObject) => ({ url: SITE, status: 'completed', ...job });
const running = geonodeJob({ job_id: 'now', status: 'processing', created_at: at(0) });
const geonodeList = [
	geonodeJob({ job_id: 'a', created_at: at(-100), completed_at: at(-95), total_pages: 40 }),
	geonodeJob({ job_id: 'b', created_at: at(-200), completed_at: at(-195), total_pages: 40 }),
	geonodeJob({ job_id: 'c', created_at: at(-300), completed_at: at(-260), status: 'failed' }),
	geonodeJob({ job_id: 'd', created_at: at(-90), completed_at: at(-30), url: 'https://b.test/' }),
	running,
];
const LIST = '/v1/crawl/jobs';
const geonodeApi = (list: unknown = { jobs: geonodeList }) =>
	apiOf({ '/v1/crawl/now': running, [LIST]: list });

/** What the check of one wait brings to light. */
async function learned(
	api: ReturnType<typeof apiOf>,
	...waits: Array<Wait<StatusQuery>>
): Promise<EarlierCrawls | undefined> {
	const [result] = await api.checker.check(waits, 1_000);
	if (result === undefined || result instanceof Error) throw result ?? new Error('No result');
	return result.earlier;
}

const geonodeWait = (lastedMinutes: number, change: Partial<StatusQuery> = {}) =>
	waitOf('geonode', { jobId: 'now' }, lastedMinutes, change);

describe('earlier crawls that a list tells of', () => {
	it('are the successes of the same address', async () => {
		const earlier = await learned(geonodeApi(), geonodeWait(1));
		expect(earlier?.length?.median).toBeCloseTo(5 * MINUTE);
		expect(earlier?.total?.median).toBeCloseTo(40);
	});

	it('are not asked for in the first minute', async () => {
		const api = geonodeApi();
		expect(await learned(api, geonodeWait(0.9))).toBeUndefined();
		expect(api.asked).toEqual(['/v1/crawl/now']);
	});

	it('are not asked for by the last check, after which there is nothing to shape', async () => {
		const api = geonodeApi();
		expect(await learned(api, geonodeWait(60))).toBeUndefined();
		expect(api.asked).toEqual(['/v1/crawl/now']);
	});

	it('are asked for once', async () => {
		const api = geonodeApi();
		const wait = geonodeWait(1);
		const [result] = await api.checker.check([wait], 1_000);
		const next = waitAfterResult(wait, result as StatusCheck, START, START + MINUTE, () => 0);
		await api.checker.check([next], 1_000);
		expect(api.asked.filter((path) => path === LIST)).toHaveLength(1);
	});

	it('are asked for once by all waits of a node', async () => {
		const api = geonodeApi();
		await learned(api, geonodeWait(1), geonodeWait(1));
		await learned(api, geonodeWait(2));
		expect(api.asked.filter((path) => path === LIST)).toHaveLength(1);
	});

	it('are not asked for where they are not wanted', async () => {
		const api = geonodeApi();
		const { earlier, ...target } = geonodeWait(1).target;
		expect(earlier).toBeDefined();
		await learned(api, { ...geonodeWait(1), target });
		expect(api.asked).toEqual(['/v1/crawl/now']);
	});

	it.each([
		['refused', new RequestFault('permanent', 'No', { advice: '' })],
		['out of order', new RequestFault('passing', 'No', { advice: '' })],
		['something else', { hello: 'world' }],
	])('are none where the list is %s', async (_, list) => {
		expect(await learned(geonodeApi(list), geonodeWait(1))).toMatchObject({ length: null });
	});

	it('leave the pause to the wait that the list asks for', async () => {
		const fault = new RequestFault('passing', 'Slow down', { advice: '', pauseMs: 90_000 });
		const [result] = await geonodeApi(fault).checker.check([geonodeWait(1)], 1_000);
		expect(result).toMatchObject({ pauseMs: 90_000 });
	});

	it('count pages where there are no times', async () => {
		const jobs = ['now', 'a'].map((id) => ({
			id,
			workspaceId: 'w',
			primaryUrl: SITE,
			done: id === 'a',
			failed: false,
			isCancelled: false,
			scrapedPagesNum: 30,
		}));
		const api = apiOf({
			'/workspaces/w/crawler/jobs/now': { success: true, message: '', data: jobs[0] },
			'/workspaces/w/crawler/jobs': { success: true, message: '', data: { jobs } },
		});
		const earlier = await learned(api, waitOf('convocore', { workspaceId: 'w', jobId: 'now' }, 1));
		expect(earlier).toMatchObject({
			length: null,
			total: { median: expect.closeTo(30) as number },
		});
	});
});

describe('earlier crawls in a status answer', () => {
	const jobs = [
		{ jobId: 'a', status: 'completed', startedAt: at(-60), updatedAt: at(-50), total: 9, done: 9 },
		{ jobId: 'now', status: 'crawling', startedAt: at(-1), updatedAt: at(0), total: 9, done: 1 },
	];
	const api = () => apiOf({ '/v1/projects/p/knowledgebases/k/crawl/jobs': { jobs } });
	const wait = waitOf('pathors', { projectId: 'p', knowledgeBaseId: 'k', jobId: 'now' }, 0);

	it('are read with the first check, without a request', async () => {
		const pathors = api();
		const earlier = await learned(pathors, wait);
		expect(earlier?.length?.median).toBeCloseTo(10 * MINUTE);
		expect(pathors.asked).toHaveLength(1);
	});

	it('come with the time for which the crawl has been running', async () => {
		expect(await learned(api(), wait)).toMatchObject({ headStartMs: MINUTE });
	});
});

describe('earlier crawls that no list tells of', () => {
	const PATH = '/knowledge-bases/crawler/status';
	const operation = (url: string, status: string) => ({
		aggregate: [],
		operationDetails: {
			_id: 'op',
			locationId: 'l',
			knowledgeBaseId: 'k',
			url,
			status,
			createdAt: at(0),
			updatedAt: at(7),
			discoveredUrlsCount: 12,
			trainedUrlsCount: 0,
		},
	});
	const wait = (waitsFor: string) =>
		waitOf('highLevel', { locationId: 'l', knowledgeBaseId: 'k', operationId: 'op' }, 0, {
			earlier: (name, fallback) => (name === 'waitFor' ? waitsFor : fallback),
		});

	/** Waits for a crawl that succeeds, as a node does. */
	async function waitUntilDone(url: string, waitsFor: string): Promise<void> {
		const { checker } = apiOf({ [PATH]: operation(url, 'Successful') });
		const [result] = await checker.check([wait(waitsFor)], 1_000);
		rememberCrawl(waitAfterResult(wait(waitsFor), result as StatusCheck, START, START, () => 0));
	}
	const next = async (url: string, waitsFor: string) =>
		await learned(apiOf({ [PATH]: operation(url, 'Processing') }), wait(waitsFor));

	it('are remembered', async () => {
		await waitUntilDone('https://one.test/', 'discovery');
		const earlier = await next('https://one.test/', 'discovery');
		expect(earlier?.length?.median).toBeCloseTo(7 * MINUTE);
	});

	it('count once, however many waits were for one', async () => {
		for (let waits = 0; waits < 7; waits++) {
			await waitUntilDone('https://four.test/', 'discovery');
		}
		const one = await next('https://four.test/', 'discovery');
		await waitUntilDone('https://five.test/', 'discovery');
		expect(one?.length).toEqual((await next('https://five.test/', 'discovery'))?.length);
	});

	it.each([
		['another address', 'https://three.test/', 'discovery'],
		['another end', 'https://two.test/', 'training'],
	])('are not those of %s', async (_, url, waitsFor) => {
		await waitUntilDone('https://two.test/', 'discovery');
		expect(await next(url, waitsFor)).toMatchObject({ length: null });
	});
});
