import { Readable } from 'node:stream';

import { RequestFault } from '../../nodes/shared/errors';
import { isBodyStream, readText } from '../../nodes/shared/http/body';

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
