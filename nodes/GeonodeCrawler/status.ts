import { z } from 'zod';

import { readCounters } from '../shared/counters';
import {
	createCrawlJob,
	type CrawlFailure,
	type CrawlJob,
	type JobReference,
} from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { publicText } from '../shared/sanitize';
import { count, isoTime, listOf, text } from '../shared/tolerant';
import { crawlStatus } from './words';

const pageOutcomeSchema = z.object({ error_code: text, error_message: text });

// One schema for the answers of start, get, list and cancel: each is a job with some fields.
const crawlSchema = z
	.object({
		job_id: text,
		url: text,
		status: z.string(),
		created_at: isoTime,
		completed_at: isoTime,
		estimated_pages: count,
		in_flight_pages: count,
		token_summary: z
			.object({ tokens_charged_total: count, tokens_reserved: count })
			.nullish()
			.catch(null),
		results: listOf(pageOutcomeSchema),
	})
	.passthrough();

/**
 * The CrawlJob in any answer of Geonode that describes a crawl.
 * @see the "Get Crawl Job Status" page of Geonode's Scraper API documentation
 * @throws {RequestFault} of kind `passing` when the body is no crawl job
 */
export function readCrawl(body: unknown, reference: JobReference): CrawlJob {
	const crawl = parseBody(crawlSchema, body, 'Geonode crawl job');
	const jobId = crawl.job_id ?? reference.jobId ?? '';
	const status = crawlStatus(crawl.status);
	const { counters, warnings } = readCounters(crawl, {
		// The pages discovered so far: it grows while the crawl finds links.
		total: 'total_pages',
		completed: 'completed_pages',
		failed: 'failed_pages',
		cancelled: 'cancelled_pages',
	});

	return createCrawlJob({
		provider: 'geonode',
		jobId,
		reference: { jobId },
		status,
		rawStatus: crawl.status,
		url: crawl.url,
		counters,
		warnings,
		failure: status === 'failed' ? failureOf(crawl.results) : null,
		createdAt: crawl.created_at,
		finishedAt: crawl.completed_at,
		details: detailsOf(crawl),
	});
}

/** Geonode gives no reason for a failed job, only one for each failed page. */
function failureOf(pages: Array<z.output<typeof pageOutcomeSchema>>): CrawlFailure {
	const failedPage = pages.find((page) => page.error_message ?? page.error_code);
	if (failedPage === undefined) {
		return { message: 'Geonode reports the crawl as failed and gives no reason', code: null };
	}
	return {
		message: publicText(`A page failed: ${failedPage.error_message ?? failedPage.error_code}`),
		code: failedPage.error_code,
	};
}

function detailsOf(crawl: z.output<typeof crawlSchema>): Record<string, unknown> {
	const details = {
		estimatedPages: crawl.estimated_pages,
		inFlightPages: crawl.in_flight_pages,
		tokensCharged: crawl.token_summary?.tokens_charged_total ?? null,
		tokensReserved: crawl.token_summary?.tokens_reserved ?? null,
	};
	return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null));
}
