import type { CrawlJob } from './crawlJob';
import { RequestFault } from './errors';
import { JOB_LIST_RULES } from './listedJob';
import type { ApiAnswer, CrawlProvider, ReadParameter, SendRequest } from './provider';
import type { StatusQuery } from './checkStatus';
import { EARLIER_CRAWLS, learnFrom, type EarlierCrawl } from './waiting/earlier';
import type { StatusCheck, Wait } from './waiting/itemWait';
import { deadlineAt } from './waiting/wait';

/*
 * Where a wait learns of the crawls before its own. What a provider lists is better than what n8n
 * remembers: it is there after a restart, in every process, and for the first wait of a workflow.
 *
 * n8n's static data is no place for the others. n8n saves the static data of a workflow as a whole at
 * the end of an execution, as it was at its beginning but for what the execution has changed: a wait
 * of hours would put back what the polling triggers of the workflow had kept meanwhile, and they
 * would give the same events again.
 */

/** Waits that are over before it are not worth a request. */
const LISTED_AFTER_MS = 60_000;
const LIST_TIMEOUT_MS = 5_000;

/** How many addresses are remembered; each takes about half a kilobyte. */
const REMEMBERED_ADDRESSES = 500;

/** The successes that this process has seen, by their keys; those that were used last come last. */
const remembered = new Map<string, ReadonlyArray<EarlierCrawl & { jobId: string }>>();

/** Adds what is known of earlier crawls to a check that found its job. */
export type AddEarlier = (
	wait: Wait<StatusQuery>,
	check: StatusCheck,
	answer: ApiAnswer,
) => Promise<StatusCheck>;

/**
 * Learns of the crawls before that of a wait, once in each wait. A list is asked for once for all
 * waits that share it. One that cannot be had is like one that is empty; only a pause that the server
 * asks for then is kept.
 */
export function earlierFinder(sender: (provider: CrawlProvider) => SendRequest): AddEarlier {
	// By the answer or the place that they are read from: the waits of a node can be thousands.
	const inAnswers = new WeakMap<ApiAnswer, Promise<CrawlJob[]>>();
	const inLists = new Map<string, Promise<CrawlJob[]>>();
	const listedIn = async (query: StatusQuery, answer: ApiAnswer): Promise<CrawlJob[]> => {
		const known = inAnswers.get(answer) ?? readSuccesses(query, () => Promise.resolve(answer));
		inAnswers.set(answer, known);
		return await known;
	};
	const readList = async (query: StatusQuery): Promise<CrawlJob[]> => {
		const place = JSON.stringify([query.provider.id, scopeOf(query)]);
		const known = inLists.get(place) ?? readSuccesses(query, sender(query.provider));
		inLists.set(place, known);
		return await known;
	};
	return async ({ target, state, policy }, check, answer) => {
		const { provider, earlier: parameter } = target;
		if (parameter === undefined || state.earlier !== null || check.job.isFinal) return check;
		// There is no check after it that they could shape.
		if (state.nextCheckAt >= deadlineAt(state, policy)) return check;
		const learnt = (crawls: readonly EarlierCrawl[]): StatusCheck => ({
			...check,
			earlier: learnFrom(crawls, headStartMs(check.job, state.startedAt)),
		});
		if (provider.earlierCrawls === undefined) {
			return learnt(remembered.get(keyOf(target, parameter, check.job)) ?? []);
		}
		const isInAnswer = provider.earlierCrawls === 'inStatus';
		const isTooEarly = state.nextCheckAt - state.startedAt < LISTED_AFTER_MS;
		if (!isInAnswer && (isTooEarly || answer.pauseMs !== null)) return check;
		try {
			const listed = isInAnswer ? await listedIn(target, answer) : await readList(target);
			const { jobId, url } = check.job;
			const alike = listed.filter((job) => job.jobId !== jobId && job.url === url);
			return learnt(alike.slice(0, EARLIER_CRAWLS).map(toEarlier));
		} catch (error) {
			const pauseMs = error instanceof RequestFault ? error.pauseMs : null;
			return { ...learnt([]), pauseMs: pauseMs ?? check.pauseMs };
		}
	};
}

/** The successes in the first slice of a provider's list, the latest first. */
async function readSuccesses(
	{ provider, reference, earlier: parameter }: StatusQuery,
	send: SendRequest,
): Promise<CrawlJob[]> {
	const list = provider.listJobs({
		send: async (request) => await send({ ...request, timeoutMs: LIST_TIMEOUT_MS }),
		parameter: (name, fallback) => reference[name] ?? parameter?.(name, fallback) ?? fallback,
		defaults: {},
	});
	const { entries } = await list.fetchSlice('');
	return entries
		.filter(({ job, unconfirmed }) => job.status === 'succeeded' && unconfirmed === undefined)
		.map((reading) => ({ job: reading.job, at: JOB_LIST_RULES.timeOf?.(reading) ?? '' }))
		.sort((a, b) => (a.at < b.at ? 1 : -1))
		.map(({ job }) => job);
}

/** Remembers the crawl of a wait that has ended, where its provider does not list it later. */
export function rememberCrawl({ target, verdict, last }: Wait<StatusQuery>): void {
	const { provider, earlier: parameter } = target;
	if (parameter === undefined || provider.earlierCrawls !== undefined || last === null) return;
	const isSuccess = verdict.kind === 'end' && last.job.status === 'succeeded';
	if (!isSuccess || last.unconfirmed !== undefined) return;
	const key = keyOf(target, parameter, last.job);
	// Several waits can have been for the same crawl.
	const { jobId } = last.job;
	const others = (remembered.get(key) ?? []).filter((crawl) => crawl.jobId !== jobId);
	const crawls = [{ ...toEarlier(last.job), jobId }, ...others].slice(0, EARLIER_CRAWLS);
	remembered.delete(key);
	remembered.set(key, crawls);
	const [oldest = key] = remembered.keys();
	if (remembered.size > REMEMBERED_ADDRESSES) remembered.delete(oldest);
}

/** Crawls with the same key are alike: the address, or where the crawl runs, and what counts as its end. */
function keyOf(target: StatusQuery, parameter: ReadParameter, { url }: CrawlJob): string {
	const { id, jobSettings = [] } = target.provider;
	return JSON.stringify([
		id,
		url ?? scopeOf(target),
		...jobSettings.map(({ name }) => parameter(name, null)),
	]);
}

/** Where a crawl runs: its reference without the crawl itself. */
function scopeOf({ provider, reference }: StatusQuery): unknown {
	return { ...reference, [provider.jobIdKey]: '' };
}

function toEarlier(job: CrawlJob): EarlierCrawl {
	const startedAt = startOf(job);
	const endedAt = Date.parse(job.finishedAt ?? job.updatedAt ?? '');
	const lengthMs = endedAt - startedAt;
	return { lengthMs: lengthMs > 0 ? lengthMs : null, total: job.progress.total };
}

function headStartMs(job: CrawlJob, waitStartedAt: number): number {
	const ms = waitStartedAt - startOf(job);
	return ms > 0 ? ms : 0;
}

/** In milliseconds since the epoch; not a number where the provider does not say. */
function startOf({ startedAt, createdAt }: CrawlJob): number {
	return Date.parse(startedAt ?? createdAt ?? '');
}
