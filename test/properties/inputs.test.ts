import fc from 'fast-check';

import {
	readBaseUrl,
	readHeaderName,
	readHeaderValue,
	readKey,
} from '../../nodes/shared/credentialInput';
import { InvalidInputError } from '../../nodes/shared/errors';
import { REDACTED, redactor } from '../../nodes/shared/http/redact';
import { MAX_PAUSE_MS, retryAfterMs } from '../../nodes/shared/http/retryAfter';
import {
	isBlank,
	optionalId,
	readBoolean,
	readIds,
	readJson,
	readLines,
	readNumber,
	readText,
	requireId,
	textOf,
} from '../../nodes/shared/input';
import { readWebAddresses, requireWebAddress } from '../../nodes/shared/webAddresses';
import { publicText } from '../../nodes/shared/sanitize';
import { toIsoTime } from '../../nodes/shared/time';
import { runs } from './runs';

const RUNS = runs(1_000);
const FIELD = 'Some Field';

/** What users paste, in pieces: each reader takes some of them off. */
const PARTS = [
	...'"\'“”<>,;:/?# \u200b',
	'Bearer ',
	'Authorization:',
	'x-api-key: ',
	'https://a.example',
	'k3y',
];

/** What an expression can return, and what people type and paste. */
const input = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: fc.constantFrom(...'"\'„“«<> ,;|\n\t\u200b\u00a0/:.?#%@[]-0aZé') }),
	fc.webUrl(),
	fc.array(fc.constantFrom(...PARTS), { maxLength: 8 }).map((parts) => parts.join('')),
	fc.double(),
	fc.jsonValue({ maxDepth: 2 }),
	fc.constantFrom(undefined, null, [], {}, true, NaN, new Date(0)),
);

const READERS: ReadonlyArray<[string, (value: unknown) => unknown]> = [
	['a text', (value) => readText(value, FIELD)],
	['a boolean', (value) => readBoolean(value, FIELD)],
	['a number', (value) => readNumber(value, FIELD)],
	['an id', (value) => requireId(value, FIELD)],
	['an optional id', (value) => optionalId(value, FIELD)],
	['a list of ids', (value) => readIds(value, FIELD)],
	['an address', (value) => requireWebAddress(value, FIELD)],
	['a list of addresses', (value) => readWebAddresses(value, FIELD)],
	['a key', (value) => readKey(value, FIELD)],
	['the name of a header', (value) => readHeaderName(value, FIELD)],
	['the value of a header', (value) => readHeaderValue(value, FIELD)],
	['a base URL', (value) => readBaseUrl(value, 'inPaths')],
];

const JSON_READER: (typeof READERS)[number] = ['JSON', (value) => readJson(value, FIELD)];

describe.each([...READERS, JSON_READER])('any input, read as %s', (_, reader) => {
	it('is a value, or an error that says what to do', () => {
		fc.assert(
			fc.property(input, (value) => {
				try {
					reader(value);
				} catch (error) {
					expect(error).toBeInstanceOf(InvalidInputError);
					expect((error as InvalidInputError).advice).not.toBe('');
				}
			}),
			RUNS,
		);
	});
});

describe.each(READERS)('any input, read as %s', (_, reader) => {
	it('is read the same once it has been read', () => {
		fc.assert(
			fc.property(input, (value) => {
				let first: unknown;
				try {
					first = reader(value);
				} catch {
					return;
				}
				if (isBlank(first)) return;
				expect(reader(first)).toEqual(first);
			}),
			RUNS,
		);
	});
});

it('any input is a text, and lines of one', () => {
	fc.assert(
		fc.property(input, (value) => {
			expect(typeof textOf(value)).toBe('string');
			for (const line of readLines(value)) expect(isBlank(line)).toBe(false);
		}),
		RUNS,
	);
});

it('any value is a point in time that a crawl can have had, or none', () => {
	fc.assert(
		fc.property(fc.oneof(input, fc.date({ noInvalidDate: false })), (value) => {
			const time = toIsoTime(value);
			if (time === null) return;
			expect(new Date(time).toISOString()).toBe(time);
			expect(toIsoTime(time)).toBe(time);
		}),
		RUNS,
	);
});

it('any date that JavaScript writes is read as it was meant', () => {
	const date = fc.date({ min: new Date(1000), max: new Date('2199-12-31'), noInvalidDate: true });
	fc.assert(
		fc.property(date, (given) => {
			const wholeSeconds = new Date(Math.floor(given.getTime() / 1000) * 1000).toISOString();
			expect(toIsoTime(given.toISOString())).toBe(given.toISOString());
			expect(toIsoTime(given.toUTCString())).toBe(wholeSeconds);
			expect(toIsoTime(given.toString())).toBe(wholeSeconds);
		}),
		RUNS,
	);
});

it('any header asks for a pause of up to a day, or for none', () => {
	fc.assert(
		fc.property(fc.oneof(input, fc.nat().map(String)), (value) => {
			const ms = retryAfterMs({ 'Retry-After': value }, 0);
			if (ms === null) return;
			expect(Number.isInteger(ms) && ms >= 0 && ms <= MAX_PAUSE_MS).toBe(true);
		}),
		RUNS,
	);
});

it('any message of a server becomes one line of at most 300 characters', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), (message) => {
			const text = publicText(message);
			expect(text.length).toBeLessThanOrEqual(300);
			expect(text).not.toMatch(/[\r\n]/);
		}),
		RUNS,
	);
});

describe('a secret', () => {
	const secret = fc
		.string({ unit: 'grapheme-ascii', minLength: 12, maxLength: 60 })
		.filter((text) => text.trim() === text && /[a-z]/.test(text) && /\d/.test(text));
	const spell = fc.constantFrom<(text: string) => string>(
		(text) => text,
		(text) => `Bearer ${text}`,
		encodeURIComponent,
		(text) => encodeURIComponent(encodeURIComponent(text)),
		(text) => Buffer.from(text).toString('base64'),
		(text) => Buffer.from(`x:${text}:y`).toString('base64url'),
		(text) => Buffer.from(text).toString('hex'),
		(text) => JSON.stringify(text).slice(1, -1),
	);
	const place = fc.constantFrom<(text: string) => unknown>(
		(text) => text,
		(text) => ({ message: `The key ${text} is wrong` }),
		(text) => [{ deep: [[text]] }],
		(text) => ({ [text]: 1 }),
		(text) => ({ body: JSON.stringify({ key: text }) }),
	);

	it('is nowhere in what a server has sent back, in whatever spelling it did', () => {
		fc.assert(
			fc.property(secret, spell, place, (text, spelled, put) => {
				const clean = JSON.stringify(redactor([text]).redact(put(spelled(text))));
				expect(clean).toContain(REDACTED);
				expect(clean).not.toContain(JSON.stringify(spelled(text)).slice(1, -1));
			}),
			RUNS,
		);
	});
});
