import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, startNode } from '../support/engine/runNode';
import {
	startApi,
	type ApiQuestion,
	type ScriptedAnswer,
	type ScriptedApi,
} from '../support/listServer';

let api: ScriptedApi;
/** What the API gives when a page of results is asked for; its status answers have one result. */
let answerPages: (jobId: string, question: ApiQuestion & { page: number }) => ScriptedAnswer | null;
/** What the API gives whenever it is asked for the crawl of this name. */
let answerOther: ScriptedAnswer;
let status = 'completed';
let pageQuestions = 0;

beforeAll(async () => {
	api = await startApi((question) => {
		const jobId = question.path.split('/').at(-1) ?? '';
		if (jobId === 'other') return answerOther;
		if (question.query.page_size === '1') return { body: crawl(jobId, {}) };
		pageQuestions++;
		const page = Number(question.query.page);
		return answerPages(jobId, { ...question, number: pageQuestions, page });
	});
});
afterAll(async () => api.close());
beforeEach(() => {
	status = 'completed';
	pageQuestions = 0;
});

function crawl(jobId: string, fields: IDataObject): IDataObject {
	return { job_id: jobId, url: 'https://a.test/', status, results: [], ...fields };
}

/** The slice of a crawl with so many pages, and counters that say so. */
function slice(jobId: string, total: number, page: number, size: number): IDataObject {
	const first = (page - 1) * size;
	const length = Math.max(0, Math.min(size, total - first));
	const results = Array.from({ length }, (_, index) => ({
		url: `https://a.test/${first + index}`,
		status: 'completed',
		data: { markdown: '# A' },
	}));
	return crawl(jobId, { total_pages: total, completed_pages: total, results });
}

const call = (jobIds: string[], options: INodeParameters = {}) => ({
	type: 'waitUntilCrawlDone',
	items: jobIds.map((jobId) => ({ jobId })),
	credentials: { geonodeScraperApi: { apiKey: 'key-1234', baseUrl: api.url } },
	parameters: { provider: 'geonode', options: { returnPages: true, ...options } },
});

/** Waits for crawls that have ended, and gives each output's items. */
async function wait(...jobIds: string[]) {
	const { outputs, error } = await runNode(call(jobIds));
	expect(error).toBeUndefined();
	const [success = [], failed = [], cancelled = []] = outputs.map((items) =>
		items.map(({ json }) => json),
	);
	return { success, failed, cancelled };
}

describe.each([
	['completed', 'success'],
	['failed', 'failed'],
	['cancelled', 'cancelled'],
] as const)('a crawl that is %s', (word, branch) => {
	beforeEach(() => {
		status = word;
	});

	it.each<[string, ScriptedAnswer]>([
		['404', { status: 404, body: { code: 'NOT_FOUND', message: 'No results' } }],
		['409', { status: 409, body: { code: 'CONFLICT', message: 'No results' } }],
		['403', { status: 403, body: { code: 'FORBIDDEN', message: 'No results' } }],
		['429 with a pause of an hour', { status: 429, headers: { 'retry-after': '3600' }, body: {} }],
	])('is on its branch, with a warning, when its pages answer %s', async (_, answer) => {
		answerPages = () => answer;
		const items = (await wait('a'))[branch];
		expect(items).toEqual([
			expect.objectContaining({
				jobId: 'a',
				pages: null,
				warnings: [expect.stringContaining('The pages of the crawl could not be fetched')],
			}),
		]);
	});

	it('has no pages and no warning when it found none', async () => {
		answerPages = (jobId) => ({ body: crawl(jobId, { completed_pages: 0 }) });
		expect((await wait('a'))[branch]).toEqual([
			expect.objectContaining({ pages: [], warnings: [] }),
		]);
	});

	it('has the pages that there are', async () => {
		answerPages = (jobId, { page }) => ({ body: slice(jobId, 60, page, 50) });
		const [item] = (await wait('a'))[branch];
		expect(item?.pages).toHaveLength(60);
	});
});

it.each<[string, ScriptedAnswer, INodeParameters]>([
	['another crawl is unknown', { status: 404, body: { message: 'unknown' } }, {}],
	[
		'another crawl is late',
		{ body: crawl('other', { status: 'processing' }) },
		{ maxWaitMinutes: 0.01, onDeadline: 'error' },
	],
])('are not asked for when the node throws an error: %s', async (_, answer, options) => {
	answerPages = (jobId) => ({ body: crawl(jobId, {}) });
	answerOther = answer;
	const { error } = await runNode(call(['a', 'other'], options));
	expect(error).toBeDefined();
	expect(pageQuestions).toBe(0);
});

it('costs no other item its outcome or its pages', async () => {
	answerPages = (jobId, { page }) =>
		jobId === 'bad' ? { status: 409, body: {} } : { body: slice(jobId, 3, page, 50) };
	const { success } = await wait('bad', 'good');
	expect(success).toEqual([
		expect.objectContaining({ jobId: 'bad', pages: null }),
		expect.objectContaining({ jobId: 'good', pages: expect.any(Array) }),
	]);
});

it('holds up no other item while its server does not answer', async () => {
	const asked: string[] = [];
	let letGo: () => void = () => undefined;
	const allAsked = new Promise<void>((resolve) => (letGo = resolve));
	const slow = Array.from({ length: 12 }, (_, index) => `slow${index}`);
	answerPages = (jobId, { page }) => {
		if (jobId.startsWith('slow')) return null;
		asked.push(jobId);
		letGo();
		return { body: slice(jobId, 3, page, 50) };
	};
	const { finished, stop } = startNode(call([...slow, 'good']));
	await allAsked;
	expect(asked).toEqual(['good']);
	stop();
	await finished;
});

describe('the pages of a crawl', () => {
	it.each([
		['25 at a time', 120, 25],
		['49 at a time', 120, 49],
		['one at a time', 7, 1],
	])('are all there when the server gives them %s', async (_, total, size) => {
		answerPages = (jobId, { page }) => ({ body: slice(jobId, total, page, size) });
		const { success } = await wait('a');
		expect(success).toEqual([expect.objectContaining({ warnings: [] })]);
		expect(success[0]?.pages).toHaveLength(total);
	});

	it('are all there when the server stores them a moment after the end', async () => {
		answerPages = (jobId, { number, page }) => ({
			body: number < 3 ? crawl(jobId, { completed_pages: 4 }) : slice(jobId, 4, page, 50),
		});
		const { success } = await wait('a');
		expect(success[0]?.pages).toHaveLength(4);
	});

	it('are all there when a page of the first slice comes late', async () => {
		answerPages = (jobId, { number, page }) => {
			const body = slice(jobId, 120, page, 50);
			return number === 1
				? { body: { ...body, results: (body.results as []).slice(1) } }
				: { body };
		};
		const { success } = await wait('a');
		expect(success[0]?.pages).toHaveLength(120);
	});

	it('are given with a warning that says how many are missing', async () => {
		answerPages = (jobId, { page }) => ({
			body: { ...slice(jobId, 25, page, 50), total_pages: 28, completed_pages: 28 },
		});
		const { success } = await wait('a');
		expect(success).toEqual([
			expect.objectContaining({ warnings: [expect.stringContaining('missing: 3')] }),
		]);
		expect(success[0]?.pages).toHaveLength(25);
	});

	it('are read on, not anew, after a passing fault', async () => {
		answerPages = (jobId, { number, page }) =>
			number % 15 === 0 ? { status: 503, body: {} } : { body: slice(jobId, 1000, page, 20) };
		const { success } = await wait('a');
		expect(success[0]?.pages).toHaveLength(1000);
		expect(pageQuestions).toBe(53);
	});

	it('are those from before a fault that stays, with a warning', async () => {
		answerPages = (jobId, { page }) =>
			page === 3 ? { status: 403, body: {} } : { body: slice(jobId, 100, page, 20) };
		const { success } = await wait('a');
		expect(success[0]?.pages).toHaveLength(40);
		expect(success[0]?.warnings).toEqual([expect.stringContaining('(HTTP 403)')]);
	});

	it('have an end where the server has none, with a warning', async () => {
		answerPages = (jobId, { number }) => ({
			body: crawl(jobId, {
				completed_pages: 2_000_000,
				results: [{ url: `https://a.test/${number}`, status: 'completed' }],
			}),
		});
		const { success } = await wait('a');
		expect(success[0]?.pages).toHaveLength(1_000);
		expect(success[0]?.warnings).toEqual([expect.stringContaining('not read any further')]);
	}, 120_000);

	it('are no longer asked for after Stop', async () => {
		let stop: () => void = () => undefined;
		answerPages = (jobId, { number }) => {
			if (number === 3) stop();
			const url = `https://a.test/${number}`;
			return { body: crawl(jobId, { results: [{ url, status: 'completed' }] }) };
		};
		const running = startNode(call(['a']));
		stop = running.stop;
		await running.finished;
		expect(pageQuestions).toBeLessThan(6);
	});
});
