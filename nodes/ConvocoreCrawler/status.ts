import { z } from 'zod';

import { readCounters, type ReadCounters } from '../shared/counters';
import {
	createCrawlJob,
	type CrawlCounters,
	type CrawlFailure,
	type CrawlJob,
	type CrawlStatus,
	type JobReference,
} from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { publicText } from '../shared/sanitize';
import { count, isoTime, listOf, text, toText } from '../shared/tolerant';
import { readData } from './api';
import { crawlStatus, toFlag } from './words';

const flag = z.unknown().transform(toFlag);

/** A list of addresses that can be long: only its presence and size matter. */
const addresses = z
	.unknown()
	.transform((value): unknown[] | null => (Array.isArray(value) ? value : null));

const webhookSchema = z.object({
	events: listOf(z.string()),
	hasSecret: flag,
	hasBearerToken: flag,
	headerKeys: listOf(z.string()),
});

/**
 * A crawl as Convocore's create, get and list operations give it. Only one of the fields that tell
 * its state has to be there: by the documentation, `status` is missing from the get operation.
 */
const jobSchema = z
	.object({
		id: text,
		workspaceId: text,
		status: z.string().nullish().catch(null),
		done: flag,
		failed: flag,
		isCancelled: flag,
		primaryUrl: text,
		urls: addresses,
		crawl: flag,
		deep: flag,
		useProxy: flag,
		refreshRate: text,
		toAgentId: text,
		toAgentIds: listOf(z.string()),
		message: text,
		resultError: text,
		createdAt: isoTime,
		ts: isoTime,
		crawlerSubmittedAt: isoTime,
		webhookFinalizedAt: isoTime,
		currentPageIndex: count,
		pageLimit: count,
		creditsPerPage: count,
		estimatedCredits: count,
		activeScrapeUrl: text,
		crawlerJobId: text,
		processingMode: text,
		scrapedUrls: addresses,
		pendingCandidateUrls: addresses,
		processedCrawlUrls: addresses,
		failedCrawlUrls: addresses,
		webhook: webhookSchema.nullish().catch(null),
	})
	.passthrough()
	.refine(({ status, done, failed, isCancelled }) =>
		[status, done, failed, isCancelled].some((value) => value !== null && value !== undefined),
	);

type ConvocoreJob = z.output<typeof jobSchema>;

/** The thing that the API's answers about one crawl hold, for errors. */
const JOB = 'Convocore crawl job';

/**
 * The CrawlJob in an answer of Convocore about one crawl.
 * @throws {RequestFault} when the answer is a refusal, or holds no job (kind `passing`)
 */
export function readAnswer(body: unknown, reference: JobReference): CrawlJob {
	return readCrawl(readData(body, JOB), reference);
}

/**
 * The CrawlJob in a job object of Convocore.
 * @see the "Get crawler job" page of Convocore's API documentation
 * @param data the job, without the envelope around it
 * @throws {RequestFault} of kind `passing` when it is no job
 */
export function readCrawl(data: unknown, reference: JobReference): CrawlJob {
	const job = parseBody(jobSchema, data, JOB);
	const status = statusOf(job);
	const { counters, warnings } = countersOf(job, status);
	const jobId = job.id ?? reference.jobId ?? '';

	return createCrawlJob({
		provider: 'convocore',
		jobId,
		// The job was found in the workspace that was asked for, so this is the one to ask again.
		reference: { workspaceId: reference.workspaceId || (job.workspaceId ?? ''), jobId },
		status,
		rawStatus: job.status ?? null,
		url: job.primaryUrl ?? toText(job.urls?.[0]),
		counters,
		warnings: [...warnings, ...(status === 'succeeded' ? successWarnings(job) : [])],
		failure: status === 'failed' ? failureOf(job) : null,
		createdAt: job.createdAt ?? job.ts,
		startedAt: job.crawlerSubmittedAt,
		details: detailsOf(job),
	});
}

/** The flags do not exclude each other, so their order decides: a stopped job is "done" as well. */
function statusOf({ status: word, done, failed, isCancelled }: ConvocoreJob): CrawlStatus {
	// Without a word, a job that no flag calls over is running.
	const status = typeof word === 'string' ? crawlStatus(word) : 'running';
	if (isCancelled || status === 'cancelled') return 'cancelled';
	if (failed || status === 'failed') return 'failed';
	return done ? 'succeeded' : status;
}

/** The page counters of a job. */
function countersOf(job: ConvocoreJob, status: CrawlStatus): ReadCounters {
	const { counters, warnings } = readCounters(job, {
		completed: 'scrapedPagesNum',
		failed: 'failedPagesNum',
	});
	const completed = counters.completed ?? null;
	const failed = largest(counters.failed ?? null, job.failedCrawlUrls?.length ?? null);
	const total = totalOf(job, status, { completed, failed });
	return { counters: { total, completed, failed }, warnings };
}

function largest(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/**
 * How many pages there are, as far as that is known. Convocore gives no total: `pageLimit` only
 * says where a job stops at the latest, and most sites have fewer pages, so a percentage of it
 * would end far below 100. What is known is the pages that are finished and, in some answers, those
 * that wait, of which no more are taken up than the limit allows.
 */
function totalOf(
	job: ConvocoreJob,
	status: CrawlStatus,
	{ completed, failed }: Pick<CrawlCounters, 'completed' | 'failed'>,
): number | null {
	if (completed === null) return null;
	const finished = completed + (failed ?? 0);
	// A job that is done leaves out what still waits.
	if (status === 'succeeded') return finished;
	if (job.pendingCandidateUrls === null) return null;
	const waiting = new Set(job.pendingCandidateUrls);
	if (job.activeScrapeUrl !== null) waiting.add(job.activeScrapeUrl);
	const found = finished + waiting.size;
	return job.pageLimit ? Math.max(finished, Math.min(found, job.pageLimit)) : found;
}

function failureOf({ resultError, message }: ConvocoreJob): CrawlFailure {
	const reason = resultError ?? message;
	return {
		message: reason
			? publicText(reason)
			: 'Convocore reports the crawl as failed and gives no reason',
		code: null,
	};
}

function successWarnings({ resultError, refreshRate, ...job }: ConvocoreJob): string[] {
	const repeats = refreshRate !== null && refreshRate.toLowerCase() !== 'never';
	return [
		...(resultError === null ? [] : [`The crawl is done, but reports: ${publicText(resultError)}`]),
		...(job.scrapedPagesNum === 0 ? ['The crawl is done, but has scraped no page.'] : []),
		...(repeats ? [`The crawl repeats (${refreshRate}): it will run again by itself.`] : []),
	];
}

/**
 * What only Convocore says about a job. Of the lists of addresses only the sizes, since they can be
 * long; not the webhook's own address and those inside Convocore, since they can hold secrets.
 */
function detailsOf(job: ConvocoreJob): Record<string, unknown> {
	const details = {
		message: job.message === null ? null : publicText(job.message),
		urlCount: job.urls?.length,
		crawl: job.crawl,
		deep: job.deep,
		useProxy: job.useProxy,
		refreshRate: job.refreshRate,
		toAgentIds: agentIdsOf(job),
		pageLimit: job.pageLimit,
		currentPageIndex: job.currentPageIndex,
		activeUrl: job.activeScrapeUrl,
		scrapedUrlCount: job.scrapedUrls?.length,
		pendingUrlCount: job.pendingCandidateUrls?.length,
		processedUrlCount: job.processedCrawlUrls?.length,
		failedUrlCount: job.failedCrawlUrls?.length,
		creditsPerPage: job.creditsPerPage,
		estimatedCredits: job.estimatedCredits,
		crawlerJobId: job.crawlerJobId,
		processingMode: job.processingMode,
		webhookFinalizedAt: job.webhookFinalizedAt,
		webhook: job.webhook,
	};
	return Object.fromEntries(
		Object.entries(details).filter(([, value]) => value !== null && value !== undefined),
	);
}

function agentIdsOf({ toAgentId, toAgentIds }: ConvocoreJob): string[] | null {
	const ids = [...new Set([...(toAgentId === null ? [] : [toAgentId]), ...toAgentIds])];
	return ids.length === 0 ? null : ids;
}
