import { InvalidInputError } from './errors';

/**
 * Reads a node parameter of the current item; `fallback` where the node does not have it.
 * @param label how errors call the field; by default, by the name of the parameter
 */
export type ReadParameter = (name: string, fallback?: unknown, label?: string) => unknown;

/*
 * Readers of what users type and what expressions return. Each converts what can be meant in only
 * one way, and refuses the rest with the name of its field. `label` is always the display name of
 * the field, for that error.
 */

const MAX_ID_LENGTH = 256;
// No provider's ids hold these; in a URL they would change its meaning.
const FORBIDDEN_IN_ID = /[\s\\/?#%\p{Cc}]/u;

/** Zero-width spaces, joiners and marks: they come along with what is copied from web pages. */
export const INVISIBLE = /\p{Cf}/gu;
/** Two of these part or join the letters of some scripts: within words they belong to them. */
const JOINERS = '\u200c\u200d';
const INVISIBLE_IN_WORDS = new RegExp(`(?![${JOINERS}])\\p{Cf}`, 'gu');
/** Half of a character that takes two units of UTF-16: it cannot be sent as UTF-8. */
const HALF_CHARACTER = /\p{Surrogate}/u;
const QUOTES: ReadonlyMap<string, string> = new Map([
	['"', '"'],
	["'", "'"],
	['`', '`'],
	['“', '”'],
	['„', '“'],
	['‘', '’'],
	['«', '»'],
	['<', '>'],
]);

/** Any value as text: a missing one is empty, and an object is JSON rather than "[object Object]". */
export function textOf(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return value;
		case 'object':
			if (value === null) return '';
			return Array.isArray(value) ? value.map(textOf).join(',') : JSON.stringify(value);
		case 'undefined':
			return '';
		default:
			return String(value);
	}
}

/** Whether a value stands for "nothing given": an expression that found nothing, or an empty field. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		(typeof value === 'string' && withoutInvisible(value).trim() === '')
	);
}

/**
 * Checks every text in a value.
 * @throws {InvalidInputError} for a text with half of a character in it, as is left when a text is
 * cut in the middle of an emoji
 */
export function requireWholeCharacters(value: unknown, label: string): void {
	if (typeof value === 'string') {
		if (!HALF_CHARACTER.test(value)) return;
		throw new InvalidInputError(
			`'${label}' contains an incomplete character`,
			'The text was probably cut in the middle of an emoji or another special character. Enter it again, or change the expression that shortens it.',
		);
	}
	if (typeof value !== 'object' || value === null) return;
	for (const [key, entry] of Object.entries(value)) {
		if (!Array.isArray(value)) requireWholeCharacters(key, label);
		requireWholeCharacters(entry, label);
	}
}

/**
 * A text as it is, or a number or boolean as a text; an empty text for nothing.
 * @throws {InvalidInputError} for a list of several values or an object
 */
export function readText(value: unknown, label: string): string {
	const [single] = Array.isArray(value) && value.length === 1 ? (value as unknown[]) : [value];
	if (single === undefined || single === null) return '';
	if (typeof single !== 'object') return textOf(single);
	throw new InvalidInputError(
		`'${label}' must be text, not ${kindOf(single)}`,
		'Enter a single value, or an expression that returns one.',
	);
}

const TRUE_WORDS: ReadonlySet<string> = new Set(['true', 'yes', 'on', '1']);
const FALSE_WORDS: ReadonlySet<string> = new Set(['false', 'no', 'off', '0']);

/** @throws {InvalidInputError} for anything but true or false, also as a text or as 1 or 0 */
export function readBoolean(value: unknown, label: string): boolean {
	if (typeof value === 'boolean') return value;
	const word = isSimple(value) ? normalizedWord(value) : '';
	if (TRUE_WORDS.has(word)) return true;
	if (FALSE_WORDS.has(word)) return false;
	throw new InvalidInputError(
		`'${label}' must be true or false, not ${shown(value)}`,
		'Turn it on or off, or enter an expression that returns true or false.',
	);
}

export interface NumberRange {
	/** Default 0: no field of this package takes less. */
	minimum?: number | undefined;
	/** Default: none. */
	maximum?: number | undefined;
	/** Whether fractions are refused. */
	isWhole?: boolean;
}

const DECIMAL = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** @throws {InvalidInputError} for anything but a number in the range, also as a text */
export function readNumber(
	value: unknown,
	label: string,
	{ minimum = 0, maximum = Infinity, isWhole = false }: NumberRange = {},
): number {
	const text = typeof value === 'string' ? withoutInvisible(value).trim() : '';
	const number = DECIMAL.test(text) ? Number(text) : value;
	const isInRange =
		typeof number === 'number' &&
		Number.isFinite(number) &&
		number >= minimum &&
		number <= maximum &&
		(!isWhole || Number.isInteger(number));
	if (isInRange) return number;
	const kind = isWhole ? 'a whole number' : 'a number';
	const range = maximum === Infinity ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
	throw new InvalidInputError(
		`'${label}' must be ${kind} ${range}, not ${shown(value)}`,
		`Set '${label}' to ${kind} in that range.`,
	);
}

/** One of the values that a field offers, and what the editor calls it. */
export interface Choice<Value> {
	name: string;
	value: Value;
}

/**
 * The choice that a value means: its own value or its name in the editor, in any casing.
 * @throws {InvalidInputError} when there is none
 */
export function readChoice<Value>(
	value: unknown,
	label: string,
	choices: ReadonlyArray<Choice<Value>>,
): Value {
	const word = isSimple(value) ? normalizedWord(value) : null;
	const found =
		choices.find((choice) => choice.value === value) ??
		choices.find((choice) => isSimple(choice.value) && normalizedWord(choice.value) === word) ??
		choices.find((choice) => normalizedWord(choice.name) === word);
	if (found !== undefined) return found.value;
	throw new InvalidInputError(
		`'${label}' cannot be ${shown(value)}`,
		`Use one of: ${choices.map((choice) => choice.name).join(', ')}.`,
	);
}

/**
 * The choices in a list, in a text with commas or line breaks between them, or in a JSON text; each
 * once.
 * @throws {InvalidInputError} for one that does not exist
 */
export function readChoices<Value>(
	value: unknown,
	label: string,
	choices: ReadonlyArray<Choice<Value>>,
): Value[] {
	const words = uniqueEntries(value, (text) => text.split(/[\r\n,;]+/));
	return [...new Set(words.map((word) => readChoice(word, label, choices)))];
}

/** The single words in such a list, where blanks separate them, too; each once. */
export function readWords(value: unknown): unknown[] {
	return uniqueEntries(value, (text) => text.split(/[\s,;]+/));
}

/**
 * A JSON value: a text is parsed, anything else is taken as it is.
 * @throws {InvalidInputError} for a text that is not JSON
 */
export function readJson(value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	const parsed = parseJson(withoutInvisible(value));
	if (parsed !== undefined) return parsed;
	throw new InvalidInputError(
		`'${label}' is not valid JSON`,
		`Enter JSON in '${label}', or an expression that returns an object.`,
	);
}

/**
 * The id a user or an expression gave, without the blanks, quotes and invisible characters around
 * it that copying adds.
 * @throws {InvalidInputError} when it is missing, not a text or number, or holds a character that has a meaning in a URL
 */
export function requireId(value: unknown, label: string): string {
	const id = optionalId(value, label);
	if (id === '') {
		throw new InvalidInputError(
			`'${label}' is missing`,
			`Fill in '${label}', or connect a node whose output contains it.`,
		);
	}
	return id;
}

/** Like {@link requireId}, but a missing value is fine and gives an empty text. */
export function optionalId(value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	requireWholeCharacters(value, label);
	const id = isIdType(value) ? cleanText(String(value)) : null;
	const isUsable =
		id !== null && id.length <= MAX_ID_LENGTH && !FORBIDDEN_IN_ID.test(id) && !/^\.\.?$/.test(id);
	if (isUsable) return id;
	throw new InvalidInputError(
		`'${label}' is not a valid ID: ${shown(value)}`,
		'Enter only the ID, as the provider shows it: no URL, no spaces, and none of / \\ ? # %.',
	);
}

function isIdType(value: unknown): value is string | number | bigint {
	return (
		typeof value === 'string' ||
		typeof value === 'bigint' ||
		(typeof value === 'number' && Number.isFinite(value))
	);
}

/**
 * The ids in a list, or in a text where commas, blanks or line breaks stand between them; each once.
 * @throws {InvalidInputError} for one that is malformed
 */
export function readIds(value: unknown, label: string): string[] {
	return [...new Set(readWords(value).map((id) => requireId(id, label)))];
}

/**
 * The entries of a list: an array, a JSON text of one, or a text with an entry per line. Commas
 * separate entries too, except in brackets: a pattern such as `{a,b}` stays whole. Without blank
 * entries and repeats.
 */
export function readLines(value: unknown): string[] {
	return uniqueEntries(value, splitPatterns)
		.map(textOf)
		.filter((line) => !isBlank(line));
}

/** The entries of a list, or of the texts that `split` finds in a text; without blank ones and repeats. */
export function uniqueEntries(value: unknown, split: (text: string) => string[]): unknown[] {
	const list = typeof value === 'string' ? (parseJsonList(value) ?? value) : value;
	const values: unknown[] = Array.isArray(list) ? list : [list];
	const entries = values.flatMap((entry): unknown[] =>
		typeof entry === 'string' ? split(entry).map((text) => cleanWords(text)) : [entry],
	);
	return [...new Set(entries.filter((entry) => !isBlank(entry)))];
}

const OPENING = '([{';
const CLOSING = ')]}';

/**
 * Splits at line breaks, and at commas that stand in no brackets. Behind a backslash, a bracket and a
 * comma are parts of a pattern.
 */
function splitPatterns(text: string): string[] {
	return text.split(/\r?\n/).flatMap((line) => {
		const entries = [''];
		let depth = 0;
		for (const [part] of line.matchAll(/\\?./gsu)) {
			if (OPENING.includes(part)) depth += 1;
			if (CLOSING.includes(part)) depth = Math.max(0, depth - 1);
			if (part === ',' && depth === 0) entries.push('');
			else entries.push(`${entries.pop() ?? ''}${part}`);
		}
		return entries;
	});
}

/** The array that a text spells out as JSON, as `JSON.stringify` and models do. */
function parseJsonList(text: string): unknown[] | null {
	if (!text.trim().startsWith('[')) return null;
	const parsed = parseJson(text);
	return Array.isArray(parsed) ? (parsed as unknown[]) : null;
}

/** The value of a JSON text; `undefined` when it is none. */
function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/**
 * A text without invisible characters, and without the blanks and pairs of quotes around it, in
 * whatever order they come off.
 * @param alsoOff takes off what does not belong to it either
 */
export function cleanText(text: string, alsoOff?: (rest: string) => string): string {
	return withoutEnds(withoutInvisible(text), alsoOff);
}

/** The same of a text that can hold words of any script, such as an address. */
export function cleanWords(text: string, alsoOff?: (rest: string) => string): string {
	return withoutEnds(withoutInvisibleMarks(text), alsoOff);
}

function withoutEnds(text: string, alsoOff = (rest: string) => rest): string {
	let last: string;
	let rest = text;
	do {
		last = rest;
		rest = alsoOff(withoutQuotes(withoutJoiners(rest.trim())));
	} while (rest !== last);
	return rest;
}

function withoutJoiners(text: string): string {
	let start = 0;
	while (start < text.length && JOINERS.includes(text.charAt(start))) start++;
	return withoutEnd(text.slice(start), JOINERS);
}

/** A text without those of the characters that are at its end: a pattern would look through all of it. */
export function withoutEnd(text: string, characters: string): string {
	let end = text.length;
	while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

/** A text without the pair of quotes around it. */
function withoutQuotes(text: string): string {
	const closing = QUOTES.get(text.charAt(0));
	const isQuoted = closing !== undefined && text.length > 1 && text.endsWith(closing);
	return isQuoted ? text.slice(1, -1) : text;
}

/** A text without the characters that nobody sees. */
export function withoutInvisible(text: string): string {
	return text.replace(INVISIBLE, '');
}

/** The same, with the joiners within words. */
export function withoutInvisibleMarks(text: string): string {
	return text.replace(INVISIBLE_IN_WORDS, '');
}

/** A word without what people spell in different ways: casing, blanks, hyphens and underscores. */
function normalizedWord(value: string | number | boolean): string {
	return cleanText(String(value))
		.toLowerCase()
		.replace(/[\s_-]+/g, '');
}

function isSimple(value: unknown): value is string | number | boolean {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** A value in an error: a short text in double quotes, or what it is. */
function shown(value: unknown): string {
	if (typeof value === 'string') {
		return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
	}
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : kindOf(value);
}

function kindOf(value: unknown): string {
	if (value === undefined || value === null) return 'empty';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a value of type ${typeof value}`;
}
