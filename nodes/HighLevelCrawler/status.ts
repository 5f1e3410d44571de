import { z } from 'zod';

import { readCounters } from '../shared/counters';
import {
	createCrawlJob,
	type CrawlFailure,
	type CrawlJob,
	type CrawlStatus,
	type JobReference,
} from '../shared/crawlJob';
import type { StatusReading } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import { isoTime, listOf, text } from '../shared/tolerant';
import { readHighLevelAnswer } from './api';
import { crawlStatus, isExisting, isTrainingWord, normalizeWord, pageStatus } from './words';

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

/** Reads the `aggregate` of a status answer; `null` where there is none. */
const pagesSchema = z
	.array(z.unknown())
	.pipe(listOf(groupSchema))
	.transform((groups) =>
		groups.flatMap(({ _id, records }) => records.map((record) => toPage(record, _id))),
	)
	.nullable()
	.catch(null);

function toPage(
	{ id, url, title, error }: z.output<typeof recordSchema>,
	status: string | null,
): DiscoveredPage {
	const message = error?.message ?? error?.response ?? null;
	const failure =
		message === null ? null : { message: publicText(message), code: error?.status ?? null };
	return { id, url, title, status, failure };
}

const operationSchema = z
	.object({
		_id: text,
		locationId: text,
		knowledgeBaseId: text,
		status: z.string().nullable().catch(null),
		url: text,
		mode: text,
		createdAt: isoTime,
		updatedAt: isoTime,
	})
	.passthrough();

const statusSchema = z.object({
	aggregate: pagesSchema,
	operationDetails: operationSchema.nullable(),
});

type Operation = z.output<typeof operationSchema>;

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
	return operation === null
		? { job: missingCrawl(reference), isMissing: true }
		: { job: toCrawlJob(operation, pages, reference, waitFor), isMissing: false };
}

/**
 * The pages that a crawl has found, out of the answer to a status request.
 * @throws {RequestFault} of kind `passing` when the body is not such an answer
 */
export function readPages(body: unknown): DiscoveredPage[] {
	return readHighLevelAnswer(statusSchema, body, 'HighLevel crawl status').aggregate ?? [];
}

const startedSchema = z.object({
	operationId: z.string().min(1),
	status: z.string().nullable().catch(null),
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

function toCrawlJob(
	operation: Operation,
	pages: DiscoveredPage[] | null,
	reference: JobReference,
	waitFor: WaitFor,
): CrawlJob {
	const operationId = operation._id ?? reference.operationId ?? '';
	const { counters, warnings } = readCounters(operation, {
		total: 'discoveredUrlsCount',
		completed: 'trainedUrlsCount',
	});
	const trainedCount = counters.completed ?? 0;
	const isUntrained =
		waitFor === 'training' && trainedCount === 0 && isEndOfDiscovery(operation.status);
	const status = isUntrained ? 'running' : crawlStatus(operation.status);

	return createCrawlJob({
		provider: 'highLevel',
		jobId: operationId,
		reference: {
			locationId: operation.locationId ?? reference.locationId ?? '',
			knowledgeBaseId: operation.knowledgeBaseId ?? reference.knowledgeBaseId ?? '',
			operationId,
		},
		status,
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
			...(pages === null ? ['The list of pages could not be read, so none is counted.'] : []),
			...(isUntrained ? ['The discovery has ended, and no page has been trained yet.'] : []),
		],
		failure: status === 'failed' ? failureOf(operation, pages ?? []) : null,
		createdAt: operation.createdAt,
		updatedAt: operation.updatedAt,
		details: {
			mode: operation.mode,
			phase: isTraining(operation.status, trainedCount) ? 'training' : 'discovery',
			discoveredUrlsCount: counters.total,
			trainedUrlsCount: counters.completed,
			pagesByStatus: countByWord(pages ?? []),
		},
	});
}

/** Both phases end with the same word; pages that were there before need no training. */
function isEndOfDiscovery(word: string | null): boolean {
	return crawlStatus(word) === 'succeeded' && !isExisting(word);
}

function isTraining(word: string | null, trainedCount: number): boolean {
	return trainedCount > 0 || isTrainingWord(word);
}

function wordWarnings(word: string | null): string[] {
	if (word === null) {
		return ['HighLevel did not say the status; the crawl is treated as still running.'];
	}
	return isExisting(word)
		? ['HighLevel says "Existing": the pages were in the knowledge base before this crawl.']
		: [];
}

/** HighLevel gives no reason for a failed crawl, only one for each failed page. */
function failureOf(operation: Operation, pages: readonly DiscoveredPage[]): CrawlFailure {
	const failedPage = pages.find((page) => page.failure && pageStatus(page.status) === 'failed');
	if (failedPage?.failure) {
		const { message, code } = failedPage.failure;
		return { message: `A page failed: ${message}`, code };
	}
	const word = normalizeWord(operation.status);
	return { message: `HighLevel reports the crawl as ${word} and gives no reason`, code: null };
}

function countPages(pages: readonly DiscoveredPage[], status: CrawlStatus): number {
	return pages.filter((page) => pageStatus(page.status) === status).length;
}

/** How many pages have which of HighLevel's words, in lower case. */
function countByWord(pages: readonly DiscoveredPage[]): Record<string, number> {
	const counts = new Map<string, number>();
	for (const page of pages) {
		const word = normalizeWord(page.status);
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	return Object.fromEntries(counts);
}

function missingCrawl({ locationId = '', knowledgeBaseId = '', operationId = '' }: JobReference) {
	return createCrawlJob({
		provider: 'highLevel',
		jobId: operationId,
		reference: { locationId, knowledgeBaseId, operationId },
		status: 'unknown',
		rawStatus: null,
		warnings: ['HighLevel does not know this crawl.'],
	});
}
