import { Readable } from 'node:stream';

import { RequestFault } from '../../nodes/shared/errors';
import { isBodyStream, parseText, readText } from '../../nodes/shared/http/body';
import { MAX_DEPTH, MAX_VALUES } from '../../nodes/shared/http/limits';

const never = new AbortController().signal;
const streamOf = (...pieces: Array<string | Buffer>) =>
	Readable.from(pieces.map((piece) => Buffer.from(piece)));

describe('the text of a body', () => {
	it.each([
		['in one piece', ['{"a":"é"}']],
		['in pieces', ['{"a":', '"é"}']],
		['in pieces that part a character', ['{"a":"', Buffer.from([0xc3]), Buffer.from([0xa9]), '"}']],
		['after a byte order mark', ['\ufeff', '{"a":"é"}']],
	])('is read %s', async (_, pieces) => {
		expect(await readText(streamOf(...pieces), 100, never)).toBe('{"a":"é"}');
	});

	it('is read byte by byte', async () => {
		const text = 'x'.repeat(5_001);
		expect(await readText(streamOf(...text), 6_000, never)).toBe(text);
	});

	it('may weigh as much as is allowed, and no more', async () => {
		expect(await readText(streamOf('12', '34'), 4, never)).toBe('1234');
		await expect(readText(streamOf('12', '345'), 4, never)).rejects.toMatchObject({
			kind: 'passing',
			isUncertain: true,
		});
	});

	it('says the limit in megabytes', async () => {
		const reading = readText(streamOf(Buffer.alloc(2 * 1024 * 1024 + 1)), 2 * 1024 * 1024, never);
		await expect(reading).rejects.toThrow('The response is larger than 2 MB,');
	});

	it('is a fault that may pass when the connection breaks', async () => {
		const stream = new Readable({ read: () => stream.destroy(new Error('socket hang up')) });
		await expect(readText(stream, 100, never)).rejects.toMatchObject({
			kind: 'passing',
			message: 'The connection was closed before the response was complete',
			isUncertain: true,
		});
	});

	it('ends when it is told to, with the body closed and without a fault of the connection', async () => {
		const end = new AbortController();
		const stream = new Readable({ read: () => {} });
		const reading = readText(stream, 100, end.signal);
		end.abort();
		await expect(reading).rejects.not.toBeInstanceOf(RequestFault);
		expect(stream.destroyed).toBe(true);
	});

	it('leaves nothing open that is too large', async () => {
		const stream = streamOf('1', '2');
		await readText(stream, 1, never).catch(() => {});
		expect(stream.destroyed).toBe(true);
	});

	it.each<[unknown, boolean]>([
		[streamOf(''), true],
		[null, false],
		['text', false],
		[{}, false],
	])('comes from a stream: %#', (value, isStream) => {
		expect(isBodyStream(value)).toBe(isStream);
	});
});

describe('JSON', () => {
	it.each([
		['{"a":[1,"b",null]}', { a: [1, 'b', null] }],
		[' [1] ', [1]],
		['7', 7],
		['"text"', 'text'],
		['', null],
		[' \n', null],
	])('is the value of %j', (text, value) => {
		expect(parseText(text)).toEqual({ isJson: true, value });
	});

	it.each([
		['<html>', 'a web page instead of JSON', true],
		['  <!doctype html>', 'a web page instead of JSON', true],
		['{"a":', 'damaged or incomplete JSON', false],
		[' [1', 'damaged or incomplete JSON', false],
		['Bad gateway', 'plain text instead of JSON', false],
		['{"a":1} <p>', 'damaged or incomplete JSON', false],
	])('is not %j', (text, description, isPage) => {
		expect(parseText(text)).toMatchObject({ isJson: false, description, isPage });
	});

	it('shows how a text begins that is none', () => {
		const text = `  no${'x'.repeat(2_000)}`;
		expect(parseText(text)).toMatchObject({ start: text.slice(2, 1_000) });
	});

	const nested = (depth: number, open = '[', close = ']') =>
		open.repeat(depth) + close.repeat(depth);

	it.each([
		['lists', '[', ']'],
		['objects', '{"a":', '}'],
	])('may hold %s in each other up to a depth', (_, open, close) => {
		const filled = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
		expect(parseText(filled(MAX_DEPTH)).isJson).toBe(true);
		expect(parseText(filled(MAX_DEPTH + 1))).toMatchObject({
			description: `JSON that is more than ${MAX_DEPTH} levels deep`,
		});
	});

	it('may hold more lists than that side by side', () => {
		const text = `[${Array.from({ length: MAX_DEPTH + 1 }, () => '[{}]').join(',')}]`;
		expect(parseText(text).isJson).toBe(true);
	});

	it.each([
		['brackets', '['],
		['braces', '{'],
		['brackets behind a quote', '\\"['],
		['brackets behind a backslash and a quote', '\\\\\\"['],
	])('may have %s in its texts', (_, piece) => {
		const text = `{"a":"${piece.repeat(MAX_DEPTH + 1)}"}`;
		expect(parseText(text).isJson).toBe(true);
	});

	it('has a text that ends at a quote behind escaped backslashes', () => {
		const text = `["\\\\",${nested(MAX_DEPTH)}]`;
		expect(parseText(text)).toMatchObject({ isJson: false });
	});

	it.each([
		['in a list', (count: number) => `[${'1,'.repeat(count - 2)}1]`],
		['as lists', (count: number) => `[[],${'[],'.repeat((count - 3) / 2)}1]`],
	])('may hold so many values, %s', (_, textOf) => {
		expect(parseText(textOf(MAX_VALUES - 1)).isJson).toBe(true);
		expect(parseText(textOf(MAX_VALUES + 3))).toMatchObject({
			description: 'JSON of more than 1,000,000 values',
		});
	});

	it('may have more commas than that in its texts', () => {
		expect(parseText(`["${','.repeat(MAX_VALUES + 1)}"]`).isJson).toBe(true);
	});
});
