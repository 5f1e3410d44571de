import type { CrawlStatus } from '../shared/crawlJob';

/** Geonode's words for a crawl, from "Get Crawl Job Status"; `queued` is in the answer of the start. */
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
