import type { CrawlStatus } from '../shared/crawlJob';
import { meaningOf, statusWords } from '../shared/statusWords';

/**
 * Convocore's words for a crawl, from the types of its MCP server and the example of "Create crawler
 * job". "Get crawler job" gives none by its documentation: there the flags of the job tell.
 */
const CRAWL_WORDS = statusWords({
	queued: ['queued'],
	running: ['processing'],
	succeeded: ['completed'],
	failed: ['failed'],
	cancelled: ['cancelled'],
});

/** What a word for a crawl means; `unknown` for any other. */
export function crawlStatus(word: string | null): CrawlStatus {
	return meaningOf(word, CRAWL_WORDS) ?? 'unknown';
}

/** What flags of a crawl say; the words and numbers that some languages write for them as well. */
const FLAG_WORDS: ReadonlyMap<string, boolean> = new Map([
	['true', true],
	['false', false],
	['1', true],
	['0', false],
]);

/** The value of a flag; `null` where it cannot be read. */
export function toFlag(value: unknown): boolean | null {
	const isScalar = ['boolean', 'number', 'string'].includes(typeof value);
	return isScalar ? (FLAG_WORDS.get(String(value).trim().toLowerCase()) ?? null) : null;
}
