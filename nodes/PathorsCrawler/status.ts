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
import { emptyCrawlWarnings } from '../shared/emptyCrawl';
import { meaningOf, noStatusWarning, type StatusWords } from '../shared/statusWords';
import { objectOf, toExactText, toIsoTime, toText } from '../shared/tolerant';
import { withoutNulls } from '../shared/withoutBlanks';
import { readJob, type ListedJob } from './api';
import type { PathorsDetails } from './outputSchemas';
import { BUILT_IN_WORDS } from './words';

const toCrawl = objectOf({
	status: toExactText,
	mode: toText,
	startedAt: toIsoTime,
	updatedAt: toIsoTime,
});

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
			'The ID of the crawl is missing',
			'Pathors returns all crawls of a knowledge base. Enter the ID of the one to read as jobId.',
		);
	}
	const listed = readJob(body, jobId);
	return listed === undefined
		? { job: missingCrawl(reference, jobId), isMissing: true }
		: { ...readCrawl(listed, reference, words), isMissing: false, isNamed: true };
}

/**
 * The crawl in one entry of the list. For an unknown word, the counters may show that it has ended;
 * `unconfirmed` is the crawl without that deduction.
 * @param reference the knowledge base that the list is of
 */
export function readCrawl(
	listed: ListedJob,
	reference: JobReference,
	words: StatusWords,
): JobReading {
	const crawl = parseBody(toCrawl, listed, 'Pathors crawl job');
	const { counters, warnings } = readPageCounters(listed);
	const facts = {
		provider: 'pathors',
		jobId: listed.jobId,
		reference: { ...reference, jobId: listed.jobId },
		rawStatus: crawl.status,
		counters,
		startedAt: crawl.startedAt,
		updatedAt: crawl.updatedAt,
		details: withoutNulls<PathorsDetails>({ mode: crawl.mode }),
	};
	const { status: word } = crawl;
	if (word === null) {
		const missing = [...warnings, noStatusWarning('Pathors')];
		return { job: createCrawlJob({ ...facts, status: 'unknown', warnings: missing }) };
	}
	const meaning = meaningOf(word, words);
	const status = meaning ?? statusByCounters(counters);
	const failure = status === 'failed' ? failureOf(meaning) : null;
	const empty = status === 'succeeded' ? emptyCrawlWarnings(counters) : [];
	if (meaning !== undefined || status === 'unknown') {
		return {
			job: createCrawlJob({ ...facts, status, warnings: [...warnings, ...empty], failure }),
		};
	}
	const guess = `The status "${word}" is unknown to this package. The crawl counts as ${status}, because all of its pages are done or failed. Set the meaning of the status in 'Status Words'.`;
	return {
		job: createCrawlJob({ ...facts, status, warnings: [...warnings, guess], failure }),
		unconfirmed: createCrawlJob({ ...facts, status: 'unknown', warnings }),
	};
}

/**
 * The page counters. Nothing says whether `done` includes the failed pages. They are treated as
 * separate, unless their sum is above the total: that shows that it does.
 */
function readPageCounters(listed: ListedJob): ReadCounters {
	const { counters, warnings } = readCounters(listed, {
		// The pages found so far: it may be 0 at first, and grow while the crawl finds links.
		total: 'total',
		completed: 'done',
		failed: 'failed',
	});
	const { total, completed: done = null, failed } = counters;
	const isCountedTwice = total && done && failed && done + failed > total;
	const completed = isCountedTwice ? Math.max(0, done - failed) : done;
	return { counters: { ...counters, completed }, warnings };
}

/**
 * The status by the counters, for unknown words only. It is a guess: the counters can match for a
 * moment, before the crawl finds more pages.
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
			'The knowledge base lists no such crawl: it is not visible yet, it is no longer kept, or the ID is wrong.',
		],
	});
}
