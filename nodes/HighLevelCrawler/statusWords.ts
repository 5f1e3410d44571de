import type { CrawlStatus } from '../shared/crawlJob';

/**
 * HighLevel's words, in lower case: those of "Get crawling status for the latest operation", and
 * the spellings that its webhooks and clients use. They stand for a crawl and for groups of pages.
 */
const STATUS_MAP: ReadonlyMap<string, CrawlStatus> = new Map([
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

/** A status word in the spelling of this package's map; empty where there is none. */
export function normalizeWord(word: string | null): string {
	return (word ?? '').trim().toLowerCase();
}

/** What a word of HighLevel means; `unknown` for any other. */
export function statusOf(word: string | null): CrawlStatus {
	return STATUS_MAP.get(normalizeWord(word)) ?? 'unknown';
}
