import type { CrawlStatus } from '../shared/crawlJob';
import { meaningOf, statusWords, wordKey } from '../shared/statusWords';

/*
 * HighLevel's words: those of "Get crawling status for the latest operation", and the ones that its
 * webhooks and clients use.
 */

/** The words for a crawl, in `operationDetails.status`, and for a page, each that of its group in `aggregate`. */
const WORDS = statusWords({
	running: ['Pending', 'Processing', 'Training'],
	succeeded: [
		'Successful',
		'Success',
		'Completed',
		'Trained',
		// The page, or all of the crawl's pages, were in the knowledge base before.
		'Existing',
	],
	failed: ['Failed', 'Aborted', 'Restricted'],
	cancelled: ['Cancelled'],
});

/** A word in the spelling of the CrawlJob's details; empty where there is none. */
export function detailWord(word: string | null): string {
	return (word ?? '').trim().toLowerCase();
}

/** What a word for a crawl or a page means; `unknown` for any other. */
export function statusOfWord(word: string | null): CrawlStatus {
	return meaningOf(word, WORDS) ?? 'unknown';
}

/** Whether a page, or each page of a crawl, was in the knowledge base before the crawl. */
export function isExisting(word: string | null): boolean {
	return wordKey(word) === 'existing';
}

/**
 * Whether a crawl, or a page, waits for its turn: to be fetched, or to be trained once it is found.
 * HighLevel has one word for both.
 */
export function isPending(word: string | null): boolean {
	return wordKey(word) === 'pending';
}

/** Whether a page is being fetched or trained. */
export function isUnderWay(word: string | null): boolean {
	return statusOfWord(word) === 'running' && !isPending(word);
}

/**
 * Whether a page has been found, or trained: its word does not tell which, but that it is in the end
 * that HighLevel has foreseen for it.
 */
export function isSuccessful(word: string | null): boolean {
	return wordKey(word) === 'successful';
}

/** Whether the word for a crawl is one of its training. */
export function isTrainingWord(word: string | null): boolean {
	return ['training', 'trained'].includes(wordKey(word));
}
