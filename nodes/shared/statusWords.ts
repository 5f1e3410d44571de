import type { CrawlStatus } from './crawlJob';

/** What status words mean, by the word as {@link wordKey} spells it. */
export type StatusWords = ReadonlyMap<string, CrawlStatus>;

/** A provider's words in any spelling, by what they mean. */
export type WordsByStatus = Readonly<
	Partial<Record<Exclude<CrawlStatus, 'unknown'>, readonly string[]>>
>;

/** Blanks, hyphens and dashes, underscores, and characters without a width. */
const SEPARATORS = /[\s_\p{Pd}\p{Cf}]+/gu;

/** What is longer is a text, and no word. */
const LONGEST_WORD = 100;

/**
 * One spelling for "In Progress", "in-progress", "IN_PROGRESS" and "inProgress", and for the British
 * and American forms of "cancelled". Empty where there
 * is no word.
 */
export function wordKey(word: string | null): string {
	if (word === null || word.length > LONGEST_WORD) return '';
	return word
		.normalize('NFKC')
		.toLowerCase()
		.replace(SEPARATORS, '')
		.replace('canceled', 'cancelled');
}

/** Makes a table of words that {@link meaningOf} can read. */
export function statusWords(words: WordsByStatus): StatusWords {
	const entries = Object.entries(words) as Array<[CrawlStatus, readonly string[]]>;
	return new Map(
		entries.flatMap(([status, spellings]) =>
			spellings.map((word) => [wordKey(word), status] as const),
		),
	);
}

/** The meaning of a word, however it is spelt; `undefined` for one that is not in the table. */
export function meaningOf(word: string | null, words: StatusWords): CrawlStatus | undefined {
	return words.get(wordKey(word));
}

/** What to tell the user where an answer names a job and says no status. */
export function noStatusWarning(providerName: string): string {
	return `${providerName} returned no status, so the crawl counts as still running.`;
}
