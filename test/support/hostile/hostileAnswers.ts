import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { answer, flood, repeat, type Behaviour } from './rawServer';

/** What a hostile answer is made of. */
export interface Material {
	/** The body that tells the end of the crawl, as the provider writes it. */
	body: string;
	/** The key that the request was signed with. */
	key: string;
	/** Another server, which no request must ever reach. */
	elsewhere: string;
}

/**
 * What has to come of an answer: it is taken for a fault that may pass, so that the crawl is checked
 * again; it is refused for good, with an error; or it is odd, and good enough to be read.
 */
export type Effect = 'retried' | 'refused' | 'read';

export interface HostileAnswer {
	effect: Effect;
	/** What has to be said in the error, where there is one. */
	says: RegExp;
	/** Set where megabytes are sent. */
	isHeavy?: true;
	/** Set where the answer is never whole: it ends when the time for the request is up. */
	isEndless?: true;
	does: (material: Material) => Behaviour;
}

const MIB = 1024 * 1024;
const CLOSED = /closed before the response was complete/;
const TOO_LARGE = /larger than \d+ MB/;
const TOO_LATE = /not complete within|did not respond in time/;
const CUT_JSON = /damaged or incomplete JSON/;
const NO_JSON = /instead of JSON|damaged or incomplete JSON/;
const NO_JOB = /is not a |did not succeed|does not know|could not find|no crawl|different crawl/;
const NO_RESULT = /returned no result/;

const send =
	(data: string | Buffer): Behaviour =>
	(socket) =>
		void socket.end(data);
const sendAndReset =
	(data: string | Buffer): Behaviour =>
	(socket) =>
		void socket.write(data, () => socket.resetAndDestroy());
const sendAndWait =
	(data: string): Behaviour =>
	(socket) =>
		void socket.write(data);

const retried = (says: RegExp, does: HostileAnswer['does']): HostileAnswer => ({
	effect: 'retried',
	says,
	does,
});
const refused = (says: RegExp, does: HostileAnswer['does']): HostileAnswer => ({
	effect: 'refused',
	says,
	does,
});
const read = (does: HostileAnswer['does']): HostileAnswer => ({ effect: 'read', says: /^$/, does });
const heavy = (says: RegExp, does: HostileAnswer['does']): HostileAnswer => ({
	...retried(says, does),
	isHeavy: true,
});
const endless = (does: HostileAnswer['does']): HostileAnswer => ({
	...retried(TOO_LATE, does),
	isEndless: true,
});

const head = (headers: string, status = '200 OK') => `HTTP/1.1 ${status}\r\n${headers}\r\n`;
const CHUNKED = head('Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n');
const BLANKS = Buffer.alloc(64 * 1024, 0x20);
const BLANK_CHUNK = Buffer.from(`${BLANKS.length.toString(16)}\r\n${BLANKS.toString()}\r\n`);
const streamed =
	(start: string, piece: Buffer): Behaviour =>
	(socket) => {
		socket.write(start);
		flood(socket, piece);
	};

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const withField = (body: string, field: string) => `${body.slice(0, -1)},${field}}`;
const ok = (body: string | Buffer, headers: Record<string, string | number> = {}) =>
	send(answer('200 OK', body, headers));

/** Some 200 kilobytes that become 180 MB of text, and far more as objects. */
const manyObjects = () => Buffer.from(`{"results":[${'{"a":1},'.repeat(180 * 128 * 1024)}{}]}`);
type Packing = 'gzip' | 'deflate' | 'br';
const PACK: Record<Packing, (data: Buffer | string) => Buffer> = {
	gzip: (data) => gzipSync(data, { level: 9 }),
	deflate: (data) => deflateSync(data, { level: 9 }),
	br: (data) => brotliCompressSync(data, { params: { 1: 5 } }),
};
const packed = new Map<Packing, Buffer>();
/** Packed once: that takes seconds. */
function bomb(packing: Packing): Behaviour {
	const body = packed.get(packing) ?? PACK[packing](manyObjects());
	packed.set(packing, body);
	return ok(body, { 'Content-Encoding': packing });
}

/** Everything that servers do that do not do what they should, as answers to a check of a crawl. */
export const HOSTILE_ANSWERS: Readonly<Record<string, HostileAnswer>> = {
	// Slow.
	'says nothing': endless(() => () => undefined),
	'status line, a byte at a time': endless(() => (socket) => {
		const line = [...'HTTP/1.1 200 OK'];
		repeat(socket, () => line.shift() ?? '', 500);
	}),
	'headers without end': endless(() => (socket) => {
		socket.write('HTTP/1.1 200 OK\r\n');
		repeat(socket, 'X-More: xxxxxxxxxx\r\n', 300);
	}),
	'body, a byte a second': endless(({ body }) => (socket) => {
		socket.write(head(`Content-Length: ${Buffer.byteLength(body)}\r\n`));
		const bytes = [...body];
		repeat(socket, () => bytes.shift() ?? '', 1_000);
	}),
	'chunks, a byte a second': endless(() => (socket) => {
		socket.write(CHUNKED);
		repeat(socket, '1\r\n \r\n', 1_000);
	}),
	'body never begins': endless(() => sendAndWait(head('Content-Length: 10\r\n'))),
	'body never ends': endless(({ body }) =>
		sendAndWait(`${CHUNKED}${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`),
	),
	'event stream': endless(() => (socket) => {
		socket.write(head('Content-Type: text/event-stream\r\n'));
		repeat(socket, 'data: {}\n\n', 500);
	}),
	'100 Continue without end': endless(
		() => (socket) => repeat(socket, 'HTTP/1.1 100 Continue\r\n\r\n', 100),
	),
	'103 Early Hints, then nothing': endless(() => sendAndWait(head('', '103 Early Hints'))),
	'101 Switching Protocols': endless(() =>
		sendAndWait(head('Upgrade: x\r\nConnection: Upgrade\r\n', '101 Switching Protocols')),
	),

	// Large.
	'body without end, in chunks': heavy(TOO_LARGE, () => streamed(CHUNKED, BLANK_CHUNK)),
	'body without end or length': heavy(TOO_LARGE, () => streamed(head(''), BLANKS)),
	'chunks of one byte without end': {
		...endless(() => streamed(CHUNKED, Buffer.from('1\r\n \r\n'.repeat(10_000)))),
		says: /larger than \d+ MB|not complete within/,
		isHeavy: true,
	},
	'200 MB': heavy(TOO_LARGE, () => streamed(head(`Content-Length: ${200 * MIB}\r\n`), BLANKS)),
	'error of 200 MB': heavy(/HTTP 503/, () =>
		streamed(head(`Content-Length: ${200 * MIB}\r\n`, '503 Unavailable'), BLANKS),
	),
	'gzip bomb': heavy(TOO_LARGE, () => bomb('gzip')),
	'deflate bomb': heavy(TOO_LARGE, () => bomb('deflate')),
	'Brotli bomb': heavy(TOO_LARGE, () => bomb('br')),
	'header of 1 MB': retried(/HPE_HEADER_OVERFLOW/, () =>
		send(head(`X-More: ${'x'.repeat(MIB)}\r\n`)),
	),
	'trailers without end': heavy(/HPE_HEADER_OVERFLOW|closed before|not complete/, ({ body }) =>
		streamed(
			`${CHUNKED}${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n`,
			Buffer.from('X-More: xxxxxxxxxx\r\n'.repeat(100)),
		),
	),
	'nested 10^5 deep': retried(/levels deep/, () => ok(nested(100_000))),
	'nested 10^5 deep in a field': retried(/levels deep/, ({ body }) =>
		ok(withField(body, `"more":${nested(100_000)}`)),
	),
	'nested 10^5 deep in an error': retried(/HTTP 500/, () =>
		send(answer('500 Oops', `{"message":${nested(100_000)},"error":${nested(100_000)}}`)),
	),
	'10^6 entries': heavy(/1,000,000 values/, ({ body }) =>
		ok(withField(body, `"more":[${'{},'.repeat(1_000_000)}{}]`)),
	),
	'10^6 keys': heavy(/1,000,000 values/, ({ body }) => {
		const keys = Array.from({ length: 500_000 }, (_, key) => `"${key}":[]`);
		return ok(withField(body, keys.join(',')));
	}),
	'130,000 entries': read(({ body }) =>
		ok(withField(body, `"more":[${'{"a":"b"},'.repeat(130_000)}{}]`)),
	),
	'text of 7 MB': {
		...read(({ body }) => ok(withField(body, `"more":"${'x'.repeat(7 * MIB)}"`))),
		isHeavy: true,
	},
	'7 MB of escapes': {
		...read(({ body }) =>
			ok(withField(body, `"more":"${'%5C\\u0025\\\\&amp;'.repeat((7 * MIB) / 16)}"`)),
		),
		isHeavy: true,
	},
	'7 MB of escapes within escapes': {
		...read(({ body }) =>
			ok(withField(body, `"more":"${'%2525\\\\\\\\&amp;amp;'.repeat((7 * MIB) / 22)}"`)),
		),
		isHeavy: true,
	},
	'30 MB that end with an escape': {
		...read(({ body }) => ok(withField(body, `"more":"${'x'.repeat(30 * MIB)}%25252541"`))),
		isHeavy: true,
	},
	'numbers for names beside __proto__': {
		...read(({ body }) =>
			ok(withField(body, `"more":[${'{"1000":0},'.repeat(200_000)}{"__proto__":{}}]`)),
		),
		isHeavy: true,
	},
	'numbers for names beside the key': {
		...read(({ body, key }) =>
			ok(withField(body, `"more":[${'{"1000":0},'.repeat(200_000)}${JSON.stringify(key)}]`)),
		),
		isHeavy: true,
	},
	'number of 10^5 digits': read(({ body }) => ok(withField(body, `"more":${'9'.repeat(100_000)}`))),

	// Packed otherwise than it says.
	'gzip that is none': retried(CLOSED, ({ body }) => ok(body, { 'Content-Encoding': 'gzip' })),
	'gzip, cut': retried(/incomplete JSON|closed before/, ({ body }) =>
		ok(gzipSync(withField(body, `"more":"${'y'.repeat(5_000)}"`)).subarray(0, 60), {
			'Content-Encoding': 'gzip',
		}),
	),
	'gzip within gzip': retried(NO_JSON, ({ body }) =>
		ok(gzipSync(gzipSync(body)), { 'Content-Encoding': 'gzip' }),
	),
	'gzip that does not say so': retried(NO_JSON, ({ body }) => ok(gzipSync(body))),
	'unknown encoding': retried(NO_JSON, ({ body }) =>
		ok(deflateSync(body), { 'Content-Encoding': 'x-own' }),
	),

	// Text otherwise than it says.
	'UTF-16': retried(CUT_JSON, ({ body }) => ok(Buffer.from(body, 'utf16le'))),
	'UTF-16 with a byte order mark': retried(NO_JSON, ({ body }) =>
		ok(Buffer.from(`\ufeff${body}`, 'utf16le'), {
			'Content-Type': 'application/json; charset=utf-16',
		}),
	),
	'UTF-16, high byte first': retried(NO_JSON, ({ body }) =>
		ok(Buffer.from(`\ufeff${body}`, 'utf16le').swap16()),
	),
	'two byte order marks': retried(NO_JSON, ({ body }) => ok(`\ufeff\ufeff${body}`)),
	'web page': retried(/a web page instead of JSON/, () => ok('<html>Hello')),
	'web page after a byte order mark': retried(/a web page instead of JSON/, () =>
		ok('\ufeff<html>Hello'),
	),
	'plain text': retried(/plain text instead of JSON/, () => ok('OK')),
	JSONP: retried(/plain text instead of JSON/, ({ body }) => ok(`callback(${body})`)),
	'two JSON texts': retried(CUT_JSON, ({ body }) => ok(body + body)),
	'cut JSON': retried(CUT_JSON, ({ body }) => ok(body.slice(0, -1))),
	'byte order mark': read(({ body }) => ok(`\ufeff${body}`)),
	'invalid UTF-8': read(({ body }) => {
		const [start = '', end = ''] = withField(body, '"more":"|"').split('|');
		return ok(
			Buffer.concat([Buffer.from(start), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(end)]),
		);
	}),
	'lone surrogates': read(({ body }) => ok(withField(body, '"more":"\\ud800 \\udc00"'))),
	'type of a web page': read(({ body }) => ok(body, { 'Content-Type': 'text/html' })),
	'type of a picture': read(({ body }) => ok(body, { 'Content-Type': 'image/png' })),
	'charset that is none': read(({ body }) =>
		ok(body, { 'Content-Type': 'application/json; charset=x-own' }),
	),
	'no type, HTTP/1.0': read(({ body }) => send(`HTTP/1.0 200 OK\r\n\r\n${body}`)),
	gzip: read(({ body }) => ok(gzipSync(body), { 'Content-Encoding': 'gzip' })),
	Brotli: read(({ body }) => ok(PACK.br(body), { 'Content-Encoding': 'br' })),

	// JSON that is something else.
	'empty body': retried(NO_JOB, () => ok('')),
	null: retried(NO_JOB, () => ok('null')),
	'a number': retried(NO_JOB, () => ok('1')),
	'a text': retried(NO_JOB, () => ok('"completed"')),
	'a list of crawls': retried(NO_JOB, ({ body }) => ok(`[${body}]`)),
	'an empty object': retried(NO_JOB, () => ok('{}')),
	'keys of a prototype': read(({ body }) =>
		ok(
			`{"__proto__":{"status":"failed"},"\\u005f_proto__":{"a":1},"__pr\\u006Fto__":{"a":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"hasOwnProperty":1,"valueOf":null,"then":1,"toJSON":1,"length":-1,${body.slice(1)}`,
		),
	),
	'duplicate keys': read(({ body }) => {
		const keys = Object.keys(JSON.parse(body) as object);
		return ok(`{${keys.map((key) => `"${key}":null`).join(',')},${body.slice(1)}`);
	}),

	// Statuses.
	'103 Early Hints, then the answer': read(({ body }) =>
		send(`${head('', '103 Early Hints')}${answer('200 OK', body).toString()}`),
	),
	'204': retried(NO_JOB, () => send(head('', '204 No Content'))),
	'204 with a body': retried(NO_JOB, ({ body }) => send(answer('204 No Content', body))),
	'300': retried(NO_RESULT, () => send(answer('300 Choose'))),
	'304': retried(NO_RESULT, () => send(head('', '304 Not Modified'))),
	'304 with a body': retried(NO_RESULT, ({ body }) => send(answer('304 Not Modified', body))),
	'599 with a body': retried(/HTTP 599/, ({ body }) => send(answer('599 Odd', body))),
	'999 with a body': retried(/HTTP 999/, ({ body }) => send(answer('999 Odd', body))),
	'status of two digits': retried(/HPE_/, ({ body }) => send(answer('20 OK', body))),
	'status of four digits': retried(/HPE_/, ({ body }) => send(answer('2000 OK', body))),
	'not HTTP': retried(/HPE_/, () => send('SSH-2.0-OpenSSH_9.6\r\n')),
	'401 without end': {
		...refused(/\(HTTP 401\)/, () => (socket) => {
			socket.write(head('Content-Length: 5000\r\n', '401 No'));
			repeat(socket, ' ', 500);
		}),
		isEndless: true,
	},
	'422 with objects for texts': refused(/HTTP 422/, ({ key }) =>
		send(
			answer(
				'422 Unprocessable',
				JSON.stringify({
					detail: [{ loc: ['body', { toString: 1 }], msg: `no ${key}` }],
					message: { toString: 1 },
					error: { message: { toString: 1 }, code: [key] },
					issues: [{ message: { toString: 1 } }],
				}),
			),
		),
	),

	// Lengths that lie.
	'length too long': retried(CLOSED, ({ body }) => ok(body, { 'Content-Length': 50_000 })),
	'length too short': retried(CUT_JSON, ({ body }) => ok(body, { 'Content-Length': 20 })),
	'length of 0': retried(NO_JOB, ({ body }) => ok(body, { 'Content-Length': 0 })),
	'length negative': retried(/HPE_/, ({ body }) => ok(body, { 'Content-Length': -1 })),
	'length that is no number': retried(/HPE_/, ({ body }) => ok(body, { 'Content-Length': '12x' })),
	'length of 10^30': retried(/HPE_/, ({ body }) => ok(body, { 'Content-Length': '1'.repeat(30) })),
	'two lengths': retried(/HPE_/, ({ body }) =>
		send(head('Content-Length: 20\r\nContent-Length: 21\r\n') + body),
	),
	'length and chunks': retried(/HPE_/, () =>
		send(`${head('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n')}2\r\n{}\r\n0\r\n\r\n`),
	),
	'chunk that is longer than it says': retried(/HPE_|closed before/, ({ body }) =>
		send(`${CHUNKED}5\r\n${body}\r\n0\r\n\r\n`),
	),
	'chunk size that is no number': retried(/HPE_|closed before/, ({ body }) =>
		send(`${CHUNKED}x\r\n${body}\r\n0\r\n\r\n`),
	),
	'chunk size of 10^30': retried(/HPE_|closed before/, ({ body }) =>
		send(`${CHUNKED}${'f'.repeat(30)}\r\n${body}\r\n0\r\n\r\n`),
	),

	// Resets; those at every byte have a test of their own.
	'closed at once': retried(CLOSED, () => (socket) => void socket.end()),
	'reset at once': retried(CLOSED, () => (socket) => socket.resetAndDestroy()),
	'reset in the status line': retried(CLOSED, () => sendAndReset('HTTP/1.1 2')),
	'reset in the headers': retried(CLOSED, () => sendAndReset('HTTP/1.1 200 OK\r\nContent-Le')),
	'reset before the body': retried(CLOSED, () => sendAndReset(head('Content-Length: 100\r\n'))),
	'reset in the body': retried(CLOSED, ({ body }) =>
		sendAndReset(answer('200 OK', body, { 'Content-Length': body.length + 1 })),
	),
	'reset in the size of a chunk': retried(CLOSED, () => sendAndReset(`${CHUNKED}5`)),
	'reset in a chunk': retried(CLOSED, () => sendAndReset(`${CHUNKED}5\r\n{"j`)),
	'reset before the last chunk': retried(CLOSED, ({ body }) =>
		sendAndReset(`${CHUNKED}${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`),
	),
	'closed before the last chunk': retried(CLOSED, ({ body }) =>
		send(`${CHUNKED}${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`),
	),

	// Redirects.
	'redirect to itself': retried(
		/redirected the request to .*\(HTTP 302\)/,
		() => (socket, text) => {
			const [, path = '/'] = text.split(' ');
			socket.end(answer('302 Found', '', { Location: path }));
		},
	),
	'redirect to another server': retried(
		/redirected the request to .*\(HTTP 307\)/,
		({ elsewhere }) => send(answer('307 Moved', '', { Location: `${elsewhere}/v1/crawl` })),
	),
	'redirect with the key': retried(
		/redirected the request to http:\/\/127\.0\.0\.1:1 \(HTTP 308\)/,
		({ key }) =>
			send(
				answer('308 Moved', '', {
					Location: `http://me:${key}@127.0.0.1:1/a/${key}?k=${key}#${key}`,
				}),
			),
	),
	'redirect to a host named after the key': retried(/HTTP 301/, ({ key }) =>
		send(answer('301 Moved', '', { Location: `https://${key}.test/` })),
	),
	'redirect to a script': retried(NO_RESULT, () =>
		send(answer('301 Moved', '', { Location: 'javascript:alert(1)' })),
	),
	'redirect to 10 kB': retried(/HTTP 302/, () =>
		send(answer('302 Found', '', { Location: `https://x.test/${'x'.repeat(10_000)}` })),
	),
	'redirect with an answer': retried(/HTTP 303/, ({ body, elsewhere }) =>
		send(answer('303 See Other', body, { Location: elsewhere })),
	),
};
