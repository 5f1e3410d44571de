import { readCounters } from '../shared/counters';
import {
	createCrawlJob,
	type CrawlCost,
	type CrawlFailure,
	type CrawlJob,
	type JobReference,
} from '../shared/crawlJob';
import { emptyCrawlWarnings } from '../shared/emptyCrawl';
import { parseBody } from '../shared/http/parseBody';
import type { StatusReading } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import { noStatusWarning } from '../shared/statusWords';
import {
	listOf,
	objectOf,
	onlyIf,
	toAmount,
	toCount,
	toExactText,
	toIsoTime,
	toText,
	type Reading,
} from '../shared/tolerant';
import { withoutNulls } from '../shared/withoutBlanks';
import type { GeonodeDetails } from './outputSchemas';
import { crawlStatus } from './words';

const toPageOutcome = objectOf({ error_code: toText, error_message: toText });

// One reader for the answers of start, get, list and cancel: each is a job with some fields. Only its
// id or its status has to be there.
const toCrawl = onlyIf(
	objectOf({
		job_id: toText,
		url: toText,
		status: toExactText,
		created_at: toIsoTime,
		completed_at: toIsoTime,
		estimated_pages: toCount,
		in_flight_pages: toCount,
		token_summary: objectOf({ tokens_charged_total: toAmount, tokens_reserved: toAmount }),
		results: listOf(toPageOutcome),
	}),
	({ job_id: id, status }) => id !== null || status !== null,
);

type GeonodeCrawl = Reading<typeof toCrawl>;

/**
 * What Geonode says about a crawl.
 * @throws {RequestFault} of kind `passing` when the body is no crawl job
 */
export function readStatus(body: unknown, reference: JobReference): StatusReading {
	const job = readCrawl(body, reference);
	const { tokensCharged, tokensReserved, inFlightPages } = job.details;
	return { job, activity: [tokensCharged, tokensReserved, inFlightPages], isMissing: false };
}

/**
 * The CrawlJob in any answer of Geonode that describes a crawl.
 * @see the "Get Crawl Job Status" page of Geonode's Scraper API documentation
 * @throws {RequestFault} of kind `passing` when the body is no crawl job
 */
export function readCrawl(body: unknown, reference: JobReference): CrawlJob {
	const crawl = parseBody(toCrawl, body, 'Geonode crawl job');
	const jobId = crawl.job_id ?? reference.jobId ?? '';
	const status = crawlStatus(crawl.status);
	const { counters, warnings } = readCounters(body, {
		// The pages discovered so far: it grows while the crawl finds links.
		total: 'total_pages',
		completed: 'completed_pages',
		failed: 'failed_pages',
		cancelled: 'cancelled_pages',
	});

	const pageFailure = failureOfFirstPage(crawl.results);

	return createCrawlJob({
		provider: 'geonode',
		jobId,
		reference: { jobId },
		status,
		rawStatus: crawl.status,
		url: crawl.url,
		counters,
		warnings: [
			...warnings,
			...(crawl.status === null ? [noStatusWarning('Geonode')] : []),
			...(status === 'succeeded' ? emptyCrawlWarnings(counters, pageFailure?.message) : []),
		],
		failure: status === 'failed' ? failureOf(pageFailure) : null,
		createdAt: crawl.created_at,
		finishedAt: crawl.completed_at,
		cost: costOf(crawl),
		details: detailsOf(crawl),
	});
}

/** Geonode gives no reason for a failed job, only one for each failed page. */
function failureOf(pageFailure: CrawlFailure | null): CrawlFailure {
	return pageFailure === null
		? { message: 'Geonode reports the crawl as failed and gives no reason', code: null }
		: { ...pageFailure, message: `A page failed: ${pageFailure.message}` };
}

/** Why the first of the given pages that failed did so; a status answer has one page. */
function failureOfFirstPage(pages: GeonodeCrawl['results']): CrawlFailure | null {
	const failedPage = pages.find((page) => page.error_message ?? page.error_code);
	const message = failedPage?.error_message ?? failedPage?.error_code;
	if (!message) return null;
	return { message: publicText(message), code: failedPage?.error_code ?? null };
}

/** The tokens that are charged so far; those that are only reserved are in the details. */
function costOf({ token_summary: tokens }: GeonodeCrawl): CrawlCost | null {
	const charged = tokens?.tokens_charged_total ?? null;
	return charged === null ? null : { amount: charged, unit: 'tokens', isEstimate: false };
}

function detailsOf(crawl: GeonodeCrawl): GeonodeDetails {
	return withoutNulls<GeonodeDetails>({
		estimatedPages: crawl.estimated_pages,
		inFlightPages: crawl.in_flight_pages,
		tokensCharged: crawl.token_summary?.tokens_charged_total,
		tokensReserved: crawl.token_summary?.tokens_reserved,
	});
}
