import {
	createCrawlJob,
	type CrawlFailure,
	type CrawlJob,
	type CrawlStatus,
	type JobReference,
} from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { publicText } from '../shared/text';
import { toText } from '../shared/values';
import { detailsOf } from './details';
import { jobSchema, type ConvocoreJob } from './job';
import { countersOf } from './progress';

/** The thing that the API's answers about one crawl hold, for errors. */
export const JOB = 'Convocore crawl job';

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

/** Words for a job that no flag calls over. */
const OPEN_STATUSES: ReadonlyMap<string, CrawlStatus> = new Map([
	['queued', 'queued'],
	['processing', 'running'],
]);

/** The flags do not exclude each other, so their order decides: a stopped job is "done" as well. */
function statusOf({ status, done, failed, isCancelled }: ConvocoreJob): CrawlStatus {
	const word = status?.trim().toLowerCase() ?? null;
	if (isCancelled || word === 'cancelled') return 'cancelled';
	if (failed || word === 'failed') return 'failed';
	if (done || word === 'completed') return 'succeeded';
	return word === null ? 'running' : (OPEN_STATUSES.get(word) ?? 'unknown');
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
