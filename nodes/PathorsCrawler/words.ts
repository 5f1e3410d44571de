import type { CrawlStatus } from '../shared/crawlJob';

/** What status words mean, by the word as {@link wordKey} spells it. */
export type StatusWords = ReadonlyMap<string, CrawlStatus>;

/**
 * Pathors documents the status as any text, without a list of words. These are the words of the
 * crawler it is built on (scraping, completed, failed, cancelled), and what services of this kind
 * usually say. A success is one of the crawl: Pathors may still be embedding the last pages, which
 * no word is known to tell.
 */
const WORDS: Readonly<Record<Exclude<CrawlStatus, 'unknown'>, readonly string[]>> = {
	queued: ['queued', 'pending', 'waiting'],
	running: [
		'scraping',
		'crawling',
		'processing',
		'running',
		'active',
		'importing',
		'embedding',
		'started',
		'in_progress',
	],
	succeeded: [
		'completed',
		'complete',
		'done',
		'finished',
		'success',
		'succeeded',
		'successful',
		'ready',
	],
	failed: ['failed', 'failure', 'error', 'errored', 'timeout', 'timed_out'],
	cancelled: ['cancelled', 'canceled', 'stopped', 'aborted'],
};

/** The words that mean something without the user's help. */
export const BUILT_IN_WORDS: StatusWords = new Map(
	Object.entries(WORDS).flatMap(([status, words]) =>
		words.map((word) => [word, status as CrawlStatus] as const),
	),
);

/** The meaning of a status word; `undefined` for one that nobody knows. */
export function meaningOf(word: string, words: StatusWords): CrawlStatus | undefined {
	return words.get(wordKey(word));
}

/** One spelling for "In Progress", "in-progress" and "in_progress". */
export function wordKey(word: string): string {
	return word
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '_');
}
