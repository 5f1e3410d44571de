import fc from 'fast-check';

import { redactor } from '../../nodes/shared/http/redact';
import { runs } from './runs';

const hex = (char: string, length: number) => char.charCodeAt(0).toString(16).padStart(length, '0');

/** What a server can make of a character, most often nothing. */
const ESCAPES: ReadonlyArray<(char: string) => string> = [
	(char) => char,
	(char) => char,
	(char) => char,
	(char) => `%${hex(char, 2)}`,
	(char) => `\\u${hex(char, 4)}`,
	(char) => `\\x${hex(char, 2)}`,
	(char) => `&#${char.charCodeAt(0)};`,
	(char) => `&#x${hex(char, 1)}`,
	(char) => JSON.stringify(char).slice(1, -1),
];

/** How a character can stand in JSON. */
const JSON_SPELLINGS: ReadonlyArray<(char: string) => string> = [
	(char) => JSON.stringify(char).slice(1, -1),
	(char) => JSON.stringify(char).slice(1, -1),
	(char) => `\\u${hex(char, 4)}`,
	(char) => (char === '/' ? '\\/' : JSON.stringify(char).slice(1, -1)),
];

type Spellings = ReadonlyArray<(char: string) => string>;

/** Each character in a spelling, by turns. */
const spelled = (text: string, spellings: Spellings, choices: readonly number[]) =>
	[...text]
		.map((char, at) => spellings[(choices[at % choices.length] ?? 0) % spellings.length]?.(char))
		.join('');

const choices = fc.array(fc.nat(20), { minLength: 1, maxLength: 24 });
const SECRETS = [
	'gn7c1f5aZq90e2b8',
	'docs',
	'ключ-12345678',
	'abc%0Adef12345',
	'ab/12cd34',
	'a"b\\c&d%12',
	'ab12\\',
	'abc1234\\',
	'Bearer ab12\\',
	'ab12%5C',
	'n7c1f5aZq90e2b8',
];
const between = fc.array(
	fc.constantFrom('\n', '\t', ' ', '"', '\\', '\\n', '%', '&', '&#10', '%5', 'a', 'xyz9', 'é', '/'),
	{ maxLength: 12 },
);

const word = fc
	.oneof(fc.nat(200), fc.integer({ min: 8_000, max: 9_000 }))
	.map((length) => 'z'.repeat(length));
const letters = fc.array(fc.oneof(word, fc.constantFrom('%41', '&#', '%')), { maxLength: 6 });

function expectFoundWhenTakenOut(secret: string, value: string, inJson: readonly number[]) {
	const ofSecret = redactor([secret]);
	const json = `{"a":"${spelled(value, JSON_SPELLINGS, inJson)}"}`;
	const isTakenOut = JSON.stringify(ofSecret.redact({ a: value })) !== JSON.stringify({ a: value });
	expect({ json, isFound: ofSecret.finds(json) || !isTakenOut }).toEqual({ json, isFound: true });
}

describe('the text of a JSON body', () => {
	const secrets = fc.constantFrom(...SECRETS);
	const layers = fc.array(choices, { maxLength: 3 });
	const escapedIn = (secret: string, all: readonly number[][]) =>
		all.reduce((text, layer) => spelled(text, ESCAPES, layer), secret);

	it('is found to hold a secret whenever one is taken out of the body', () => {
		fc.assert(
			fc.property(
				secrets,
				layers,
				choices,
				between,
				between,
				(secret, all, inJson, before, after) => {
					const value = [...before, escapedIn(secret, all), ...after].join('');
					expectFoundWhenTakenOut(secret, value, inJson);
				},
			),
			runs(2_000),
		);
	});

	it('is found to hold one among many letters, too', () => {
		fc.assert(
			fc.property(
				secrets,
				layers,
				choices,
				letters,
				letters,
				(secret, all, escaped, before, after) => {
					const value = [...before, escapedIn(secret, all), ...after].join('');
					expectFoundWhenTakenOut(secret, value, value.length < 1_000 ? escaped : [0]);
				},
			),
			runs(300),
		);
	});

	it.each([
		['a word behind an escape', 'docs', '{"a":"Wrong key:\\ndocs"}'],
		[
			'a word behind an escape of JSON in JSON',
			'docs',
			'{"a":"{\\"a\\":\\"Wrong key:\\\\ndocs\\"}"}',
		],
		['a key with an escape for a line', 'abc%0Adef12345', '{"a":"abc\\ndef12345"}'],
		['an entity that an escape ends', 'gn7c1f5aZq90e2b8', '{"a":"&#103\\u003bn7c1f5aZq90e2b8"}'],
		[
			'a number that an escape completes',
			'gn7c1f5aZq90e2b8',
			'{"a":"&#10\\u0033;n7c1f5aZq90e2b8"}',
		],
		[
			'escapes in three layers of it',
			'gn7c1f5aZq90e2b8',
			'{"a":"%5c\\\\u00252567n7c1f5aZq90e2b8"}',
		],
		['a slash that is escaped', 'ab/12cd34', '{"a":"ab\\/12cd34"}'],
		[
			'letters that are not Latin',
			'ключ-12345678',
			'{"a":"\\u043a\\u043b\\u044e\\u0447-12345678"}',
		],
		['a backslash at its end', 'ab12\\', '{"a":"%61b12\\\\"}'],
		['a backslash at the end of a key', 'abc1234\\', '{"a":"x%61bc1234\\\\"}'],
		['a backslash behind Bearer', 'Bearer ab12\\', '{"a":"%61b12\\\\"}'],
		['an escaped backslash', 'ab12%5C', '{"a":"%61b12\\\\"}'],
		['a backslash before it', 'n7c1f5aZq90e2b8', '{"a":"\\\\n7c1f5%61Zq90e2b8"}'],
		['the same at the end', 'ключ-12345678', '"\\u043a\\u043b\\u044e\\u0447-12345678'],
	])('holds one with %s', (_, secret, json) => {
		expect(redactor([secret]).finds(json)).toBe(true);
	});
});
