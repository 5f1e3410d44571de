import { Readable } from 'node:stream';

import { RequestFault } from '../../nodes/shared/errors';
import { readAnswer } from '../../nodes/shared/http/answer';
import type { ApiAnswer, ApiConventions, ApiRequest } from '../../nodes/shared/http/api';
import { ERROR_MAX_BYTES } from '../../nodes/shared/http/limits';
import { REDACTED, redactor } from '../../nodes/shared/http/redact';

const KEY = 'k3y-of-the-account-0815';
const MIXED_KEY = 'gn7C1F5aZq90e2b8';
const PAGE = '<html><title>Welcome</title></html>';

/** A provider whose errors are `{ message, advice, isPassing }`. */
const provider: ApiConventions = {
	displayName: 'Example',
	credentialType: () => 'exampleApi',
	readCredential: () => ({ baseUrl: '', secrets: [], defaults: {} }),
	explainError: (_httpStatus, body) => ({ ...(body as object | null) }),
	rateLimitMs: (headers) => (headers['x-wait'] === undefined ? null : Number(headers['x-wait'])),
};

interface Given {
	body?: string;
	headers?: Record<string, string>;
	request?: Partial<ApiRequest>;
}

async function read(
	statusCode: number,
	{ body = '', headers = {}, request = {} }: Given = {},
): Promise<ApiAnswer> {
	return await readAnswer(
		{ statusCode, headers, body: Readable.from([Buffer.from(body)]) },
		{
			provider,
			request: { method: 'GET', path: '/crawls/1', ...request },
			url: 'https://api.example.com/base/crawls/1',
			redactor: redactor([KEY, MIXED_KEY]),
			signal: new AbortController().signal,
		},
	);
}

async function faultOf(statusCode: number, given?: Given): Promise<RequestFault> {
	const answer = await read(statusCode, given).catch((error: unknown) => error);
	if (answer instanceof RequestFault) return answer;
	throw new Error('There was no fault');
}

const own = (fields: object = {}) => ({ body: JSON.stringify({ message: 'Sorry', ...fields }) });

describe('an answer of success', () => {
	it.each([200, 201, 202, 299])('%i is its JSON', async (status) => {
		expect(await read(status, { body: '{"a":[1]}' })).toEqual({ body: { a: [1] }, pauseMs: null });
	});

	it('can be empty', async () => {
		expect(await read(204)).toEqual({ body: null, pauseMs: null });
	});

	it.each<[string, Record<string, string>, number]>([
		['by the header of all', { 'retry-after': '2' }, 2_000],
		['by a header of the provider’s own', { 'x-wait': '700' }, 700],
		['first by the header of all', { 'retry-after': '2', 'x-wait': '700' }, 2_000],
	])('can ask for a pause, %s', async (_, headers, pauseMs) => {
		expect(await read(200, { body: '{}', headers })).toMatchObject({ pauseMs });
	});

	it('may weigh as much as its request says', async () => {
		const body = JSON.stringify('x'.repeat(98));
		await expect(read(200, { body, request: { maxBytes: 100 } })).resolves.toBeDefined();
		await expect(read(200, { body, request: { maxBytes: 99 } })).rejects.toThrow('larger than');
	});

	it('is a fault that may pass when it is no JSON', async () => {
		expect(await faultOf(200, { body: PAGE, headers: { 'retry-after': '3' } })).toMatchObject({
			kind: 'passing',
			message: 'Example returned a web page instead of JSON',
			httpStatus: 200,
			pauseMs: 3_000,
			isUncertain: true,
			isForeign: true,
		});
	});

	it('keeps no secret', async () => {
		const { body } = await read(200, { body: JSON.stringify({ seen: `key ${KEY}` }) });
		expect(body).toEqual({ seen: `key ${REDACTED}` });
	});

	it.each([
		['as it is', '__proto__'],
		['with an underscore as an escape', '\\u005f_proto__'],
		['with an underscore as an escape in capitals', '_\\u005Fproto__'],
		['with p as an escape', '__\\u0070roto__'],
		['with r as an escape', '__p\\u0072oto__'],
		['with o as an escape', '__pr\\u006fto__'],
		['with o as an escape in capitals', '__pr\\u006Fto__'],
		['with t as an escape', '__pro\\u0074o__'],
	])('keeps no property that is a prototype to others, %s', async (_, name) => {
		const inner = `{"${name}":{"a":1},"b":null,"c":"d"}`;
		const { body } = await read(200, { body: `{"list":[${inner},2],"${name}":[]}` });
		expect(JSON.stringify(body)).toBe('{"list":[{"b":null,"c":"d"},2]}');
	});
});

describe('an error', () => {
	it.each<[number, string]>([
		[400, 'permanent'],
		[401, 'permanent'],
		[404, 'missing'],
		[408, 'passing'],
		[410, 'missing'],
		[425, 'passing'],
		[429, 'passing'],
		[499, 'permanent'],
		[500, 'passing'],
		[599, 'passing'],
	])('%i in the provider’s words is %s', async (status, kind) => {
		expect(await faultOf(status, own())).toMatchObject({ kind, httpStatus: status });
	});

	it('says what happened, what to do, and what the provider says', async () => {
		const { message, advice } = await faultOf(429, own());
		expect(message).toMatch(/^Example .+ \(HTTP 429\)$/);
		expect(advice).toMatch(/^.+ Example says: Sorry$/);
	});

	it('says nothing for a provider that says nothing', async () => {
		expect((await faultOf(429)).advice).not.toContain('says');
	});

	const usual = [400, 401, 402, 403, 405, 407, 408, 409, 413, 415, 422, 423, 425, 429, 451, 501];

	it.each(usual.filter((status) => status !== 400))('%i has a meaning', async (status) => {
		const withoutStatus = ({ message }: RequestFault) => message.replace(/\d+/, '');
		const unknown = await faultOf(status < 500 ? 499 : 599, own());
		expect(withoutStatus(await faultOf(status, own()))).not.toBe(withoutStatus(unknown));
	});

	it.each(usual.filter((status) => ![400, 422].includes(status)))(
		'%i has advice',
		async (status) => {
			const unknown = await faultOf(status < 500 ? 499 : 599, own());
			expect((await faultOf(status, own())).advice).not.toBe(unknown.advice);
		},
	);

	it.each<[number, RegExp]>([
		[418, /rejected the request.*fields/s],
		[500, /not working.*later/s],
		[599, /not working.*later/s],
	])('%i means what its class means', async (status, says) => {
		const { message, advice } = await faultOf(status, own());
		expect(`${message} ${advice}`).toMatch(says);
	});

	const meanings = { 409: { message: 'has it already', advice: 'Take that.' } };

	it('means first what its request says', async () => {
		const fault = await faultOf(409, { ...own({ advice: 'Wait.' }), request: { meanings } });
		expect(fault.message).toBe('Example has it already (HTTP 409)');
		expect(fault.advice).toBe('Take that. Example says: Sorry');
	});

	it('means next what the provider says', async () => {
		const fault = await faultOf(409, own({ advice: 'Wait.' }));
		expect(fault.advice).toBe('Wait. Example says: Sorry');
	});

	it('may pass where the provider says so', async () => {
		expect(await faultOf(400, own({ isPassing: true }))).toMatchObject({ kind: 'passing' });
	});

	it('can ask for a pause', async () => {
		const headers = { 'retry-after': '4' };
		expect(await faultOf(503, { ...own(), headers })).toMatchObject({ pauseMs: 4_000 });
	});

	it.each<[number, boolean]>([
		[400, false],
		[429, false],
		[500, true],
		[501, false],
		[502, true],
		[504, true],
		[505, false],
	])('%i: whether the request may have been carried out is %p', async (status, isUncertain) => {
		expect(await faultOf(status, own())).toMatchObject({ isUncertain });
	});

	it('is read up to a limit, and without its words beyond that', async () => {
		const fault = await faultOf(401, own({ more: 'x'.repeat(ERROR_MAX_BYTES) }));
		expect(fault).toMatchObject({ kind: 'permanent', httpStatus: 401 });
		expect(fault.advice).not.toContain('says');
	});
});

describe('an error that is not the provider’s own', () => {
	it.each([404, 410])('%i may pass, and may be that of another address', async (status) => {
		for (const body of [PAGE, '', '{}', 'gone']) {
			const fault = await faultOf(status, { body });
			expect(fault).toMatchObject({ kind: 'passing', isForeign: true });
			expect(fault.advice).toContain('does not come from the provider');
		}
	});

	it('says what came instead', async () => {
		expect((await faultOf(404, { body: PAGE })).message).toContain('a web page');
		expect((await faultOf(404, { body: '{}' })).message).toContain('not its own');
	});

	it('403 may pass as a web page, which a wall shows, but not the key’s address', async () => {
		const fault = await faultOf(403, { body: PAGE });
		expect(fault).toMatchObject({ kind: 'passing', isForeign: false });
		expect(fault.message).toContain('a web page');
		expect(fault.advice).toContain('the key is not the reason');
	});

	it.each([['no'], ['{}'], ['']])('403 does not pass as %j', async (body) => {
		expect(await faultOf(403, { body })).toMatchObject({ kind: 'permanent' });
	});

	it.each([
		['<center>The plain HTTP request was sent to HTTPS port</center>'],
		['The plain HTTP request was sent to an HTTPS port'],
		['The plain HTTP request was sent to TLS port'],
		['Client sent an HTTP request to an HTTPS server.'],
	])('400 of a server that speaks TLS says so: %s', async (body) => {
		const fault = await faultOf(400, { body });
		expect(fault).toMatchObject({
			kind: 'permanent',
			message: 'Example only accepts https (HTTP 400)',
		});
		expect(fault.advice).toContain('https://');
	});

	it.each([['Bad Request'], ['{"error":"HTTP request to an HTTPS server"}']])(
		'400 is the request’s fault otherwise: %s',
		async (body) => {
			expect((await faultOf(400, { body })).message).toBe(
				'Example rejected the request (HTTP 400)',
			);
		},
	);

	it('changes nothing at other statuses', async () => {
		expect(await faultOf(401, { body: PAGE })).toMatchObject({
			kind: 'permanent',
			isForeign: false,
		});
	});
});

describe('an answer that is neither', () => {
	const redirect = async (location: string) => await faultOf(301, { headers: { location } });

	it.each([300, 304, 399, 101])('%i may pass', async (status) => {
		const fault = await faultOf(status);
		expect(fault).toMatchObject({ kind: 'passing', httpStatus: status });
		expect(fault.message).toBe(`Example returned no result (HTTP ${status})`);
	});

	it.each([
		['https://new.example.com/base/crawls/1', 'https://new.example.com/base'],
		['https://new.example.com/base/crawls/1/', 'https://new.example.com/base'],
		['https://new.example.com//crawls/1', 'https://new.example.com'],
		['https://user:pass@new.example.com/crawls/1?a=b#c', 'https://new.example.com'],
		['/v9/crawls/1', 'https://api.example.com/v9'],
	])('names the Base URL that a redirect to %s stands for', async (location, baseUrl) => {
		const fault = await redirect(location);
		expect(fault).toMatchObject({ kind: 'passing', httpStatus: 301 });
		expect(fault.message).toBe(`Example redirected the request to ${baseUrl} (HTTP 301)`);
		expect(fault.advice).toContain(`enter ${baseUrl} as`);
	});

	it.each([['https://login.example.com/sign-in?to=%2Fcrawls%2F1'], ['https://login.example.com']])(
		'names only the server of another path: %s',
		async (location) => {
			const { message, advice } = await redirect(location);
			expect(message).toBe(
				'Example redirected the request to https://login.example.com (HTTP 301)',
			);
			expect(advice).toContain('login page');
		},
	);

	it.each([[''], ['mailto:a@example.com'], ['https://'], ['javascript:alert(1)']])(
		'points nowhere: %j',
		async (location) => {
			expect((await redirect(location)).message).toBe('Example returned no result (HTTP 301)');
		},
	);

	it.each([
		['as it is', (key: string) => key],
		['in lower case', (key: string) => key.toLowerCase()],
		['with a tab in it', (key: string) => `${key.slice(0, 5)}\t${key.slice(5)}`],
		['in full-width letters', (key: string) => key.replace('F', '%EF%BC%A6')],
	])('shows no key that is the name of a host, %s', async (_, spell) => {
		const { message } = await redirect(`https://${spell(MIXED_KEY)}.example.com/crawls/1`);
		expect(message.toLowerCase()).not.toContain(MIXED_KEY.toLowerCase());
	});

	it('shows no key, and no more than 200 characters of an address', async () => {
		const { message } = await redirect(`https://${'a.'.repeat(100)}example.com/${KEY}/crawls/1`);
		expect(message).not.toContain(KEY);
		expect(message.length).toBeLessThan(260);
	});
});
