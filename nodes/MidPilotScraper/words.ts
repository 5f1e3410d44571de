import type { CrawlStatus } from '../shared/crawlJob';

/** midPilot's words for a crawl, from "Get Scrape Status". */
const CRAWL_WORDS: ReadonlyMap<string, CrawlStatus> = new Map([
	['queued', 'queued'],
	['running', 'running'],
	['finished', 'succeeded'],
	['failed', 'failed'],
]);

/** The word for no crawl. Comes with HTTP 200, and also while the server cannot reach its database. */
const NOT_FOUND = 'not_found';

/** Reasons to finish that mean that nothing was scraped at all. */
const EMPTY_REASONS: ReadonlySet<string | null> = new Set([
	'no_starter_links',
	'wrong_scraper_iterations_value',
]);

/** What a word for a crawl means; `unknown` for any other. */
export function crawlStatus(word: string): CrawlStatus {
	return CRAWL_WORDS.get(wordKey(word)) ?? 'unknown';
}

/** Whether the status says that there is no such crawl, or none that the server can look up now. */
export function isNotFound(word: string): boolean {
	return wordKey(word) === NOT_FOUND;
}

/**
 * Whether a crawl that finished for this reason has scraped nothing.
 * @param finishReason in snake_case; `null` where the server gives none
 */
export function isEmptyReason(finishReason: string | null): boolean {
	return EMPTY_REASONS.has(finishReason);
}

function wordKey(word: string): string {
	return word.trim().toLowerCase();
}
