import { compareTexts } from '../shared/compareTexts';
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
import { parseBody } from '../shared/http/parseBody';
import type { JobReading, StatusReading } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import { noStatusWarning } from '../shared/statusWords';
import {
	asItIs,
	listOf,
	objectOf,
	onlyIf,
	toExactText,
	toIsoTime,
	toObject,
	toText,
	type Reading,
} from '../shared/tolerant';
import { readHighLevelAnswer } from './api';
import type { HighLevelDetails } from './outputSchemas';
import {
	detailWord,
	isExisting,
	isPending,
	isTrainingWord,
	isUnderWay,
	statusOfWord,
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

const toRecord = objectOf({
	id: toText,
	url: toText,
	title: toText,
	// Its `stack` names files of HighLevel's servers, so it is not read.
	error: objectOf({ message: toText, response: toText, status: toText }),
});

type PageRecord = Reading<typeof toRecord>;

/** The pages with the same word. They can be thousands: they are counted, and read only where needed. */
const toGroup = objectOf({ _id: toText, records: toRecords });

type PageGroup = Reading<typeof toGroup>;

/** The `aggregate` of a status answer; `null` where there is none. */
function toGroups(value: unknown): PageGroup[] | null {
	if (!Array.isArray(value)) return null;
	return listOf(toGroup)(value).filter(({ records }) => records.count > 0);
}

function toRecords(value: unknown): { entries: readonly unknown[]; count: number } {
	const entries = Array.isArray(value) ? value : [];
	let count = 0;
	for (const entry of entries) if (toObject(entry) !== null) count++;
	return { entries, count };
}

const toOperation = objectOf({
	_id: toText,
	locationId: toText,
	knowledgeBaseId: toText,
	status: toExactText,
	url: toText,
	mode: toText,
	createdAt: toIsoTime,
	updatedAt: toIsoTime,
	discoveredUrlsCount: asItIs,
	trainedUrlsCount: asItIs,
});

type Operation = Reading<typeof toOperation>;

/** The documentation leaves it open whether a success has any of this with it. */
const toStatus = onlyIf(
	objectOf({ success: asItIs, aggregate: toGroups, operationDetails: asItIs }),
	({ success, aggregate, operationDetails }) =>
		success === true || aggregate !== null || operationDetails !== undefined,
);

interface StatusAnswer {
	/** `null` where HighLevel says that there is none. */
	operation: Operation | null;
	/** `null` where the answer has no readable list. */
	pages: PageGroup[] | null;
}

function readStatusAnswer(body: unknown): StatusAnswer {
	const what = 'HighLevel crawl status';
	const { operationDetails, aggregate: pages } = readHighLevelAnswer(toStatus, body, what);
	const operation =
		operationDetails === null ? null : parseBody(toOperation, operationDetails ?? {}, what);
	return { operation, pages };
}

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
	const { operation, pages } = readStatusAnswer(body);
	if (operation === null) return { job: missingCrawl(reference), isMissing: true };
	const reading = readCrawl({ operation, pages, reference }, waitFor);
	return { ...reading, isMissing: false, isNamed: operation._id !== null };
}

/**
 * The pages that a crawl has found, out of the answer to a status request.
 * @throws {RequestFault} of kind `passing` when the body is not such an answer
 */
export function readPages(body: unknown): DiscoveredPage[] {
	const { pages } = readStatusAnswer(body);
	return (pages ?? []).flatMap(({ _id: status, records }) =>
		listOf(toRecord)(records.entries).map(({ error, ...page }) => ({
			...page,
			status,
			failure: failureOfPage(error),
		})),
	);
}

const toStarted = objectOf(
	{ operationId: toText, status: toExactText, url: toText },
	'operationId',
);

/**
 * The crawl in the answer to a start.
 * @throws {RequestFault} of kind `passing` when the body is not such an answer
 */
export function readStarted(
	body: unknown,
	knowledgeBase: { locationId: string; knowledgeBaseId: string },
): CrawlJob {
	const started = readHighLevelAnswer(toStarted, body, 'started HighLevel crawl');
	return createCrawlJob({
		provider: 'highLevel',
		jobId: started.operationId,
		reference: { ...knowledgeBase, operationId: started.operationId },
		status: statusOfWord(started.status),
		rawStatus: started.status,
		url: started.url,
		warnings: wordWarnings(started.status),
	});
}

/** An answer about a crawl, with the ids that it was asked for. */
interface Crawl {
	operation: Operation;
	/** `null` where the answer has no readable list. */
	pages: PageGroup[] | null;
	reference: JobReference;
}

/** The crawl in an answer, as far as it counts for what the user waits for. */
function readCrawl(crawl: Crawl, waitFor: WaitFor): JobReading {
	const { operation, pages } = crawl;
	const facts = factsOf(crawl);
	const { counters, warnings } = facts;
	const trainedCount = counters.completed ?? 0;
	const empty = isEndOfDiscovery(operation.status) ? emptyDiscoveryWarnings(crawl, counters) : [];
	const isUntrained =
		waitFor === 'training' &&
		trainedCount === 0 &&
		isEndOfDiscovery(operation.status) &&
		!isTrainingWord(operation.status) &&
		// A discovery that has found nothing, or nothing but failures, leaves nothing to be trained.
		(empty.length === 0 || counters.total === null);
	const status = isUntrained ? 'running' : statusOfWord(operation.status);
	const activity = countByWord(pages ?? []);

	const job = createCrawlJob({
		...facts,
		status,
		warnings: [
			...warnings,
			...(isUntrained ? ['The discovery has ended, but no pages have been trained yet.'] : []),
			...(status === 'succeeded' ? empty : []),
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
			failed: pages && countPages(withStatus(pages, 'failed')),
			cancelled: pages && countPages(withStatus(pages, 'cancelled')),
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
	const found = Math.max(total ?? 0, countPages(pages ?? []));
	const isAtWork = (pages ?? []).some(({ _id: word }) => isUnderWay(word));
	return isPending(operation.status) && found > 0 && !isAtWork;
}

/** What is odd about a discovery that is a success. A page that was found need not be trained. */
function emptyDiscoveryWarnings(
	{ pages }: Crawl,
	{ total, completed, failed, cancelled }: Partial<CrawlCounters>,
): string[] {
	const found = pages === null ? total : Math.max(total ?? 0, countPages(pages));
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
	return statusOfWord(word) === 'succeeded' && !isExisting(word);
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
function failureOf(operation: Operation, pages: readonly PageGroup[]): CrawlFailure {
	const reason = firstReason(pages);
	if (reason !== null) return { ...reason, message: `A page failed: ${reason.message}` };
	const word = detailWord(operation.status);
	return { message: `HighLevel reports the crawl as ${word} and gives no reason`, code: null };
}

/** Why the first page that failed with a reason did so. Of the others, nothing is cleaned: there can be thousands. */
function firstReason(pages: readonly PageGroup[]): CrawlFailure | null {
	for (const { records } of withStatus(pages, 'failed')) {
		for (const record of records.entries) {
			const failure = failureOfPage(toRecord(record)?.error ?? null);
			if (failure !== null) return { ...failure, message: publicText(failure.message) };
		}
	}
	return null;
}

/** Why a page failed, as HighLevel words it. */
function failureOfPage(error: PageRecord['error']): CrawlFailure | null {
	const message = error?.message ?? error?.response ?? null;
	return message === null ? null : { message, code: error?.status ?? null };
}

function withStatus(pages: readonly PageGroup[], status: CrawlStatus): PageGroup[] {
	return pages.filter(({ _id: word }) => statusOfWord(word) === status);
}

function countPages(pages: readonly PageGroup[]): number {
	return pages.reduce((count, { records }) => count + records.count, 0);
}

/** How many pages have which of HighLevel's words, in lower case. */
function countByWord(pages: readonly PageGroup[]): Record<string, number> {
	const counts = new Map<string, number>();
	for (const { _id, records } of pages) {
		const word = detailWord(_id);
		counts.set(word, (counts.get(word) ?? 0) + records.count);
	}
	// In an order of their own: that of the groups may change from answer to answer.
	return Object.fromEntries([...counts].sort(([a], [b]) => compareTexts(a, b)));
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
