import type { CrawlStatus } from '../shared/crawlJob';
import { meaningOf, statusWords } from '../shared/statusWords';

/** Geonode's words for a crawl, from "Get Crawl Job Status"; `queued` is in the answer of the start. */
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
