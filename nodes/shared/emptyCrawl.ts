import type { CrawlCounters } from './crawlJob';

/**
 * What to tell the user about a crawl that the provider calls a success, although no page of it made
 * it; empty where pages did, or where the counters do not say.
 * @param reason why the first page failed, where the answer says so, cleaned
 */
export function emptyCrawlWarnings(
	counters: Partial<CrawlCounters>,
	reason: string | null = null,
): string[] {
	if (!isEmpty(counters)) return [];
	if (!counters.failed) return ['The crawl is done, but no page was crawled.'];
	return [
		reason === null
			? 'The crawl is done, but all of its pages failed.'
			: `The crawl is done, but all of its pages failed. The first error: ${reason}`,
	];
}

function isEmpty({ total, completed, failed, cancelled }: Partial<CrawlCounters>): boolean {
	if (typeof completed === 'number') return completed === 0;
	if (typeof total !== 'number') return false;
	return total === 0 || (failed ?? 0) + (cancelled ?? 0) >= total;
}
