import { z } from 'zod/v3';

import { readCounters } from '../shared/counters';
import {
	createCrawlJob,
	type CrawlCounters,
	type CrawlFailure,
	type CrawlJob,
	type CrawlStatus,
	type JobReference,
} from '../shared/crawlJob';
import { emptyCrawlWarnings } from '../shared/emptyCrawl';
import type { JobReading, StatusReading } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import { noStatusWarning } from '../shared/statusWords';
import { isoTime, listOf, requiredText, statusWord, text } from '../shared/tolerant';
import { readHighLevelAnswer } from './api';
import type { HighLevelDetails } from './outputSchemas';
import {
	crawlStatus,
	detailWord,
	isExisting,
	isPending,
	isTrainingWord,
	isUnderWay,
	pageStatus,
} from './words';

/** Which part of a crawl has to be done for it to count as a success. */
export type WaitFor = 'discovery' | 'training';

/** A page that a crawl has found. */
export interface DiscoveredPage {
	/** What a training names the page by. */
	id: string | null;
	url: string | null;
	title: string | null;
	/** HighLevel's word for how far the page is. */
	status: string | null;
	/** As HighLevel words it: to be cleaned where it is shown. */
	failure: CrawlFailure | null;
}

const recordSchema = z.object({
	id: text,
	url: text,
	title: text,
	// Its `stack` names files of HighLevel's servers, so it is not read.
	error: z.object({ message: text, response: text, status: text }).nullish().catch(null),
});

const groupSchema = z.object({ _id: text, records: listOf(recordSchema) });

/** A page of the answer with its word; its message is as HighLevel has written it. */
type PageRecord = z.output<typeof recordSchema> & { word: string | null };

/** Reads the `aggregate` of a status answer; `null` where there is none. */
const pagesSchema = z
	.array(z.unknown())
	.pipe(listOf(groupSchema))
	.transform((groups) =>
		groups.flatMap(({ _id, records }) =>
			records.map((record): PageRecord => ({ ...record, word: _id })),
		),
	)
	.nullable()
	.catch(null);

const operationSchema = z
	.object({
		_id: text,
		locationId: text,
		knowledgeBaseId: text,
		status: statusWord,
		url: text,
		mode: text,
		createdAt: isoTime,
		updatedAt: isoTime,
	})
	.passthrough();

type Operation = z.output<typeof operationSchema>;

/** The documentation leaves it open whether a success has any of this with it. */
const statusSchema = z
	.object({
		success: z.unknown(),
		aggregate: pagesSchema,
		operationDetails: operationSchema.nullish(),
	})
	.refine(
		({ success, aggregate, operationDetails }) =>
			success === true || aggregate !== null || operationDetails !== undefined,
	);

/**
 * The crawl in the answer to a status request.
 * @see the "Get crawling status for the latest operation" page of HighLevel's API documentation
 * @throws {RequestFault} of kind `passing` when the body is not such an answer
 */
export function readStatus(
	body: unknown,
	reference: JobReference,
	waitFor: WaitFor = 'discovery',
): StatusReading {
	const answer = readHighLevelAnswer(statusSchema, body, 'HighLevel crawl status');
	const { operationDetails: operation, aggregate: pages } = answer;
	if (operation === null) return { job: missingCrawl(reference), isMissing: true };
	const crawl = { operation: operation ?? operationSchema.parse({}), pages, reference };
	return { ...readCrawl(crawl, waitFor), isMissing: false };
}

/**
 * The pages that a crawl has found, out of the answer to a status request.
 * @throws {RequestFault} of kind `passing` when the body is not such an answer
 */
export function readPages(body: unknown): DiscoveredPage[] {
	const { aggregate } = readHighLevelAnswer(statusSchema, body, 'HighLevel crawl status');
	return (aggregate ?? []).map((page) => ({
		id: page.id,
		url: page.url,
		title: page.title,
		status: page.word,
		failure: failureOfPage(page),
	}));
}

const startedSchema = z.object({
	operationId: requiredText,
	status: statusWord,
	url: text,
});

/**
 * The crawl in the answer to a start.
 * @throws {RequestFault} of kind `passing` when the body is not such an answer
 */
export function readStarted(
	body: unknown,
	knowledgeBase: { locationId: string; knowledgeBaseId: string },
): CrawlJob {
	const started = readHighLevelAnswer(startedSchema, body, 'started HighLevel crawl');
	return createCrawlJob({
		provider: 'highLevel',
		jobId: started.operationId,
		reference: { ...knowledgeBase, operationId: started.operationId },
		status: crawlStatus(started.status),
		rawStatus: started.status,
		url: started.url,
		warnings: wordWarnings(started.status),
	});
}

/** An answer about a crawl, with the ids that it was asked for. */
interface Crawl {
	operation: Operation;
	/** `null` where the answer has no readable list. */
	pages: PageRecord[] | null;
	reference: JobReference;
}

/** The crawl in an answer, as far as it counts for what the user waits for. */
function readCrawl(crawl: Crawl, waitFor: WaitFor): JobReading {
	const { operation, pages } = crawl;
	const facts = factsOf(crawl);
	const { counters, warnings } = facts;
	const trainedCount = counters.completed ?? 0;
	const isUntrained =
		waitFor === 'training' && trainedCount === 0 && isEndOfDiscovery(operation.status);
	const status = isUntrained ? 'running' : crawlStatus(operation.status);
	const activity = countByWord(pages ?? []);
	const isEmptySuccess = status === 'succeeded' && !isExisting(operation.status);

	const job = createCrawlJob({
		...facts,
		status,
		warnings: [
			...warnings,
			...(isUntrained ? ['The discovery has ended, but no pages have been trained yet.'] : []),
			...(isEmptySuccess ? emptyDiscoveryWarnings(crawl, counters) : []),
		],
		failure: status === 'failed' ? failureOf(operation, pages ?? []) : null,
	});
	if (waitFor === 'training' || !hasFoundPages(crawl, counters)) return { job, activity };
	const discovered = createCrawlJob({
		...facts,
		status: 'succeeded',
		warnings: [...warnings, DEDUCED_END, ...emptyDiscoveryWarnings(crawl, counters)],
	});
	return { job: discovered, unconfirmed: job, activity };
}

/** All of a CrawlJob that does not depend on what the user waits for. */
function factsOf({ operation, pages, reference }: Crawl) {
	const operationId = operation._id ?? reference.operationId ?? '';
	const { counters, warnings } = readCounters(operation, {
		total: 'discoveredUrlsCount',
		completed: 'trainedUrlsCount',
	});
	const details: HighLevelDetails = {
		mode: operation.mode,
		phase: isTraining(operation.status, counters.completed ?? 0) ? 'training' : 'discovery',
		discoveredUrlsCount: counters.total ?? null,
		trainedUrlsCount: counters.completed ?? null,
		pagesByStatus: countByWord(pages ?? []),
	};
	return {
		provider: 'highLevel',
		jobId: operationId,
		reference: {
			locationId: operation.locationId ?? reference.locationId ?? '',
			knowledgeBaseId: operation.knowledgeBaseId ?? reference.knowledgeBaseId ?? '',
			operationId,
		},
		rawStatus: operation.status,
		url: operation.url,
		counters: {
			...counters,
			failed: pages && countPages(pages, 'failed'),
			cancelled: pages && countPages(pages, 'cancelled'),
		},
		warnings: [
			...warnings,
			...wordWarnings(operation.status),
			...(pages === null ? ['The list of pages could not be read, so no pages are counted.'] : []),
		],
		createdAt: operation.createdAt,
		updatedAt: operation.updatedAt,
		details,
	};
}

const DEDUCED_END =
	'The end of the discovery is deduced: HighLevel still says "Pending", but it has found pages, is processing none of them, and nothing has changed for a while.';

/**
 * Whether a crawl looks as if its discovery were over, although no word says so. HighLevel starts an
 * operation as "Processing", and calls one "Pending" that has found its pages: most likely they wait
 * to be trained. They may also wait to be fetched, so that only a standstill can tell.
 */
function hasFoundPages({ operation, pages }: Crawl, { total }: Partial<CrawlCounters>): boolean {
	const found = Math.max(total ?? 0, pages?.length ?? 0);
	const isAtWork = (pages ?? []).some(({ word }) => isUnderWay(word));
	return isPending(operation.status) && found > 0 && !isAtWork;
}

/** What is odd about a discovery that is a success. A page that was found need not be trained. */
function emptyDiscoveryWarnings(
	{ pages }: Crawl,
	{ total, completed, failed, cancelled }: Partial<CrawlCounters>,
): string[] {
	const found = pages === null ? total : Math.max(total ?? 0, pages.length);
	return emptyCrawlWarnings(
		{
			total: found ?? null,
			completed: completed || null,
			failed: failed ?? null,
			cancelled: cancelled ?? null,
		},
		firstReason(pages ?? [])?.message ?? null,
	);
}

/** Both phases end with the same word; pages that were there before need no training. */
function isEndOfDiscovery(word: string | null): boolean {
	return crawlStatus(word) === 'succeeded' && !isExisting(word);
}

function isTraining(word: string | null, trainedCount: number): boolean {
	return trainedCount > 0 || isTrainingWord(word);
}

function wordWarnings(word: string | null): string[] {
	if (word === null) return [noStatusWarning('HighLevel')];
	return isExisting(word)
		? ['HighLevel says "Existing": the pages were in the knowledge base before this crawl.']
		: [];
}

/** HighLevel gives no reason for a failed crawl, only one for each failed page. */
function failureOf(operation: Operation, pages: readonly PageRecord[]): CrawlFailure {
	const reason = firstReason(pages);
	if (reason !== null) return { ...reason, message: `A page failed: ${reason.message}` };
	const word = detailWord(operation.status);
	return { message: `HighLevel reports the crawl as ${word} and gives no reason`, code: null };
}

/** Why the first page that failed with a reason did so. Of the others, nothing is cleaned: there can be thousands. */
function firstReason(pages: readonly PageRecord[]): CrawlFailure | null {
	for (const page of pages) {
		const failure = pageStatus(page.word) === 'failed' ? failureOfPage(page) : null;
		if (failure !== null) return { ...failure, message: publicText(failure.message) };
	}
	return null;
}

/** Why a page failed, as HighLevel words it. */
function failureOfPage({ error }: PageRecord): CrawlFailure | null {
	const message = error?.message ?? error?.response ?? null;
	return message === null ? null : { message, code: error?.status ?? null };
}

function countPages(pages: readonly PageRecord[], status: CrawlStatus): number {
	return pages.filter((page) => pageStatus(page.word) === status).length;
}

/** How many pages have which of HighLevel's words, in lower case. */
function countByWord(pages: readonly PageRecord[]): Record<string, number> {
	const counts = new Map<string, number>();
	for (const page of pages) {
		const word = detailWord(page.word);
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	// In an order of their own: that of the groups may change from answer to answer.
	return Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b)));
}

function missingCrawl({ locationId = '', knowledgeBaseId = '', operationId = '' }: JobReference) {
	return createCrawlJob({
		provider: 'highLevel',
		jobId: operationId,
		reference: { locationId, knowledgeBaseId, operationId },
		status: 'unknown',
		rawStatus: null,
		warnings: ['HighLevel could not find this crawl.'],
	});
}
