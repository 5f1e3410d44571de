/*
 * The escapes of URLs, forms, JSON and HTML, in which a server can repeat what it was sent.
 */

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
export const LETTERS_OF_ESCAPES =
	'%\\&#;0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

export interface Unescaped {
	text: string;
	/** Makes the map from a place in the unescaped text to the one in the text. */
	places(): (place: number) => number;
}

/** What a text means without its escapes; `null` when it has none. */
export function unescapeText(text: string): Unescaped | null {
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
			return escape[2]?.toLowerCase() === 'x'
				? fromCode(escape.slice(3), 16)
				: fromCode(escape.slice(2), 10);
		default:
			if (escape.startsWith('%')) return fromCode(escape.slice(1), 16);
			if (escape.startsWith('\\')) return escape.slice(1);
			return ENTITIES[escape.slice(1, -1).toLowerCase()] ?? escape;
	}
}

/** Reads digits up to a semicolon. One UTF-16 unit, so that places stay easy to count; what needs two is in no key. */
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

/** What escapes begin with. */
export const MARKS = ['%', '\\', '&'] as const;

/**
 * The code that an escape stands for which begins at a place; below 0 where none does. Of entities it
 * looks at the first letter only, and gives the code of `&`, which is a letter of escapes.
 */
export function escapedCode(text: string, at: number): number {
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
