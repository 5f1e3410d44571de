import type { CrawlStatus } from '../shared/crawlJob';
import { meaningOf, statusWords, wordKey } from '../shared/statusWords';

/**
 * midPilot's words for a crawl, from "Get Scrape Status". It has none for a cancelled one: the word
 * stands here because every service of this kind that has one has this.
 */
const CRAWL_WORDS = statusWords({
	queued: ['queued'],
	running: ['running'],
	succeeded: ['finished'],
	failed: ['failed'],
	cancelled: ['cancelled'],
});

/** The word for no crawl. Comes with HTTP 200, and also while the server cannot reach its database. */
const NOT_FOUND = wordKey('not_found');

/** Reasons to finish that mean that nothing was scraped at all. */
const EMPTY_REASONS: ReadonlySet<string> = new Set(
	['no_starter_links', 'wrong_scraper_iterations_value'].map(wordKey),
);

/** What a word for a crawl means; `unknown` for any other. */
export function crawlStatus(word: string | null): CrawlStatus {
	return meaningOf(word, CRAWL_WORDS) ?? 'unknown';
}

/** Whether the status says that there is no such crawl, or none that the server can look up now. */
export function isNotFound(word: string | null): boolean {
	return wordKey(word) === NOT_FOUND;
}

/**
 * Whether a crawl that finished for this reason has scraped nothing.
 * @param finishReason `null` where the server gives none
 */
export function isEmptyReason(finishReason: string | null): boolean {
	return EMPTY_REASONS.has(wordKey(finishReason));
}
