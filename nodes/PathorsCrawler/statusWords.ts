import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { CrawlStatus } from '../shared/crawlJob';
import { InvalidInputError } from '../shared/identifiers';
import type { ReadParameter } from '../shared/provider';

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

/** The option *Status Words*, to be read with {@link readStatusWords}. */
export const statusWordsOption: INodeProperties = {
	displayName: 'Status Words',
	name: 'statusMap',
	type: 'json',
	default: '{}',
	placeholder: '{ "indexing": "running" }',
	description:
		'What the words mean that Pathors uses for the status of a crawl: queued, running, succeeded, failed or cancelled. They add to the words that are known already, and win over them.',
};

const meaningSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);

/** An object of words and meanings, or a list of pairs, as an expression can build it. */
const statusMapSchema = z.union([
	z.record(z.string().trim().min(1), meaningSchema).transform((words) => Object.entries(words)),
	z
		.object({ words: z.array(z.object({ word: z.string().trim().min(1), status: meaningSchema })) })
		.transform(({ words }) => words.map(({ word, status }) => [word, status] as const)),
]);

/**
 * The built-in words, and those of the option *Status Words* over them.
 * @throws {InvalidInputError} for an entry without a word, or with a meaning that does not exist
 */
export function readStatusWords(parameter: ReadParameter): StatusWords {
	const { statusMap = {} } = parameter('options', {}) as { statusMap?: unknown };
	const result = statusMapSchema.safeParse(parseIfText(statusMap));
	if (!result.success) {
		throw new InvalidInputError(
			'Status Words cannot be read',
			'Give a JSON object such as { "indexing": "running" }. The meanings are queued, running, succeeded, failed and cancelled.',
		);
	}
	const own = result.data.map(([word, status]) => [wordKey(word), status] as const);
	return new Map([...BUILT_IN_WORDS, ...own]);
}

/** The editor gives JSON as it was typed. */
function parseIfText(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value.trim() || '{}') as unknown;
	} catch {
		return null;
	}
}

/** The meaning of a status word; `undefined` for one that nobody knows. */
export function meaningOf(word: string, words: StatusWords): CrawlStatus | undefined {
	return words.get(wordKey(word));
}

/** One spelling for "In Progress", "in-progress" and "in_progress". */
function wordKey(word: string): string {
	return word
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '_');
}
