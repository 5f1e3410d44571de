import { statusWords, type StatusWords } from '../shared/statusWords';

/**
 * Pathors documents the status as any text, without a list of words. These are the words of the
 * crawler it is built on (scraping, completed, failed, cancelled), and what services of this kind
 * usually say. A success is one of the crawl: Pathors may still be embedding the last pages, which
 * no word is known to tell.
 */
export const BUILT_IN_WORDS: StatusWords = statusWords({
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
	cancelled: ['cancelled', 'stopped', 'aborted'],
});
