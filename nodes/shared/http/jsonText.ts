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
	if (hasTooManyValues(text)) {
		return noJson(`JSON of more than ${MAX_VALUES.toLocaleString('en')} values`, text);
	}
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return noJson(describeText(text), text);
	}
	if (!isParent(value)) return { isJson: true, value };
	if (isDeeper(value, MAX_DEPTH)) {
		return noJson(`JSON that is more than ${MAX_DEPTH} levels deep`, text);
	}
	if (hasPrototype(value)) dropPrototypes(value);
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

/** Counted before it is parsed, since each value takes some 100 bytes afterwards. */
function hasTooManyValues(text: string): boolean {
	// Each takes a character or more.
	if (text.length <= MAX_VALUES || !/^\s*[{[]/.test(text)) return false;
	let values = 1;
	for (let at = 0; at < text.length; at++) {
		// By their codes: most of the time for a large body would go into making texts of characters.
		switch (text.charCodeAt(at)) {
			case 0x22: // "
				at = endOfString(text, at);
				break;
			case 0x5b: // [
			case 0x7b: // {
			case 0x2c: // ,
				values++;
				if (values > MAX_VALUES) return true;
		}
	}
	return false;
}

/** Where a string that begins at a place ends; the end of the text when it does not. */
function endOfString(text: string, start: number): number {
	for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
		let before = at - 1;
		while (text.charCodeAt(before) === 0x5c) before--;
		// Backslashes in pairs escape each other, and not the quote.
		if ((at - 1 - before) % 2 === 0) return at;
	}
	return text.length;
}

/** Whether lists and objects lie in each other, at more than so many levels. */
function isDeeper(parent: object, levels: number): boolean {
	return levels === 0 || someParentIn(parent, (child) => isDeeper(child, levels - 1));
}

/** To code that copies objects, a property of this name is the prototype. No provider has one. */
const PROTO = '__proto__';

function hasPrototype(parent: object): boolean {
	return Object.hasOwn(parent, PROTO) || someParentIn(parent, hasPrototype);
}

/** In place: copies of objects with numbers for names can take a thousand times the memory. */
function dropPrototypes(parent: object): void {
	Reflect.deleteProperty(parent, PROTO);
	for (const child of Object.values(parent)) if (isParent(child)) dropPrototypes(child);
}

/** Whether something is so for a list or an object directly in another, without making a list of them. */
function someParentIn(parent: object, isSo: (child: object) => boolean): boolean {
	if (Array.isArray(parent)) {
		for (const child of parent as unknown[]) if (isParent(child) && isSo(child)) return true;
		return false;
	}
	for (const key in parent) {
		const child: unknown = Reflect.get(parent, key);
		if (isParent(child) && isSo(child)) return true;
	}
	return false;
}

function isParent(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
