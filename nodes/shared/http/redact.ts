export const REDACTED = '[redacted]';

/** Takes the secrets that it was made for out of what a server has sent. */
export interface Redactor {
	/** Whether a text holds one of the secrets, in any spelling. */
	finds(text: string): boolean;
	/** A JSON value without them: in texts and property names, at any depth. */
	redact(value: unknown): unknown;
	/** A text without them. */
	redactText(text: string): string;
}

/** A JSON value without the given secrets, see {@link redactor}. */
export function redactSecrets(value: unknown, secrets: readonly string[]): unknown {
	return redactor(secrets).redact(value);
}

/**
 * Servers do repeat what they were sent, in error messages above all. Each secret is found as it
 * is, without the "Bearer" before it, in Base64 (also as a part of what was encoded), in hexadecimal
 * digits, and escaped as URLs, forms, JSON and HTML do it, up to three times over.
 *
 * A key is long and looks like nothing else, so it is taken out wherever it stands. A short or
 * ordinary word that serves as one is taken out where it stands as a whole word or value, but not
 * where it is an id, a status or the name of a property: those have to stay readable.
 */
export function redactor(secrets: readonly string[]): Redactor {
	const needles = needlesOf(secrets);
	const all: Matcher = (text) => rangesOf(text, needles, MAX_LAYERS);
	const keysOnly: Matcher = (text) => rangesOf(text, { ...needles, words: null }, MAX_LAYERS);
	return {
		// One layer more: the text of a JSON body is escaped once itself.
		finds: (text) => isAnyIn(text, needles, MAX_LAYERS + 1),
		redact: (value) => redactValue(value, all, keysOnly),
		redactText: (text) => cutOut(text, all(text)),
	};
}

/** How often a text is unescaped, one time after the other, to look for secrets in it. */
const MAX_LAYERS = 3;

/** Shorter ones could be a part of an ordinary text by chance. */
const MIN_KEY_LENGTH = 8;
const MIN_ENCODED_LENGTH = 12;

/** A word or two: "docs", "Internal-Docs". Keys have digits, or mix their letters, or are longer. */
const ORDINARY = /^(?=.{1,16}$)(?:[A-Z]?[a-z]+|[A-Z]+)(?:[-_. ](?:[A-Z]?[a-z]+|[A-Z]+))*$/;

/** "Bearer" and the like, before the key itself. */
const SCHEME = /^[A-Za-z][\w-]{0,20}\s+(?=\S)/;

interface Needles {
	/** Found wherever they stand. */
	keys: string[];
	/** The same, for texts in Base64: what stands around them belongs to them. */
	encoded: string[];
	/** Finds those that count as a whole word alone. */
	words: RegExp | null;
	/** Whether a text contains one of the keys, in Base64 or not. */
	isKeyIn: (text: string) => boolean;
	/** The length of the shortest of these. */
	shortest: number;
	/** 1 for the code of each letter that these are made of, or escapes: see {@link letterTable}. */
	letters: Uint8Array;
}

function needlesOf(secrets: readonly string[]): Needles {
	const values = unique(
		secrets.flatMap((secret) => {
			const value = secret.trim();
			return [value, value.replace(SCHEME, '')].flatMap(meanings);
		}),
	);
	const plain = unique(values.flatMap((value) => [...spellings(value)]));
	const isKey = (value: string) => value.length >= MIN_KEY_LENGTH && !ORDINARY.test(value);
	const keys = plain.filter(isKey);
	const encoded = unique(
		unique(values.flatMap(escapedForms)).flatMap((value) => base64Parts(value, isKey(value))),
	).filter((part) => part.length >= MIN_ENCODED_LENGTH);
	const sought = withoutLonger([...keys, ...encoded]);
	return {
		keys,
		encoded,
		isKeyIn: searchFor(sought),
		shortest: shortestOf(sought),
		letters: letterTable([...sought, LETTERS_OF_ESCAPES].join('')),
		words: wordPattern(plain.filter((value) => !isKey(value))),
	};
}

/** A key with escapes of its own, in each form that is left of it when a text is unescaped. */
function meanings(value: string): string[] {
	const forms = [value];
	for (let layer = 0; layer < MAX_LAYERS; layer++) {
		const unescaped = unescapeText(forms[layer] ?? '');
		if (unescaped === null) break;
		forms.push(unescaped.text);
	}
	return forms;
}

function spellings(value: string): string[] {
	const bytes = Buffer.from(value);
	return [
		value,
		value.replaceAll(' ', '+'),
		// What percent escapes turn into, byte by byte, when a character takes several.
		bytes.toString('latin1'),
		bytes.toString('base64'),
		bytes.toString('base64url'),
		...(bytes.length * 2 < MIN_ENCODED_LENGTH
			? []
			: [bytes.toString('hex'), bytes.toString('hex').toUpperCase()]),
	];
}

/** What a value can have become before it is put into Base64, as a part of JSON or of a form. */
function escapedForms(value: string): string[] {
	const inForm = new URLSearchParams({ '': value }).toString().slice(1);
	return [value, JSON.stringify(value).slice(1, -1), inForm];
}

/**
 * What Base64 makes of a value, wherever it begins in what was encoded: the characters that depend
 * on the value alone. A value that is no key is looked for only behind the usual "Bearer".
 */
function base64Parts(value: string, isKey: boolean): string[] {
	const encoded = isKey
		? [0, 1, 2].map((offset) => base64Part(Buffer.alloc(offset), value))
		: [base64Part(Buffer.from('Bearer '), value, 0)];
	return encoded.flatMap((part) => [part, part.replaceAll('+', '-').replaceAll('/', '_')]);
}

function base64Part(before: Buffer, value: string, from = Math.ceil((before.length * 4) / 3)) {
	const bytes = Buffer.concat([before, Buffer.from(value)]);
	const until = Math.floor((bytes.length * 8) / 6);
	return bytes.toString('base64').slice(from, until);
}

/** A word ends where neither a name nor an address goes on. */
function wordPattern(words: readonly string[]): RegExp | null {
	if (words.length === 0) return null;
	const choices = [...words]
		.sort(byLength)
		.map((word) => word.replace(/[^\w\s]/g, '\\$&'))
		.join('|');
	return new RegExp(`(?<![\\w./@%+~-])(?:${choices})(?![\\w/@%+~-]|\\.\\w)`, 'g');
}

type Range = readonly [from: number, to: number];
type Matcher = (text: string) => Range[];

/** The length of the parts by which needles are recognized, less than that of any needle. */
const PART_LENGTH = 4;
/** Many more than all needles have parts, so that few other texts have the number of one. */
const PART_NUMBERS = 1 << 16;
/** Spreads the parts over these numbers (Knuth, The Art of Computer Programming, 6.4: 2^32 by the golden ratio). */
const SPREAD = 0x9e3779b1;

/**
 * Makes a search for any of the needles that looks at a few places of a text only, so far from each
 * other that none of the needles fits in between. Where there stands what can be a part of one, it
 * looks closer.
 */
function searchFor(needles: readonly string[]): (text: string) => boolean {
	const step = shortestOf(needles) - PART_LENGTH + 1;
	const longest = Math.max(...needles.map(({ length }) => length));
	const isPart = new Uint8Array(PART_NUMBERS);
	for (const needle of needles) {
		for (let at = 0; at <= needle.length - PART_LENGTH; at++) isPart[partNumber(needle, at)] = 1;
	}
	return (text) => {
		for (let at = step - 1; at <= text.length - PART_LENGTH; at += step) {
			if (isPart[partNumber(text, at)] === 0) continue;
			const around = text.slice(Math.max(0, at - longest), at + longest);
			if (needles.some((needle) => around.includes(needle))) return true;
		}
		return false;
	};
}

/** A number for the part of a text that begins at a place. */
function partNumber(text: string, at: number): number {
	const letters =
		text.charCodeAt(at) ^
		(text.charCodeAt(at + 1) << 8) ^
		(text.charCodeAt(at + 2) << 16) ^
		(text.charCodeAt(at + 3) << 24);
	return Math.imul(letters, SPREAD) >>> 16;
}

/** Whether {@link rangesOf} finds anything: in most texts there is nothing, which this tells faster. */
function isAnyIn(text: string, needles: Needles, layers: number): boolean {
	const { isKeyIn, words } = needles;
	if (isKeyIn(text)) return true;
	if (words !== null && text.search(words) >= 0) return true;
	if (layers === 0) return false;
	for (const place of hidingPlaces(text, needles)) {
		const unescaped = unescapeText(place);
		if (unescaped !== null && isAnyIn(unescaped.text, needles, layers - 1)) return true;
	}
	return false;
}

/**
 * The parts of a text in which an escape can hide a needle: all between two letters of none, around an
 * escape for a letter of one. An escape for another letter, such as a quote, parts what is before it
 * from what is behind it, with the escape as without. But a word also begins and ends at quotes.
 */
function* hidingPlaces(text: string, { letters, words, shortest }: Needles): Iterable<string> {
	if (words !== null) {
		yield text;
		return;
	}
	const isLetter = (code: number) => letters[Math.min(code, OTHER_CODES)] === 1;
	const nextMark = marksIn(text);
	for (let at = nextMark(0); at < text.length; at = nextMark(at + 1)) {
		if (!isLetter(escapedCode(text, at))) continue;
		let start = at;
		while (isLetter(text.charCodeAt(start - 1))) start--;
		while (isLetter(text.charCodeAt(at + 1))) at++;
		if (at - start >= shortest) yield text.slice(start, at + 1);
	}
}

/** Where the next escape can begin, for places that only grow; the length of the text where none does. */
function marksIn(text: string): (from: number) => number {
	const marks = ['%', '\\', '&'].map((mark) => ({ mark, next: -1 }));
	return (from) => {
		let first = text.length;
		for (const one of marks) {
			if (one.next < from) {
				const next = text.indexOf(one.mark, from);
				one.next = next < 0 ? text.length : next;
			}
			first = Math.min(first, one.next);
		}
		return first;
	};
}

/** From here on, one entry of a table of letters stands for all codes. */
const OTHER_CODES = 256;

/** A table that has 1 for the code of each letter in a text: a large body has many to look up. */
function letterTable(text: string): Uint8Array {
	const table = new Uint8Array(OTHER_CODES + 1);
	for (let at = 0; at < text.length; at++) table[Math.min(text.charCodeAt(at), OTHER_CODES)] = 1;
	return table;
}

/**
 * The code that an escape stands for which begins at a place; below 0 where none does. Of entities it
 * looks at the first letter only, and gives the code of `&`, which is a letter of escapes.
 */
function escapedCode(text: string, at: number): number {
	const next = text.charCodeAt(at + 1);
	switch (text.charCodeAt(at)) {
		case 0x25:
			return hexByteAt(text, at + 1);
		case 0x26:
			return STARTS_OF_ENTITIES.has(next) ? 0x26 : -1;
	}
	switch (next) {
		case 0x55:
		case 0x75:
			return (hexByteAt(text, at + 2) << 8) | hexByteAt(text, at + 4);
		case 0x58:
		case 0x78:
			return hexByteAt(text, at + 2);
		case 0x22:
		case 0x27:
		case 0x2f:
		case 0x5c:
			return next;
		default:
			return -1;
	}
}

const STARTS_OF_ENTITIES = new Set(Array.from('#algqspeALGQSPE', (letter) => letter.charCodeAt(0)));

/** The number that two hexadecimal digits make; below 0 where there are none. */
function hexByteAt(text: string, at: number): number {
	return (hexDigitOf(text.charCodeAt(at)) << 4) | hexDigitOf(text.charCodeAt(at + 1));
}

function hexDigitOf(code: number): number {
	if (code >= 0x30 && code <= 0x39) return code - 0x30;
	const lower = code | 0x20;
	return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Where the needles stand in a text, and in what it means when it is unescaped. */
function rangesOf(text: string, needles: Needles, layers: number): Range[] {
	const ranges: Range[] = [];
	for (const key of needles.keys) collect(ranges, text, key, (from, to) => [from, to]);
	for (const part of needles.encoded) {
		collect(ranges, text, part, (from, to) => aroundBase64(text, from, to));
	}
	if (needles.words !== null) {
		for (const match of text.matchAll(needles.words)) {
			ranges.push([match.index, match.index + match[0].length]);
		}
	}
	if (layers === 0) return ranges;
	const unescaped = unescapeText(text);
	if (unescaped === null) return ranges;
	const inner = rangesOf(unescaped.text, needles, layers - 1);
	if (inner.length === 0) return ranges;
	const place = unescaped.places();
	return ranges.concat(inner.map(([from, to]) => [place(from), place(to)]));
}

function collect(
	ranges: Range[],
	text: string,
	needle: string,
	toRange: (from: number, to: number) => Range,
): void {
	for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
		ranges.push(toRange(at, at + needle.length));
	}
}

const BASE64 = /[A-Za-z0-9+/_=-]/;

/** More than this around a key in Base64 is no header any more. */
const MAX_AROUND = 400;

function aroundBase64(text: string, from: number, to: number): Range {
	let start = from;
	let end = to;
	while (start > 0 && from - start < MAX_AROUND && BASE64.test(text.charAt(start - 1))) start--;
	while (end < text.length && end - to < MAX_AROUND && BASE64.test(text.charAt(end))) end++;
	return [start, end];
}

const ESCAPES =
	/%[\da-f]{2}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\["'\\/]|&#\d{1,7};?|&#x[\da-f]{1,6};?|&(?:amp|lt|gt|quot|apos|sol|plus|equals);/gi;

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	sol: '/',
	plus: '+',
	equals: '=',
};

/** Of the escapes of an escape, none begins or goes on with anything else. */
const LETTERS_OF_ESCAPES = '%\\&#;0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

interface Unescaped {
	text: string;
	/** Makes the map from a place in the unescaped text to the one in the text. */
	places(): (place: number) => number;
}

/** What a text means without its escapes; `null` when it has none. */
function unescapeText(text: string): Unescaped | null {
	if (!/[%\\&]/.test(text)) return null;
	const unescaped = text.replace(ESCAPES, unescapeOne);
	if (unescaped === text) return null;
	return { text: unescaped, places: () => placesIn(text) };
}

function unescapeOne(escape: string): string {
	switch (escape.slice(0, 2).toLowerCase()) {
		case '\\u':
		case '\\x':
			return fromCode(escape.slice(2), 16);
		case '&#':
			return /^&#x/i.test(escape)
				? fromCode(escape.slice(3).replace(';', ''), 16)
				: fromCode(escape.slice(2).replace(';', ''), 10);
		default:
			if (escape.startsWith('%')) return fromCode(escape.slice(1), 16);
			if (escape.startsWith('\\')) return escape.slice(1);
			return ENTITIES[escape.slice(1, -1).toLowerCase()] ?? escape;
	}
}

/** One UTF-16 unit, so that places stay easy to count; what needs two is in no key. */
function fromCode(digits: string, base: number): string {
	return String.fromCharCode(Number.parseInt(digits, base));
}

function placesIn(text: string): (place: number) => number {
	/** Of each escape: where it ends in the unescaped text, and in the text. */
	const ends: Array<readonly [inner: number, outer: number]> = [];
	let shift = 0;
	for (const match of text.matchAll(ESCAPES)) {
		const outer = match.index + match[0].length;
		shift += match[0].length - unescapeOne(match[0]).length;
		ends.push([outer - shift, outer]);
	}
	return (place) => {
		let low = 0;
		let high = ends.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((ends[middle]?.[0] ?? 0) <= place) low = middle + 1;
			else high = middle;
		}
		const [inner, outer] = ends[low - 1] ?? [0, 0];
		return outer + place - inner;
	};
}

/** Replaces the ranges, and what lies between two that overlap, each by one mark. */
function cutOut(text: string, ranges: readonly Range[]): string {
	if (ranges.length === 0) return text;
	const parts: string[] = [];
	let done = 0;
	let isCut = false;
	for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
		if (to <= done) continue;
		if (from > done || !isCut) parts.push(text.slice(done, Math.max(from, done)), REDACTED);
		done = to;
		isCut = true;
	}
	return parts.join('') + text.slice(done);
}

/** Properties whose values are read, not shown: `id`, `jobId`, `urlIds`, `status`, `rawStatus` … */
const NAMES_OF_IDS = /(?:^|_)(?:ids?|status|state)$|(?:Ids?|Status|State)$/;

function redactValue(value: unknown, matcher: Matcher, keysOnly: Matcher): unknown {
	if (typeof value === 'string') return cutOut(value, matcher(value));
	if (Array.isArray(value)) {
		return value.map((entry: unknown) => redactValue(entry, matcher, keysOnly));
	}
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([key, entry]) => [
				cutOut(key, keysOnly(key)),
				redactValue(entry, NAMES_OF_IDS.test(key) ? keysOnly : matcher, keysOnly),
			]),
		);
	}
	return value;
}

function withoutLonger(values: readonly string[]): string[] {
	return values.filter(
		(value) => !values.some((other) => other !== value && value.includes(other)),
	);
}

function shortestOf(values: readonly string[]): number {
	return Math.min(...values.map(({ length }) => length));
}

function byLength(a: string, b: string): number {
	return b.length - a.length;
}

function unique(values: readonly string[]): string[] {
	return [...new Set(values)].filter((value) => value !== '');
}
