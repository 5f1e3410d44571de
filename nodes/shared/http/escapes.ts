/*
 * The escapes of URLs, forms, JSON and HTML, in which a server can repeat what it was sent.
 */

/** The entities with a name, by it. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
	['sol', '/'],
	['plus', '+'],
	['equals', '='],
]);
const MAX_NAME_LENGTH = 'equals'.length;

/** All that escapes are made of, but for what stands behind a backslash and for a letter of a needle. */
export const LETTERS_OF_ESCAPES =
	'%\\&#;0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** What escapes begin with. */
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const BACKSLASH = 0x5c;

const SEMICOLON = 0x3b;
const QUOTE = 0x22;
const LINE_FEED = 0x0a;

const MARKS: readonly string[] = ['%', '\\', '&'];

export function isMark(code: number): boolean {
	return code === PERCENT || code === BACKSLASH || code === AMPERSAND;
}

export interface Escape {
	/** What it stands for. One UTF-16 unit, so that places stay easy to count; what needs two is in no key. */
	code: number;
	/** The place behind it. */
	end: number;
}

/** The escape that begins at a place of a text; `null` where none does. */
export function escapeAt(text: string, at: number): Escape | null {
	switch (text.charCodeAt(at)) {
		case PERCENT:
			return numberAt(text, at + 1, 16, 2, 2);
		case BACKSLASH:
			return backslashEscapeAt(text, at + 1);
		case AMPERSAND:
			return text.charAt(at + 1) === '#'
				? numberedEntityAt(text, at + 2)
				: namedEntityAt(text, at + 1);
		default:
			return null;
	}
}

/** What JSON has for signs that cannot be seen. Elsewhere, a backslash before such a letter is none. */
const JSON_CONTROLS: ReadonlyMap<string, string> = new Map([
	['b', '\b'],
	['f', '\f'],
	['n', '\n'],
	['r', '\r'],
	['t', '\t'],
]);

/** What JSON's escapes begin with, and where its texts begin and end. */
export const JSON_MARKS: readonly string[] = ['\\', '"'];

/**
 * The escape of JSON that begins at a place of a body. A bare quote, at which a text begins or ends, means
 * the end of a line: with a backslash at the end of a text it would look like an escape itself.
 */
export function jsonEscapeAt(text: string, at: number): Escape | null {
	if (text.charCodeAt(at) === QUOTE) return { code: LINE_FEED, end: at + 1 };
	if (text.charCodeAt(at) !== BACKSLASH) return null;
	const control = JSON_CONTROLS.get(text.charAt(at + 1));
	if (control !== undefined) return { code: control.charCodeAt(0), end: at + 2 };
	return backslashEscapeAt(text, at + 1);
}

function backslashEscapeAt(text: string, at: number): Escape | null {
	const code = text.charCodeAt(at);
	switch (code) {
		case 0x75: // u
		case 0x55: // U
			return numberAt(text, at + 1, 16, 4, 4);
		case 0x78: // x
		case 0x58: // X
			return numberAt(text, at + 1, 16, 2, 2);
		case QUOTE:
		case 0x27: // '
		case 0x2f: // /
		case BACKSLASH:
			return { code, end: at + 1 };
		default:
			return null;
	}
}

function numberedEntityAt(text: string, at: number): Escape | null {
	const isHexadecimal = text.charAt(at) === 'x' || text.charAt(at) === 'X';
	const number = isHexadecimal ? numberAt(text, at + 1, 16, 1, 6) : numberAt(text, at, 10, 1, 7);
	if (number === null) return null;
	const { code, end } = number;
	return { code: code & 0xffff, end: text.charAt(end) === ';' ? end + 1 : end };
}

function namedEntityAt(text: string, at: number): Escape | null {
	let end = at;
	while (end < at + MAX_NAME_LENGTH && isLatinLetter(text.charCodeAt(end))) end++;
	if (text.charCodeAt(end) !== SEMICOLON) return null;
	const meaning = ENTITIES.get(text.slice(at, end).toLowerCase());
	return meaning === undefined ? null : { code: meaning.charCodeAt(0), end: end + 1 };
}

function isLatinLetter(code: number): boolean {
	const lower = code | 0x20;
	return lower >= 0x61 && lower <= 0x7a;
}

/** A number of so many digits; more of them are not read. */
function numberAt(
	text: string,
	at: number,
	base: 10 | 16,
	minDigits: number,
	maxDigits: number,
): Escape | null {
	let code = 0;
	let end = at;
	for (; end < at + maxDigits; end++) {
		const digit = digitOf(text.charCodeAt(end));
		if (digit < 0 || digit >= base) break;
		code = code * base + digit;
	}
	return end < at + minDigits ? null : { code, end };
}

/** Of a hexadecimal digit; below 0 for everything else. */
function digitOf(code: number): number {
	if (code >= 0x30 && code <= 0x39) return code - 0x30;
	const lower = code | 0x20;
	return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/**
 * Where the next escape can begin: makes a search for places that only grow, which gives the length
 * of the text where there is none.
 */
export function marksIn(text: string, all = MARKS): (from: number) => number {
	const marks = all.map((mark) => ({ mark, next: -1 }));
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

export interface Unescaped {
	text: string;
	/** Makes the map from a place in the unescaped text to the one in the text. */
	places(): (place: number) => number;
}

/** So many codes are made into a text at a time: each is an argument of a call. */
const PART_LENGTH = 8_192;
/** From here on, to take a part of a text as it is costs less than its codes. */
const LONG = 64;

/**
 * What a text means without its escapes; `null` when it has none.
 * @param escapeIn reads the escape at a place
 * @param marks what such an escape begins with
 */
export function unescapeText(text: string, escapeIn = escapeAt, marks = MARKS): Unescaped | null {
	const nextMark = marksIn(text, marks);
	if (nextMark(0) === text.length) return null;
	// Not by a list of all escapes: with megabytes of them it would take many times what the text does.
	const parts: string[] = [];
	let codes: number[] = [];
	let hasEscapes = false;
	for (let at = 0; at < text.length; ) {
		const mark = nextMark(at);
		if (mark - at >= LONG) {
			parts.push(String.fromCharCode(...codes), text.slice(at, mark));
			codes = [];
			at = mark;
			continue;
		}
		for (; at < mark; at++) codes.push(text.charCodeAt(at));
		const escape = escapeIn(text, at);
		hasEscapes ||= escape !== null;
		if (at < text.length) codes.push(escape?.code ?? text.charCodeAt(at));
		at = escape?.end ?? at + 1;
		if (codes.length < PART_LENGTH) continue;
		parts.push(String.fromCharCode(...codes));
		codes = [];
	}
	if (!hasEscapes) return null;
	parts.push(String.fromCharCode(...codes));
	return { text: parts.join(''), places: () => placesIn(text, escapeIn, marksIn(text, marks)) };
}

function placesIn(
	text: string,
	escapeIn: typeof escapeAt,
	nextMark: (from: number) => number,
): (place: number) => number {
	/** Of each escape: where it ends in the unescaped text, and in the text. */
	const innerEnds: number[] = [];
	const outerEnds: number[] = [];
	let shift = 0;
	let done = 0;
	for (let at = nextMark(0); at < text.length; at = nextMark(Math.max(at + 1, done))) {
		const escape = escapeIn(text, at);
		if (escape === null) continue;
		done = escape.end;
		shift += done - at - 1;
		innerEnds.push(done - shift);
		outerEnds.push(done);
	}
	return (place) => {
		let low = 0;
		let high = innerEnds.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((innerEnds[middle] ?? 0) <= place) low = middle + 1;
			else high = middle;
		}
		return (outerEnds[low - 1] ?? 0) + place - (innerEnds[low - 1] ?? 0);
	};
}
