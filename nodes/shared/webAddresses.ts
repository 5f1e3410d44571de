import { InvalidInputError } from './errors';
import {
	cleanWords,
	requireWholeCharacters,
	uniqueEntries,
	withoutEnd,
	withoutInvisibleMarks,
} from './input';

/**
 * The http(s) address a user gave, without the blanks, quotes and invisible characters around it.
 * @throws {InvalidInputError} when it is missing or something else, such as two addresses
 */
export function requireWebAddress(value: unknown, label: string): string {
	const [single] = Array.isArray(value) && value.length === 1 ? (value as unknown[]) : [value];
	const entries = typeof single === 'string' ? splitAddresses(single) : [single];
	if (entries.length > 1) {
		throw new InvalidInputError(
			`'${label}' holds ${entries.length} addresses`,
			'Enter a single address. To crawl several, use one item for each.',
		);
	}
	return webAddress(entries[0], `'${label}'`, label);
}

function webAddress(value: unknown, subject: string, label: string): string {
	requireWholeCharacters(value, label);
	const address = typeof value === 'string' ? cleanWords(value) : '';
	const isAddress =
		/^https?:\/\//i.test(address) && URL.canParse(address) && !/[\p{Cc}\s]/u.test(address);
	if (isAddress) return address;
	throw new InvalidInputError(
		`${subject} is not a web address`,
		'Enter a full address, such as https://example.com. Write a space in it as %20.',
	);
}

/**
 * The http(s) addresses of a list, at least one: an array, a JSON text of one, or a text with line
 * breaks, blanks or commas between them. A comma within an address stays.
 * @throws {InvalidInputError} when there is none, or one is something else
 */
export function requireWebAddresses(value: unknown, label: string): string[] {
	const entries = readWebAddresses(value, label);
	if (entries.length > 0) return entries;
	throw new InvalidInputError(
		`'${label}' is missing`,
		'Enter one address per line, or an expression that returns a list.',
	);
}

/** Like {@link requireWebAddresses}, but there may be none. */
export function readWebAddresses(value: unknown, label: string): string[] {
	const entries = uniqueEntries(value, splitAddresses);
	return [
		...new Set(
			entries.map((entry, index) => webAddress(entry, `Entry ${index + 1} of '${label}'`, label)),
		),
	];
}

const BETWEEN_ADDRESSES = /[,;|，；、]? ?(?<=[ ,;|，；、])(?=["'`“„‘«<]?https?:\/\/)|[,;|，；、] /i;

/** Also as the escapes that models and JSON in JSON leave of them, where an address or nothing follows. */
const LINE_BREAKS = /[\r\n]+|(?<!\\[rnt])(?:\\[rnt])+(?=\s*(?:["'`“„‘«<]?https?:\/\/|$))/i;

/**
 * A comma between two addresses, or what else stands for one, has a blank or the next address behind
 * it; others are a part of one.
 */
function splitAddresses(text: string): string[] {
	return withoutInvisibleMarks(text)
		.split(LINE_BREAKS)
		.flatMap((line) => line.replaceAll(/\s+/g, ' ').split(BETWEEN_ADDRESSES))
		.map((entry) => cleanWords(entry, (rest) => withoutEnd(rest, ',;|，；、')))
		.filter((entry) => entry !== '');
}
