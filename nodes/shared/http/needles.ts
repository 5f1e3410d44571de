import { LETTERS_OF_ESCAPES, unescapeText } from './escapes';
import { longestOf, searchFor, shortestOf } from './searchFor';

/** How often a text is unescaped, one time after the other, to look for secrets in it. */
export const MAX_LAYERS = 3;

/** Shorter ones could be a part of an ordinary text by chance. */
const MIN_KEY_LENGTH = 8;
const MIN_ENCODED_LENGTH = 12;

/** A word or two: "docs", "Internal-Docs". Keys have digits, or mix their letters, or are longer. */
const ORDINARY = /^(?=.{1,16}$)(?:[A-Z]?[a-z]+|[A-Z]+)(?:[-_. ](?:[A-Z]?[a-z]+|[A-Z]+))*$/;

/** "Bearer" and the like, before the key itself. */
const SCHEME = /^[A-Za-z][\w-]{0,20}\s+(?=\S)/;

/** All that secrets can look like in a text. */
export interface Needles {
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
	/** The length of the longest. */
	longest: number;
	/** Whether a code is that of a letter that these are made of, or escapes. */
	isLetter: (code: number) => boolean;
}

export function needlesOf(secrets: readonly string[]): Needles {
	const values = unique(
		secrets.flatMap((secret) => {
			const value = secret.trim();
			return [value, value.replace(SCHEME, '')].flatMap(meanings);
		}),
	);
	const plain = unique(values.flatMap((value) => [...spellings(value)]));
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
		longest: longestOf(sought),
		isLetter: letterTest([...sought, LETTERS_OF_ESCAPES].join('')),
		words: wordPattern(plain.filter((value) => !isKey(value))),
	};
}

function isKey(value: string): boolean {
	return value.length >= MIN_KEY_LENGTH && !ORDINARY.test(value);
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
	const lower = value.toLowerCase();
	return [
		value,
		// As a part of the name of a host.
		...(isKey(lower) ? [lower] : []),
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

/** A word ends where neither a name nor an address goes on, and begins also behind an escape of JSON. */
function wordPattern(words: readonly string[]): RegExp | null {
	if (words.length === 0) return null;
	const choices = [...words]
		.sort(byLength)
		.map((word) => word.replace(/[^\w\s]/g, '\\$&'))
		.join('|');
	const begins = '(?:(?<![\\w./@%+~-])|(?<=\\\\[bfnrt]))';
	return new RegExp(`${begins}(?:${choices})(?![\\w/@%+~-]|\\.\\w)`, 'g');
}

/** A table has the letters of Latin-1; all others count as one. */
const TABLE_LENGTH = 256;

/** By a table, since a large body has many to look up. */
function letterTest(letters: string): (code: number) => boolean {
	const table = new Uint8Array(TABLE_LENGTH);
	let hasOthers = false;
	for (let at = 0; at < letters.length; at++) {
		const code = letters.charCodeAt(at);
		if (code < TABLE_LENGTH) table[code] = 1;
		else hasOthers = true;
	}
	return (code) => (code < TABLE_LENGTH ? table[code] === 1 : hasOthers);
}

function withoutLonger(values: readonly string[]): string[] {
	return values.filter(
		(value) => !values.some((other) => other !== value && value.includes(other)),
	);
}

function byLength(a: string, b: string): number {
	return b.length - a.length;
}

function unique(values: readonly string[]): string[] {
	return [...new Set(values)].filter((value) => value !== '');
}
