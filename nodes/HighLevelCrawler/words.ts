import type { CrawlStatus } from '../shared/crawlJob';

/*
 * HighLevel's words, in lower case: those of "Get crawling status for the latest operation", and
 * the spellings that its webhooks and clients use.
 */

/** The words for a crawl, in `operationDetails.status`. */
const CRAWL_WORDS: ReadonlyMap<string, CrawlStatus> = new Map([
	['pending', 'running'],
	['processing', 'running'],
	['training', 'running'],
	['successful', 'succeeded'],
	['success', 'succeeded'],
	['completed', 'succeeded'],
	['trained', 'succeeded'],
	// The pages are in the knowledge base, though not by this crawl.
	['existing', 'succeeded'],
	['failed', 'failed'],
	['aborted', 'failed'],
	['restricted', 'failed'],
	['cancelled', 'cancelled'],
	['canceled', 'cancelled'],
]);

/** The words for a page, each that of its group in `aggregate`. */
const PAGE_WORDS: ReadonlyMap<string, CrawlStatus> = new Map([
	['pending', 'running'],
	['processing', 'running'],
	['training', 'running'],
	['successful', 'succeeded'],
	['success', 'succeeded'],
	['completed', 'succeeded'],
	['trained', 'succeeded'],
	// The page was in the knowledge base before the crawl.
	['existing', 'succeeded'],
	['failed', 'failed'],
	['aborted', 'failed'],
	['restricted', 'failed'],
	['cancelled', 'cancelled'],
	['canceled', 'cancelled'],
]);

/** The words for a page that has been found and not been trained yet. */
const UNTRAINED_PAGE_WORDS: readonly string[] = ['pending', 'successful'];

/** The words for a crawl that only its second phase, the training, has. */
const TRAINING_WORDS: readonly string[] = ['training', 'trained'];

/** A word in the spelling of these tables; empty where there is none. */
export function normalizeWord(word: string | null): string {
	return (word ?? '').trim().toLowerCase();
}

/** What a word for a crawl means; `unknown` for any other. */
export function crawlStatus(word: string | null): CrawlStatus {
	return CRAWL_WORDS.get(normalizeWord(word)) ?? 'unknown';
}

/** What a word for a page means; `unknown` for any other. */
export function pageStatus(word: string | null): CrawlStatus {
	return PAGE_WORDS.get(normalizeWord(word)) ?? 'unknown';
}

/** Whether a page, or each page of a crawl, was in the knowledge base before the crawl. */
export function isExisting(word: string | null): boolean {
	return normalizeWord(word) === 'existing';
}

/** Whether the word for a page says that it has been found and not been trained yet. */
export function isUntrainedPage(word: string | null): boolean {
	return UNTRAINED_PAGE_WORDS.includes(normalizeWord(word));
}

/** Whether the word for a crawl is one of its training. */
export function isTrainingWord(word: string | null): boolean {
	return TRAINING_WORDS.includes(normalizeWord(word));
}
