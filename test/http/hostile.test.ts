import { deflateSync, gzipSync } from 'node:zlib';

import type { INodeExecutionData } from 'n8n-workflow';

import { runNode } from '../support/engine/runNode';
import {
	answer,
	flood,
	repeat,
	startRawServer,
	type Behaviour,
} from '../support/hostile/rawServer';

/*
 * What servers do that do not do what they should, each as the status of a Geonode crawl of that
 * name.
 */

const KEY = 'k3y-of-the-account-0815';
const JOB = { status: 'completed', total_pages: 1, completed_pages: 1, url: 'https://x.test/' };

const job = (name: string, more: object = {}) => JSON.stringify({ job_id: name, ...JOB, ...more });
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const MIB = 1024 * 1024;
const bomb = (() => {
	const packed = gzipSync(Buffer.from('{"a":1},'.repeat(180 * 1024 * 128)), { level: 9 });
	return answer('200 OK', packed, { 'Content-Encoding': 'gzip' });
})();

const send =
	(data: string | Buffer): Behaviour =>
	(socket) =>
		void socket.end(data);
const sendAndReset =
	(data: string | Buffer): Behaviour =>
	(socket) =>
		void socket.write(data, () => socket.resetAndDestroy());
const chunked =
	'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';

/** None of these ever gives a whole answer. */
const WITHOUT_END: Record<string, Behaviour> = {
	'says-nothing': () => undefined,
	'status-line-byte-by-byte': (socket) => {
		const line = [...'HTTP/1.1 200 OK'];
		repeat(socket, () => line.shift() ?? '', 500);
	},
	'headers-without-end': (socket) => {
		socket.write('HTTP/1.1 200 OK\r\n');
		repeat(socket, `X-More: ${'x'.repeat(10)}\r\n`, 300);
	},
	'continue-without-end': (socket) => repeat(socket, 'HTTP/1.1 100 Continue\r\n\r\n', 100),
	'body-byte-by-byte': (socket) => {
		socket.write(chunked);
		repeat(socket, '1\r\n \r\n', 500);
	},
	'event-stream': (socket) => {
		socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n');
		repeat(socket, 'data: {}\n\n', 500);
	},
	'body-never-begins': (socket) =>
		void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n'),
	'switching-protocols': send(
		'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
	),
};

/** What has to be said in the error of a crawl; what its server does. */
const HOSTILE: Record<string, [said: RegExp, behaviour: Behaviour]> = {
	'headers-of-a-megabyte': [
		/HPE_HEADER_OVERFLOW/,
		send(`HTTP/1.1 200 OK\r\nX-More: ${'x'.repeat(MIB)}\r\n\r\n`),
	],
	'error-body-never-ends': [
		/HTTP 503/,
		(socket) => {
			socket.write('HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n');
			flood(socket, Buffer.from(`${(64 * 1024).toString(16)}\r\n${' '.repeat(64 * 1024)}\r\n`));
		},
	],
	'body-without-end': [
		/larger than 8 MB/,
		(socket) => {
			socket.write(chunked);
			flood(socket, Buffer.from(`${(64 * 1024).toString(16)}\r\n${' '.repeat(64 * 1024)}\r\n`));
		},
	],
	'body-without-length': [
		/larger than 8 MB/,
		(socket) => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			flood(socket, Buffer.alloc(64 * 1024, 0x20));
		},
	],
	'tiny-chunks-without-end': [
		/larger than 8 MB|not complete within/,
		(socket) => {
			socket.write(chunked);
			flood(socket, Buffer.from('1\r\n \r\n'.repeat(10_000)));
		},
	],
	'two-hundred-megabytes': [
		/larger than 8 MB/,
		(socket) => {
			socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${200 * MIB}\r\n\r\n`);
			flood(socket, Buffer.alloc(64 * 1024, 0x20));
		},
	],
	'gzip-bomb': [/larger than 8 MB/, send(bomb)],
	'gzip-that-is-none': [
		/closed before the response was complete/,
		send(answer('200 OK', job('gzip-that-is-none'), { 'Content-Encoding': 'gzip' })),
	],
	'gzip-cut': [
		/incomplete JSON|closed before/,
		send(
			answer('200 OK', gzipSync(job('gzip-cut', { x: 'y'.repeat(5000) })).subarray(0, 60), {
				'Content-Encoding': 'gzip',
			}),
		),
	],
	'unknown-encoding': [
		/instead of JSON/,
		send(answer('200 OK', deflateSync(job('unknown-encoding')), { 'Content-Encoding': 'x-own' })),
	],
	'wrong-charset': [
		/incomplete JSON/,
		send(answer('200 OK', Buffer.from(job('wrong-charset'), 'utf16le'))),
	],
	'web-page': [/a web page instead of JSON/, send(answer('200 OK', '<html>Hello'))],
	'plain-text': [/plain text instead of JSON/, send(answer('200 OK', 'OK'))],
	'empty-body': [/not a Geonode crawl job/, send(answer('200 OK', ''))],
	'no-content': [/not a Geonode crawl job/, send('HTTP/1.1 204 No Content\r\n\r\n')],
	'not-modified': [/returned no result \(HTTP 304\)/, send('HTTP/1.1 304 Not Modified\r\n\r\n')],
	'multiple-choices': [/returned no result \(HTTP 300\)/, send(answer('300 Choose'))],
	'status-599': [/HTTP 599/, send(answer('599 Odd', job('status-599')))],
	'status-999': [/HTTP 999/, send(answer('999 Odd', job('status-999')))],
	'not-http': [/HPE_/, send('SSH-2.0-OpenSSH_9.6\r\n')],
	'cut-json': [/damaged or incomplete JSON/, send(answer('200 OK', job('cut-json').slice(0, -5)))],
	'length-too-long': [
		/closed before the response was complete/,
		send(answer('200 OK', job('length-too-long'), { 'Content-Length': 5000 })),
	],
	'length-too-short': [
		/damaged or incomplete JSON/,
		send(answer('200 OK', job('length-too-short'), { 'Content-Length': 20 })),
	],
	'length-negative': [
		/HPE_/,
		send(answer('200 OK', job('length-negative'), { 'Content-Length': -1 })),
	],
	'reset-at-once': [
		/closed before the response was complete/,
		(socket) => socket.resetAndDestroy(),
	],
	'closed-at-once': [/closed before the response was complete/, (socket) => void socket.end()],
	'reset-in-status-line': [/closed before the response was complete/, sendAndReset('HTTP/1.1 2')],
	'reset-in-headers': [
		/closed before the response was complete/,
		sendAndReset('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n'),
	],
	'reset-before-body': [
		/closed before the response was complete/,
		sendAndReset('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n'),
	],
	'reset-in-body': [
		/closed before the response was complete/,
		sendAndReset(answer('200 OK', job('reset-in-body'), { 'Content-Length': 5000 })),
	],
	'reset-in-chunks': [
		/closed before the response was complete/,
		sendAndReset(`${chunked}5\r\n{"job\r\n`),
	],
	'closed-in-chunks': [/closed before the response was complete/, send(`${chunked}5\r\n{"job\r\n`)],
	'nested-2000': [/levels deep/, send(answer('200 OK', nested(2_000)))],
	'nested-100000': [/levels deep/, send(answer('200 OK', nested(100_000)))],
	'nested-in-a-field': [
		/levels deep/,
		send(answer('200 OK', `{"job_id":"nested-in-a-field","results":${nested(100_000)}}`)),
	],
	'nested-in-an-error': [/HTTP 500/, send(answer('500 Oops', `{"message":${nested(100_000)}}`))],
	'a-million-entries': [
		/1,000,000 values/,
		send(answer('200 OK', `{"results":[${'{},'.repeat(1_000_000)}{}]}`)),
	],
	'another-job': [/a different crawl/, send(answer('200 OK', job('someone-elses')))],
	'job-of-a-list': [/not a Geonode crawl job/, send(answer('200 OK', `[${job('job-of-a-list')}]`))],
	'redirect-to-the-end': [
		/redirected the request to http:\/\/127\.0\.0\.1:1 \(HTTP 302\)/,
		send(
			answer('302 Found', '', {
				Location: `http://me:${KEY}@127.0.0.1:1/v1/crawl/redirect-to-the-end?key=${KEY}#x`,
			}),
		),
	],
	'redirect-elsewhere': [
		/redirected the request to https:\/\/login\.test \(HTTP 307\)/,
		send(answer('307 Moved', '', { Location: `https://login.test/sso/${KEY}` })),
	],
	'redirect-to-a-script': [
		/returned no result \(HTTP 301\)/,
		send(answer('301 Moved', '', { Location: 'javascript:alert(1)' })),
	],
	'unauthorized-forever': [
		/rejected the credential \(HTTP 401\)/,
		(socket) => {
			socket.write('HTTP/1.1 401 No\r\nContent-Length: 5000\r\n\r\n');
			repeat(socket, ' ', 500);
		},
	],
	'stringed-location': [
		/HTTP 422/,
		send(
			answer(
				'422 Unprocessable',
				JSON.stringify({ detail: [{ loc: ['body', { toString: 1 }], msg: `no ${KEY}` }] }),
			),
		),
	],
};

/** Odd, but good enough to be read. */
const HARMLESS: Record<string, Behaviour> = {
	'byte-order-mark': send(answer('200 OK', `\ufeff${job('byte-order-mark')}`)),
	'html-type': send(answer('200 OK', job('html-type'), { 'Content-Type': 'text/html' })),
	'no-type': send(`HTTP/1.0 200 OK\r\n\r\n${job('no-type')}`),
	gzip: send(answer('200 OK', gzipSync(job('gzip')), { 'Content-Encoding': 'gzip' })),
	'duplicate-keys': send(answer('200 OK', `{"status":"failed",${job('duplicate-keys').slice(1)}`)),
	'early-hints': (socket) =>
		void socket.end(
			`HTTP/1.1 103 Early Hints\r\n\r\n${answer('200 OK', job('early-hints')).toString()}`,
		),
	'proto-keys': send(
		answer(
			'200 OK',
			`{"__proto__":{"status":"failed"},"\\u005f_proto__":{"a":1},${job('proto-keys').slice(1)}`,
		),
	),
	'entries-130000': send(
		answer(
			'200 OK',
			job('entries-130000', { results: Array.from({ length: 130_000 }, () => ({})) }),
		),
	),
	'long-word': send(
		answer('200 OK', job('long-word', { links: 'https://x.test/'.repeat(200_000) })),
	),
};

const BEHAVIOURS: Record<string, Behaviour> = {
	...WITHOUT_END,
	...HARMLESS,
	...Object.fromEntries(Object.entries(HOSTILE).map(([name, [, behaviour]]) => [name, behaviour])),
};
const outputs = new Map<string, INodeExecutionData & { output: number }>();

beforeAll(async () => {
	const server = await startRawServer((socket, head) => {
		const name = /^GET \/v1\/crawl\/([\w-]+)/.exec(head)?.[1] ?? '';
		BEHAVIOURS[name]?.(socket, head);
	});
	const waitFor = async (jobId: string) => {
		const { outputs: branches } = await runNode({
			type: 'waitUntilCrawlDone',
			items: [{ jobId }],
			credentials: { geonodeScraperApi: { apiKey: KEY, baseUrl: server.baseUrl } },
			parameters: {
				provider: 'geonode',
				options: { maxWaitMinutes: 0.001, responsiveness: 'fixed', intervalSeconds: 60 },
			},
			settings: { onError: 'continueRegularOutput' },
		});
		branches.forEach((items, output) => {
			for (const item of items) outputs.set(jobId, { ...item, output });
		});
	};
	try {
		const patient = Promise.all(Object.keys(WITHOUT_END).map(waitFor));
		for (const name of [...Object.keys(HOSTILE), ...Object.keys(HARMLESS)]) await waitFor(name);
		await patient;
	} finally {
		await server.close();
	}
}, 60_000);

const errorOf = (name: string) => JSON.stringify(outputs.get(name)?.json.error);

describe('a status check of a hostile server', () => {
	it.each(Object.entries(HOSTILE).map(([name, [said]]) => [name, said] as const))(
		'ends as an error that says what is wrong: %s',
		(name, said) => {
			expect(errorOf(name)).toMatch(said);
		},
	);

	it.each(Object.keys(WITHOUT_END))('ends when its time is up: %s', (name) => {
		expect(errorOf(name)).toMatch(/not complete within|did not respond in time/);
	});

	it.each(Object.keys(HARMLESS))('is read all the same: %s', (name) => {
		expect(outputs.get(name)).toMatchObject({ output: 0, json: { status: 'succeeded' } });
	});

	it('gives no outcome for any that cannot be read', () => {
		const names = Object.keys({ ...HOSTILE, ...WITHOUT_END });
		const outcomes = names.filter((name) => outputs.get(name)?.json.wait);
		expect(outcomes).toEqual([]);
	});

	it('shows the key nowhere', () => {
		expect(JSON.stringify([...outputs.values()])).not.toContain(KEY);
	});

	it('shows no errors of the machine', () => {
		expect(JSON.stringify([...outputs.values()])).not.toMatch(/call stack|primitive|TypeError/);
	});

	it('takes over no prototype', () => {
		expect(JSON.stringify(outputs.get('proto-keys'))).not.toContain('proto__');
	});
});
