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
import { InvalidInputError } from '../shared/errors';
import { parseBody } from '../shared/http/parseBody';
import type { JobReading, StatusReading } from '../shared/provider';
import { isoTime, text } from '../shared/tolerant';
import { readJobs, type ListedJob } from './api';
import { BUILT_IN_WORDS, meaningOf, type StatusWords } from './words';

const crawlSchema = z
	.object({ status: z.string(), mode: text, startedAt: isoTime, updatedAt: isoTime })
	.passthrough();

/**
 * The CrawlJob of `reference.jobId` in the list that is Pathors' only status answer.
 * @see "List crawl/import jobs and their progress" in Pathors' API reference
 * @throws {InvalidInputError} when the reference names no job
 * @throws {RequestFault} of kind `passing` when the body is no list of crawls
 */
export function readStatus(
	body: unknown,
	reference: JobReference,
	words: StatusWords = BUILT_IN_WORDS,
): StatusReading {
	const { jobId = '' } = reference;
	if (jobId === '') {
		throw new InvalidInputError(
			'The id of the crawl is missing',
			'Pathors answers with all crawls of a knowledge base: name the one to read with jobId.',
		);
	}
	const listed = readJobs(body).find((job) => job.jobId === jobId);
	return listed === undefined
		? { job: missingCrawl(reference, jobId), isMissing: true }
		: { ...readCrawl(listed, reference, words), isMissing: false };
}

/**
 * The crawl in one entry of the list. For a word that nobody knows, the counters may say that it
 * has ended; `unconfirmed` is the crawl without their word.
 * @param reference the knowledge base that the list is of
 * @throws {RequestFault} of kind `passing` when the entry has no status
 */
export function readCrawl(
	listed: ListedJob,
	reference: JobReference,
	words: StatusWords,
): JobReading {
	const crawl = parseBody(crawlSchema, listed, 'Pathors crawl job');
	const { counters, warnings } = readPageCounters(listed);
	const facts = {
		provider: 'pathors',
		jobId: listed.jobId,
		reference: { ...reference, jobId: listed.jobId },
		rawStatus: crawl.status,
		counters,
		startedAt: crawl.startedAt,
		updatedAt: crawl.updatedAt,
		details: crawl.mode === null ? {} : { mode: crawl.mode },
	};
	const meaning = meaningOf(crawl.status, words);
	const status = meaning ?? statusByCounters(counters);
	const failure = status === 'failed' ? failureOf(meaning) : null;
	if (meaning !== undefined || status === 'unknown') {
		return { job: createCrawlJob({ ...facts, status, warnings, failure }) };
	}
	const guess = `The status "${crawl.status}" is not known to this package; the crawl is taken as ${status}, since all of its pages are counted as done or failed. Say in Status Words what it means.`;
	return {
		job: createCrawlJob({ ...facts, status, warnings: [...warnings, guess], failure }),
		unconfirmed: createCrawlJob({ ...facts, status: 'unknown', warnings }),
	};
}

/**
 * The page counters. Nothing says whether `done` includes the failed pages. They are taken as two
 * groups, until there would be more pages than the total: that shows that it does.
 */
function readPageCounters(listed: ListedJob): ReadCounters {
	const { counters, warnings } = readCounters(listed, {
		// The pages found so far: it may be 0 at first, and grow while the crawl finds links.
		total: 'total',
		completed: 'done',
		failed: 'failed',
	});
	const { total, completed: done, failed } = counters;
	const isCountedTwice = total && done && failed && done + failed > total;
	const completed = isCountedTwice ? Math.max(0, done - failed) : done;
	return { counters: { ...counters, completed }, warnings };
}

/**
 * Whether all pages are through. Only for a word that nobody knows, and never sure: the counters can
 * be even for a moment, before the crawl finds more pages.
 */
function statusByCounters({ total, completed, failed }: Partial<CrawlCounters>): CrawlStatus {
	if (!total || completed === null || completed === undefined) return 'unknown';
	if (completed + (failed ?? 0) < total) return 'unknown';
	return completed === 0 ? 'failed' : 'succeeded';
}

/** Pathors gives no reason for a failed crawl. */
function failureOf(meaning: CrawlStatus | undefined): CrawlFailure {
	const message =
		meaning === undefined
			? 'None of the pages could be crawled, and Pathors gives no reason'
			: 'Pathors reports the crawl as failed and gives no reason';
	return { message, code: null };
}

function missingCrawl(reference: JobReference, jobId: string): CrawlJob {
	return createCrawlJob({
		provider: 'pathors',
		jobId,
		reference,
		status: 'unknown',
		rawStatus: null,
		warnings: [
			'The knowledge base lists no such crawl: it is not visible yet, no longer kept, or the id is wrong.',
		],
	});
}
