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
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add word',
	default: {},
	description:
		'What the words mean that Pathors uses for the status of a crawl. They add to the words that are known already, and win over them.',
	options: [
		{
			displayName: 'Word',
			name: 'words',
			values: [
				{
					displayName: 'Word',
					name: 'word',
					type: 'string',
					default: '',
					placeholder: 'indexing',
					description: 'The status as Pathors sends it; upper and lower case are the same',
				},
				{
					displayName: 'Means',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Cancelled', value: 'cancelled' },
						{ name: 'Failed', value: 'failed' },
						{ name: 'Queued', value: 'queued' },
						{ name: 'Running', value: 'running' },
						{ name: 'Succeeded', value: 'succeeded' },
					],
					default: 'running',
				},
			],
		},
	],
};

const meaningSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);

/** As the editor gives it, or as an object of words and meanings, which an expression can give. */
const statusMapSchema = z.union([
	z.record(meaningSchema).transform((words) => Object.entries(words)),
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
	const result = statusMapSchema.safeParse(statusMap);
	if (!result.success) {
		throw new InvalidInputError(
			'Status Words cannot be read',
			'Give each entry a word, and one of these meanings: queued, running, succeeded, failed, cancelled.',
		);
	}
	const own = result.data.map(([word, status]) => [wordKey(word), status] as const);
	return new Map([...BUILT_IN_WORDS, ...own]);
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
