import type { CrawlStatus } from '../shared/crawlJob';

/**
 * Convocore's words for a crawl, from the types of its MCP server and the example of "Create crawler
 * job". "Get crawler job" gives none by its documentation: there the flags of the job tell.
 */
const CRAWL_WORDS: ReadonlyMap<string, CrawlStatus> = new Map([
	['queued', 'queued'],
	['processing', 'running'],
	['completed', 'succeeded'],
	['failed', 'failed'],
	['cancelled', 'cancelled'],
]);

/** What a word for a crawl means; `unknown` for any other. */
export function crawlStatus(word: string): CrawlStatus {
	return CRAWL_WORDS.get(word.trim().toLowerCase()) ?? 'unknown';
}

/** What flags of a crawl say; the words and numbers that some languages write for them as well. */
const FLAG_WORDS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
	[true, true],
	[false, false],
	['true', true],
	['false', false],
	[1, true],
	[0, false],
]);

/** The value of a flag; `null` where it cannot be read. */
export function toFlag(value: unknown): boolean | null {
	return FLAG_WORDS.get(value) ?? null;
}
