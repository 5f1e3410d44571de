import { MAX_DEPTH, MAX_VALUES } from './limits';

/** A text that is no usable JSON. */
export interface NoJson {
	isJson: false;
	/** What it is instead, as the end of a sentence. */
	description: string;
	isPage: boolean;
	/** Its first characters, with whatever secrets are in them. */
	start: string;
}

export type ParsedText = { isJson: true; value: unknown } | NoJson;

/**
 * Parses a body. Nothing is read of JSON that is too deep or has too many values, since what reads it
 * later would run out of stack, memory or time; nor are prototypes. A text without anything is `null`.
 */
export function parseText(text: string): ParsedText {
	if (text.trim() === '') return { isJson: true, value: null };
	const excess = excessOf(text);
	if (excess !== null) return noJson(excess, text);
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return noJson(describeText(text), text);
	}
	if (isParent(value) && mayHavePrototype(text)) dropPrototypes(value);
	return { isJson: true, value };
}

const START_LENGTH = 1_000;

/** What stands for a body that could not be read. */
export const UNREADABLE = noJson('a response that could not be read', '');

function noJson(description: string, text: string): NoJson {
	const start = text.slice(0, START_LENGTH).trimStart();
	return { isJson: false, description, isPage: start.startsWith('<'), start };
}

function describeText(text: string): string {
	const start = text.trimStart();
	if (start.startsWith('<')) return 'a web page instead of JSON';
	return /^[{[]/.test(start) ? 'damaged or incomplete JSON' : 'plain text instead of JSON';
}

/**
 * What JSON has too much of, as the end of a sentence. From the text alone, before it is parsed, since
 * each value takes some 100 bytes afterwards, and to look at each costs more than to parse it.
 */
function excessOf(text: string): string | null {
	if (!/^\s*[{[]/.test(text)) return null;
	let values = 1;
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		// By their codes: most of the time for a large body would go into making texts of characters.
		switch (text.charCodeAt(at)) {
			case QUOTE:
				at = endOfString(text, at);
				break;
			case 0x5b: // [
			case 0x7b: // {
				depth++;
				values++;
				break;
			case 0x5d: // ]
			case 0x7d: // }
				depth--;
				break;
			case 0x2c: // ,
				values++;
		}
		if (values > MAX_VALUES) return `JSON of more than ${MAX_VALUES.toLocaleString('en')} values`;
		if (depth > MAX_DEPTH) return `JSON that is more than ${MAX_DEPTH} levels deep`;
	}
	return null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where a string that begins at a place ends; the end of the text when it does not. */
function endOfString(text: string, start: number): number {
	for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
		let before = at - 1;
		while (text.charCodeAt(before) === BACKSLASH) before--;
		// Backslashes in pairs escape each other, and not the quote.
		if ((at - 1 - before) % 2 === 0) return at;
	}
	return text.length;
}

/** To code that copies objects, a property of this name is the prototype. No provider has one. */
const PROTO = '__proto__';

/** Where a name can have it that is not spelled like it. Most texts have no such escape at all. */
const ESCAPE = '\\u00';
const ESCAPED_LETTER_OF_PROTO = /\\u00[567]/;

/** From the text, since to look at every object takes as long as to parse them. */
function mayHavePrototype(text: string): boolean {
	return text.includes(PROTO) || (text.includes(ESCAPE) && ESCAPED_LETTER_OF_PROTO.test(text));
}

/** In place: copies of objects with numbers for names can take a thousand times the memory. */
function dropPrototypes(parent: object): void {
	Reflect.deleteProperty(parent, PROTO);
	for (const child of Object.values(parent)) if (isParent(child)) dropPrototypes(child);
}

function isParent(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
