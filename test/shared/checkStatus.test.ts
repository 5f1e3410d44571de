import {
	checkStatus,
	jobAtOneLook,
	pinnedQuery,
	queryFor,
	statusChecker,
	type StatusQuery,
} from '../../nodes/shared/checkStatus';
import { requireProvider } from '../../nodes/requireProvider';
import { createCrawlJob, type CrawlJob, type CrawlStatus } from '../../nodes/shared/crawlJob';
import type { CrawlProvider, StatusReading } from '../../nodes/shared/provider';
import { createWait, type StatusCheck } from '../../nodes/shared/waiting/itemWait';
import { initialState } from '../../nodes/shared/waiting/wait';

const MINUTE_MS = 60_000;

/** A provider that gives the crawl that is named. */
const exact: CrawlProvider = {
	...requireProvider('geonode'),
	displayName: 'Any Crawler',
	statusRequest: () => ({ method: 'GET', path: '/status' }),
	explainError: () => ({}),
	requestBudget: { requests: 3, perMs: 1000 },
};

/** One that gives the latest crawl of a library where none is named. */
const provider: CrawlProvider = { ...exact, latestIn: 'library' };

const crawl = (jobId: string, status: CrawlStatus = 'running'): CrawlJob =>
	createCrawlJob({ provider: 'any', jobId, reference: { jobId }, status, rawStatus: status });

/** What one check makes of an answer that is read like this. */
async function check(
	reading: Partial<StatusReading> & Pick<StatusReading, 'job'>,
	{
		body = {},
		jobId = 'a1',
		at = provider,
	}: { body?: unknown; jobId?: string; at?: CrawlProvider } = {},
): Promise<StatusCheck> {
	const query: StatusQuery = {
		provider: at,
		reference: { jobId },
		readStatus: () => ({ isMissing: false, isNamed: true, ...reading }),
	};
	return await checkStatus(query, async () => ({ body, pauseMs: null }));
}

const waitFor = (jobId: string, found: string | null, at = provider) =>
	createWait<StatusQuery>(
		{ provider: at, reference: { jobId }, readStatus: at.readStatus },
		{
			deadlineMs: MINUTE_MS,
			stallMs: 0,
			maxFailuresInRow: 10,
			pace: { kind: 'fixed', intervalMs: MINUTE_MS },
			minGapMs: 0,
		},
		{ ...initialState(0), jobId: found },
	);

describe('what an answer is about', () => {
	it.each([
		['a running crawl that is named', crawl('a1'), true, {}],
		['a crawl whose id is written in another casing', crawl('A1', 'succeeded'), true, {}],
		['a running crawl without a name', crawl('a1'), false, {}],
		[
			'an end that mentions the crawl anywhere',
			crawl('a1', 'failed'),
			false,
			[{ of: ['x', 'a1'] }],
		],
		['an end that mentions it between blanks', crawl('a1', 'failed'), false, { of: ' A1 ' }],
		['an end that is named, wherever that stands', crawl('a1', 'failed'), true, { of: null }],
	])('%s is believed', async (_case, job, isNamed, body) => {
		const found = await check({ job, isNamed }, { body });
		expect(found).toMatchObject({ job, raw: body, pauseMs: null });
	});

	it.each([
		['another crawl', crawl('b2', 'succeeded'), true, { id: 'b2' }],
		['another crawl that is running', crawl('b2'), false, {}],
		['another crawl, in an answer that mentions this one', crawl('b2', 'failed'), true, ['a1']],
		['an end of no crawl', crawl('a1', 'failed'), false, { error: 'gone', code: null }],
		['an end that only has the id within a text', crawl('a1', 'failed'), false, { of: 'a12' }],
	])('%s is a fault that may pass', async (_case, job, isNamed, body) => {
		await expect(check({ job, isNamed }, { body })).rejects.toMatchObject({
			kind: 'passing',
			message: 'Any Crawler returned a different crawl',
		});
	});

	it('an end without a crawl is one of no crawl, whatever is empty in the answer', async () => {
		const reading = { job: crawl('', 'failed'), isNamed: false };
		await expect(check(reading, { body: { of: '' }, jobId: '' })).rejects.toMatchObject({
			kind: 'passing',
		});
	});

	it.each([
		['a proxy, where the answer is of no crawl', crawl('a1', 'failed'), provider, 'Base URL'],
		['a proxy, where each crawl can be asked for', crawl('b2'), exact, 'Base URL'],
		['a newer crawl, where there is the latest only', crawl('b2'), provider, 'same library'],
	])('the advice is to look for %s', async (_case, job, at, advice) => {
		await expect(check({ job, isNamed: false }, { at })).rejects.toMatchObject({
			advice: expect.stringContaining(advice),
		});
	});
});

describe('a crawl that the provider does not know', () => {
	const missing = { job: crawl('a1'), isMissing: true };

	it.each([
		['a crawl that was named', provider, 'a1', 'Any Crawler could not find the crawl'],
		['the latest', provider, '', 'Any Crawler has no crawl in this library'],
		['none, where there is no latest', exact, '', 'Any Crawler could not find the crawl'],
	])('is missing: %s', async (_case, at, jobId, message) => {
		await expect(check(missing, { at, jobId })).rejects.toMatchObject({ kind: 'missing', message });
	});

	it.each([
		['the advice of the provider', { advice: 'Look again.' }, 'Look again.'],
		['some of its own, where the provider has none', {}, 'Check the IDs'],
	])('comes with %s', async (_case, explanation, advice) => {
		const at: CrawlProvider = { ...provider, explainError: () => explanation };
		await expect(check(missing, { at })).rejects.toMatchObject({
			advice: expect.stringContaining(advice),
		});
	});
});

describe('what moves while a crawl goes on', () => {
	const activityOf = async (activity: unknown) =>
		(await check({ job: crawl('a1'), activity })).activity;

	it.each([
		['a short one', { pages: ['a', 'b'] }],
		['one of 500 characters in JSON', 'x'.repeat(496)],
	])('is kept as it is: %s', async (_case, activity) => {
		expect(await activityOf(activity)).toEqual(activity);
	});

	it('is kept as a digest of one length where it is longer', async () => {
		const digests = await Promise.all(
			['x'.repeat(497), 'y'.repeat(497), 'x'.repeat(497)].map(activityOf),
		);
		const [one, other, again] = digests;
		expect(digests).toEqual(Array(3).fill(expect.stringMatching(/^.{44}$/)));
		expect([again === one, other === one]).toEqual([true, false]);
	});
});

describe('one look at a crawl', () => {
	const ended = crawl('a1', 'succeeded');

	it.each<[string, CrawlJob, CrawlJob | undefined, CrawlStatus]>([
		['a word that is known', ended, undefined, 'succeeded'],
		['a deduced end, where the word is unknown', ended, crawl('a1', 'unknown'), 'succeeded'],
		['the word, where an end is deduced beside it', ended, crawl('a1', 'running'), 'running'],
	])('shows %s', (_case, job, unconfirmed, status) => {
		expect(jobAtOneLook(unconfirmed ? { job, unconfirmed } : { job }).status).toBe(status);
	});
});

describe('what a wait asks for', () => {
	it.each([
		['the crawl that it names', 'a1', null, 'a1'],
		['the crawl that it names, as it was written', 'A1', 'a1', 'A1'],
		['the latest, until one is found', '', null, ''],
		['the one that was found first', '', 'b2', 'b2'],
	])('is %s', (_case, jobId, found, asked) => {
		expect(pinnedQuery(waitFor(jobId, found)).reference).toEqual({ jobId: asked });
	});

	it('shares the limit of its provider with all other waits there', () => {
		const checker = statusChecker(() => async () => ({ body: {}, pauseMs: null }));
		const limits = [waitFor('a1', null), waitFor('b2', null)].map((wait) =>
			checker.rateLimitOf(wait),
		);
		expect(limits).toEqual(Array(2).fill({ key: 'geonode', budget: provider.requestBudget }));
	});

	it.each([
		['left alone', queryFor(provider, () => ''), false],
		['looked for where that is asked for', queryFor(provider, () => '', true), true],
	])('the crawls before it are %s', (_case, query, looks) => {
		expect(Object.hasOwn(query, 'earlier')).toBe(looks);
	});
});
