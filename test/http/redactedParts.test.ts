import { REDACTED, redactor } from '../../nodes/shared/http/redact';

const KEY = 'gn7c1f5aZq90e2b8';

const redacted = (text: string, ...secrets: string[]) => redactor(secrets).redactText(text);
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('what is cut out of a value', () => {
	it('is cut out of the value itself, so that no copy takes more memory', () => {
		const inner = { 1000: KEY, [KEY]: [KEY, 7, null] };
		const value = [inner];
		expect(redactor([KEY]).redact(value)).toBe(value);
		expect(value).toEqual([{ 1000: REDACTED, [REDACTED]: [REDACTED, 7, null] }]);
		expect(value[0]).toBe(inner);
	});
});

describe('what is cut out of a text', () => {
	it.each([
		['at its beginning', `${KEY} end`, `${REDACTED} end`],
		['at its end', `begin ${KEY}`, `begin ${REDACTED}`],
		['as a whole', KEY, REDACTED],
		['within a word', `x${KEY}y`, `x${REDACTED}y`],
		['twice side by side', `${KEY}${KEY}`, REDACTED],
		['twice with a letter between', `${KEY}-${KEY}`, `${REDACTED}-${REDACTED}`],
	])('is the key %s', (_, text, expected) => {
		expect(redacted(text, KEY)).toBe(expected);
	});

	it('is a key once that overlaps another one', () => {
		const other = `${KEY.slice(-8)}-1234567`;
		expect(redacted(`a ${KEY}-1234567 b`, KEY, other)).toBe(`a ${REDACTED} b`);
	});

	it('is the longer one of two that begin alike', () => {
		expect(redacted(`a ${KEY}-more b`, KEY, `${KEY}-more`)).toBe(`a ${REDACTED} b`);
	});

	it.each([[`{"k":"${KEY}"}`], [`me:${KEY}`], [`a${KEY}`], [`ab${KEY}`], [`abc${KEY}cba`]])(
		'is all of the Base64 of %j',
		(text) => {
			expect(redacted(`(${base64(text)})`, KEY)).toBe(`(${REDACTED})`);
			expect(redacted(base64(text), KEY)).toBe(REDACTED);
		},
	);

	it('is all of a long run of its Base64', () => {
		expect(redacted(base64(KEY).slice(0, 21).repeat(200), KEY)).toBe(REDACTED);
	});

	it.each([['a'], ['ab'], ['abc']])('is Base64 for URLs behind %j', (before) => {
		// Its Base64 has signs that are others in URLs.
		const key = '~~~???>>>kL5';
		const text = Buffer.from(`${before}${key}`).toString('base64url');
		expect(text).toMatch(/[-_]/);
		expect(redacted(`(${text})`, key)).toBe(`(${REDACTED})`);
	});

	it('is no more than a header of what stands around Base64', () => {
		const part = base64(`abc${KEY}cba`);
		const text = redacted(`${'A'.repeat(1_000)}${part}${'B'.repeat(1_000)}`, KEY);
		const [before = '', after = ''] = text.split(REDACTED);
		expect(before).toMatch(/^A{600,615}$/);
		expect(after).toMatch(/^B{600,615}$/);
	});
});

describe('what counts as a key', () => {
	it.each([
		['eight letters and digits', 'ab12cd34'],
		['letters of both casings in between', 'abCdEfgH'],
		['a long word', 'abcdefghijklmnopqrstu'],
	])('is found within a word: %s', (_, secret) => {
		expect(redacted(`x${secret}y`, secret)).toBe(`x${REDACTED}y`);
	});

	it.each([
		['seven', 'ab12cd3'],
		['an ordinary word', 'internaldocs'],
		['two ordinary words', 'Internal Docs'],
	])('is found alone only: %s', (_, secret) => {
		expect(redacted(`x${secret}y ${secret}`, secret)).toBe(`x${secret}y ${REDACTED}`);
	});

	it('is a word in hexadecimal digits from six letters on', () => {
		const hex = (text: string) => Buffer.from(text).toString('hex');
		expect(redacted(hex('abcde'), 'abcde')).toBe(hex('abcde'));
		expect(redacted(hex('abcdef'), 'abcdef')).toBe(REDACTED);
		expect(redacted(hex('abcdef').toUpperCase(), 'abcdef')).toBe(REDACTED);
	});

	it('is a word with signs that mean something to patterns', () => {
		expect(redacted('is a.c+ here, abc+ not', 'a.c+')).toBe(`is ${REDACTED} here, abc+ not`);
	});

	it('is the longer one of two words that begin alike', () => {
		expect(redacted('docs plus', 'docs', 'docs plus')).toBe(REDACTED);
	});

	it.each([
		['percent escapes', 'abc%2Fdef12345', 'abc/def12345'],
		['percent escapes of percent escapes', 'abc%252Fdef12345', 'abc/def12345'],
		['entities', 'abc&amp;def12345', 'abc&def12345'],
	])('is also what it means without its own %s', (_, secret, meaning) => {
		expect(redacted(`(${secret}) (${meaning})`, secret)).toBe(`(${REDACTED}) (${REDACTED})`);
	});

	it('is a key with blanks, written as a form writes it', () => {
		expect(redacted('k=ab12+cd34+ef', 'ab12 cd34 ef')).toBe(`k=${REDACTED}`);
	});
});

describe('a body is looked through for keys', () => {
	const finds = (text: string) => redactor([KEY]).finds(text);
	const percent = (text: string, from: number, to: number) =>
		Array.from(text, (letter, at) =>
			at >= from && at < to ? `%${letter.charCodeAt(0).toString(16)}` : letter,
		).join('');
	const places = Array.from({ length: KEY.length }, (_, at) => at);

	it('with any one letter as an escape, at any place', () => {
		const missed = places.flatMap((at) =>
			places.filter((before) => !finds(`"${' '.repeat(before)}${percent(KEY, at, at + 1)}"`)),
		);
		expect(missed).toEqual([]);
	});

	it('with any of its beginnings or ends as escapes', () => {
		const spelled = places.flatMap((at) => [percent(KEY, 0, at), percent(KEY, at, KEY.length)]);
		expect(spelled.filter((text) => !finds(`a ${text} b`))).toEqual([]);
		expect(spelled.filter((text) => !finds(text))).toEqual([]);
	});

	it('and not found where a letter is missing or another one', () => {
		const spoilt = places.flatMap((at) => [
			percent(`${KEY.slice(0, at)}${KEY.slice(at + 1)}`, 0, 3),
			percent(`${KEY.slice(0, at)}.${KEY.slice(at + 1)}`, 0, 3),
		]);
		expect(spoilt.filter((text) => finds(`a ${text} b`))).toEqual([]);
	});

	it('behind and before escapes of other letters', () => {
		expect(finds(`%20%22${percent(KEY, 0, 1)}%22%20`)).toBe(true);
		expect(finds(`\\n\\"${percent(KEY, 3, 4)}\\"\\n`)).toBe(true);
	});

	it('at its beginning and its end, with nothing around it', () => {
		expect(finds(KEY)).toBe(true);
		expect(finds(percent(KEY, 0, 1))).toBe(true);
		expect(finds(percent(KEY, 15, 16))).toBe(true);
		expect(redactor(['docs']).finds('docs')).toBe(true);
		expect(redactor(['docs']).finds('doc')).toBe(false);
	});

	it('behind another text with escapes that is too short for it', () => {
		expect(finds(`%67n7c ${percent(KEY, 0, 2)}`)).toBe(true);
		expect(finds('%67n7c %67n7c')).toBe(false);
	});

	it.each([
		['as they are', (text: string) => text],
		['escaped for JSON', (text: string) => text.replaceAll('%', '\\u0025')],
	])('escaped in three layers, which stand there %s', (_, spell) => {
		let text = KEY;
		for (let layer = 0; layer < 3; layer++) {
			text = layer === 0 ? percent(text, 0, text.length) : text.replaceAll('%', '%25');
			expect(finds(spell(text))).toBe(true);
		}
		expect(finds(spell(text.replaceAll('%', '%25')))).toBe(false);
	});
});
