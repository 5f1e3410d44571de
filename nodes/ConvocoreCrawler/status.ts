import { readCounters, type ReadCounters } from '../shared/counters';
import {
	createCrawlJob,
	type CrawlCost,
	type CrawlCounters,
	type CrawlFailure,
	type CrawlJob,
	type CrawlStatus,
	type JobReference,
} from '../shared/crawlJob';
import { emptyCrawlWarnings } from '../shared/emptyCrawl';
import { parseBody } from '../shared/http/parseBody';
import type { StatusReading } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import { noStatusWarning } from '../shared/statusWords';
import {
	fieldOf,
	listOf,
	objectOf,
	onlyIf,
	toAmount,
	toCount,
	toExactText,
	toIsoTime,
	toObject,
	toText,
	type Reading,
} from '../shared/tolerant';
import { withoutNulls } from '../shared/withoutBlanks';
import { readData } from './api';
import type { ConvocoreDetails } from './outputSchemas';
import { crawlStatus, toFlag } from './words';

/** A list of addresses that can be long: only its presence and size matter. */
function toAddresses(value: unknown): readonly unknown[] | null {
	return Array.isArray(value) ? value : null;
}

const toWebhook = objectOf({
	events: listOf(toExactText),
	hasSecret: toFlag,
	hasBearerToken: toFlag,
	headerKeys: listOf(toExactText),
});

/**
 * A crawl as Convocore's create, get and list operations give it; {@link isCrawl} says what has to be
 * there. By the documentation, `status` is missing from the get operation.
 */
const toJob = objectOf({
	id: toText,
	workspaceId: toText,
	status: toExactText,
	done: toFlag,
	failed: toFlag,
	isCancelled: toFlag,
	primaryUrl: toText,
	urls: toAddresses,
	crawl: toFlag,
	deep: toFlag,
	useProxy: toFlag,
	refreshRate: toText,
	toAgentId: toText,
	toAgentIds: listOf(toText),
	message: toText,
	resultError: toText,
	createdAt: toIsoTime,
	ts: toIsoTime,
	crawlerSubmittedAt: toIsoTime,
	webhookFinalizedAt: toIsoTime,
	currentPageIndex: toCount,
	pageLimit: toCount,
	creditsPerPage: toAmount,
	estimatedCredits: toAmount,
	activeScrapeUrl: toText,
	crawlerJobId: toText,
	processingMode: toText,
	scrapedUrls: toAddresses,
	pendingCandidateUrls: toAddresses,
	processedCrawlUrls: toAddresses,
	failedCrawlUrls: toAddresses,
	webhook: toWebhook,
});

type ConvocoreJob = Reading<typeof toJob>;

/** Whether an answer says anything of what tells the state of a crawl. */
function saysState(job: Record<'status' | 'done' | 'failed' | 'isCancelled', unknown>): boolean {
	return [job.status, job.done, job.failed, job.isCancelled].some((value) => value !== null);
}

/** What only a crawl has. Its fields can be without a value, but hardly all be missing. */
const CRAWL_FIELDS = ['status', 'done', 'failed', 'isCancelled', 'urls', 'primaryUrl'];

/** Whether the thing that was read is a crawl: it says its state, or has an id and looks like one. */
function isCrawl(job: ConvocoreJob, data: unknown, { jobId }: JobReference): boolean {
	const fields = toObject(data) ?? {};
	const looksLikeOne = CRAWL_FIELDS.some((name) => Object.hasOwn(fields, name)) || job.id === jobId;
	return saysState(job) || (job.id !== null && looksLikeOne);
}

/** A failed crawl can be told of as no success, but its own flags give its state. */
function countsAnyway(data: unknown): boolean {
	const job = toJob(data);
	return job !== null && saysState(job);
}

/** The thing that the API's answers about one crawl hold, for errors. */
const JOB = 'Convocore crawl job';

/**
 * The CrawlJob in an answer of Convocore about one crawl.
 * @throws {RequestFault} when the answer is a refusal, or holds no job (kind `passing`)
 */
export function readAnsweredCrawl(body: unknown, reference: JobReference): CrawlJob {
	return readCrawl(readData(body, JOB, countsAnyway), reference);
}

/**
 * What an answer of Convocore says about one crawl.
 * @throws {RequestFault} when the answer is a refusal, or holds no job (kind `passing`)
 */
export function readStatus(body: unknown, reference: JobReference): StatusReading {
	const job = readAnsweredCrawl(body, reference);
	const details: ConvocoreDetails = job.details;
	return {
		job,
		activity: [
			details.message,
			details.currentPageIndex,
			details.activeUrl,
			details.scrapedUrlCount,
			details.pendingUrlCount,
			details.processedUrlCount,
			details.failedUrlCount,
		],
		isMissing: false,
	};
}

/**
 * The CrawlJob in a job object of Convocore.
 * @see the "Get crawler job" page of Convocore's API documentation
 * @param data the job, without the envelope around it
 * @throws {RequestFault} of kind `passing` when it is no job
 */
export function readCrawl(data: unknown, reference: JobReference): CrawlJob {
	const toCrawl = onlyIf(toJob, (crawl) => isCrawl(crawl, data, reference));
	const job = parseBody(toCrawl, data, JOB);
	const isUnreadable = job.status === null && hasStatus(data);
	const status = statusOf(job, isUnreadable);
	const isOpen = !saysState(job) || (isUnreadable && status === 'unknown');
	const { counters, warnings } = countersOf(job, status, data);
	const jobId = job.id ?? reference.jobId ?? '';

	return createCrawlJob({
		provider: 'convocore',
		jobId,
		// The job was found in the workspace that was asked for, so this is the one to ask again.
		reference: { workspaceId: reference.workspaceId || (job.workspaceId ?? ''), jobId },
		status,
		rawStatus: job.status,
		url: job.primaryUrl ?? toText(job.urls?.[0]),
		counters,
		warnings: [
			...warnings,
			...(isOpen ? [noStatusWarning('Convocore')] : []),
			...(status === 'succeeded' ? successWarnings(job, counters) : []),
		],
		failure: status === 'failed' ? failureOf(job) : null,
		createdAt: job.createdAt ?? job.ts,
		startedAt: job.crawlerSubmittedAt,
		cost: costOf(job, counters),
		details: detailsOf(job),
	});
}

/** Whether there is anything in the place of the status; by the documentation, there is nothing. */
function hasStatus(data: unknown): boolean {
	return (fieldOf(data, 'status') ?? null) !== null;
}

/** The flags do not exclude each other, so their order decides: a stopped job is "done" as well. */
function statusOf(
	{ status: word, done, failed, isCancelled }: ConvocoreJob,
	isUnreadable: boolean,
): CrawlStatus {
	// Without a word, a job that no flag calls over is running; with a word of another kind, who knows.
	const status = word === null && !isUnreadable ? 'running' : crawlStatus(word);
	if (isCancelled || status === 'cancelled') return 'cancelled';
	if (failed || status === 'failed') return 'failed';
	return done ? 'succeeded' : status;
}

/** The page counters of a job. */
function countersOf(job: ConvocoreJob, status: CrawlStatus, data: unknown): ReadCounters {
	const { counters, warnings } = readCounters(data, {
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
	// Numbers can be chosen so that a set takes quadratic time for them; texts cannot.
	const waiting = new Set(job.pendingCandidateUrls.filter((url) => typeof url === 'string'));
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

function successWarnings(
	{ resultError, refreshRate }: ConvocoreJob,
	counters: Partial<CrawlCounters>,
): string[] {
	const repeats = refreshRate !== null && refreshRate.toLowerCase() !== 'never';
	return [
		...(resultError === null ? [] : [`The crawl is done, but reports: ${publicText(resultError)}`]),
		...emptyCrawlWarnings(counters),
		...(repeats ? [`The crawl repeats (${refreshRate}): it will run again automatically.`] : []),
	];
}

/**
 * The credits that the pages scraped so far have cost: Convocore charges each page that succeeds, by
 * the price that the job carries. Without price or pages, what it estimated for the whole crawl.
 */
function costOf(
	{ creditsPerPage, estimatedCredits }: ConvocoreJob,
	{ completed }: Partial<CrawlCounters>,
): CrawlCost | null {
	if (creditsPerPage !== null && typeof completed === 'number') {
		return { amount: creditsPerPage * completed, unit: 'credits', isEstimate: false };
	}
	return estimatedCredits === null
		? null
		: { amount: estimatedCredits, unit: 'credits', isEstimate: true };
}

/**
 * What only Convocore says about a job. Of the lists of addresses only the sizes, since they can be
 * long; not the webhook's own address and those inside Convocore, since they can hold secrets.
 */
function detailsOf(job: ConvocoreJob): ConvocoreDetails {
	return withoutNulls<ConvocoreDetails>({
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
	});
}

function agentIdsOf({ toAgentId, toAgentIds }: ConvocoreJob): string[] | null {
	const ids = [...new Set([...(toAgentId === null ? [] : [toAgentId]), ...toAgentIds])];
	return ids.length === 0 ? null : ids;
}
