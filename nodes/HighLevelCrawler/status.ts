import { z } from 'zod';

import { readCounters } from '../shared/counters';
import {
	createCrawlJob,
	type CrawlFailure,
	type CrawlJob,
	type JobReference,
} from '../shared/crawlJob';
import type { StatusReading } from '../shared/provider';
import { isoTime, text } from '../shared/values';
import { readHighLevelAnswer } from './answer';
import { countByWord, countPages, discoverySchema, type DiscoveredPage } from './discovery';
import { normalizeWord, statusOf } from './statusWords';

/** Which part of a crawl has to be done for it to count as a success. */
export type WaitFor = 'discovery' | 'training';

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
	aggregate: discoverySchema,
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
		status: statusOf(started.status),
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
	const status = isUntrained ? 'running' : statusOf(operation.status);

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
	return statusOf(word) === 'succeeded' && normalizeWord(word) !== 'existing';
}

function isTraining(word: string | null, trainedCount: number): boolean {
	return trainedCount > 0 || ['training', 'trained'].includes(normalizeWord(word));
}

function wordWarnings(word: string | null): string[] {
	if (word === null) {
		return ['HighLevel did not say the status; the crawl is treated as still running.'];
	}
	return normalizeWord(word) === 'existing'
		? ['HighLevel says "Existing": the pages were in the knowledge base before this crawl.']
		: [];
}

/** HighLevel gives no reason for a failed crawl, only one for each failed page. */
function failureOf(operation: Operation, pages: readonly DiscoveredPage[]): CrawlFailure {
	const failedPage = pages.find((page) => page.failure && statusOf(page.status) === 'failed');
	if (failedPage?.failure) {
		const { message, code } = failedPage.failure;
		return { message: `A page failed: ${message}`, code };
	}
	const word = normalizeWord(operation.status);
	return { message: `HighLevel reports the crawl as ${word} and gives no reason`, code: null };
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
