import { runInNewContext } from 'node:vm';

import {
	baseUrlExpression,
	readBaseUrl,
	readHeaderName,
	readHeaderValue,
	readKey,
} from '../../nodes/shared/credentialInput';
import { providers } from '../../nodes/providers';

const LABEL = 'Some Key';

describe('a key', () => {
	it.each([
		['abc.DEF-1'],
		[' abc.DEF-1\n'],
		['"abc.DEF-1"'],
		['Bearer abc.DEF-1'],
		['bearer  "abc.DEF-1"'],
		['Authorization: Bearer abc.DEF-1'],
		['X-Api-Key: abc.DEF-1'],
		['\u200babc.DEF-1\ufeff'],
		['"Authorization: \'Bearer abc.DEF-1\'"'],
		['Bearer Bearer abc.DEF-1'],
	])('is read out of %j', (value) => {
		expect(readKey(value, LABEL)).toBe('abc.DEF-1');
	});

	it.each([['a b'], ['a\r\nX-Injected: 1'], ['a\u0000'], ['schlüssel'], ['a\tb']])(
		'is not %j',
		(value) => {
			expect(() => readKey(value, LABEL)).toThrow(`'${LABEL}' contains`);
		},
	);

	it.each([[''], [' '], [undefined], ['""'], ['Bearer'], ['Authorization: Bearer ']])(
		'is missing in %j',
		(value) => {
			expect(() => readKey(value, LABEL)).toThrow(`'${LABEL}' is missing`);
		},
	);
});

describe('a header of the user', () => {
	it.each([
		['X-API-Key', 'X-API-Key'],
		[' X-API-Key: ', 'X-API-Key'],
		['"X-API-Key:" :', 'X-API-Key'],
		["'':", ''],
		['', ''],
	])('may have the name %j', (value, name) => {
		expect(readHeaderName(value, LABEL)).toBe(name);
	});

	it.each([['X API'], ['X\r\nY'], ['a:b']])('cannot have the name %j', (value) => {
		expect(() => readHeaderName(value, LABEL)).toThrow(`'${LABEL}' is not the name of a header`);
	});

	it.each([['Bearer abc'], [' Bearer abc\n'], ['"Bearer abc"']])('may hold %j', (value) => {
		expect(readHeaderValue(value, LABEL)).toBe('Bearer abc');
	});

	it.each([['a\r\nX: 1'], ['ä']])('cannot hold %j', (value) => {
		expect(() => readHeaderValue(value, LABEL)).toThrow(`'${LABEL}' contains`);
	});
});

const KEYS = {
	token: 'k',
	workspaceSecret: 'k',
	apiKey: 'k',
	developerKey: 'k',
	region: 'custom',
};

describe.each(providers)('the base URL of $id', (provider) => {
	const version = provider.id === 'convocore' ? '/v3' : '';
	const baseUrl = `https://proxy.example.com/crawl${version}`;

	it.each([[''], ['/'], ['?'], ['#'], ['/?'], [' \n'], ['"'], ['>"'], ['\u200b/”']])(
		'may end in %j',
		(end) => {
			expect(provider.readCredential({ ...KEYS, baseUrl: `${baseUrl}${end}` }).baseUrl).toBe(
				baseUrl,
			);
		},
	);
});

it.each([
	['https://api.example.com/v1'],
	['https://api.example.com/v1/'],
	['https://api.example.com/v3?'],
	['https://api.example.com/api/v1'],
	['https://api.example.com/API/V1/#'],
])('leaves out the version that paths begin with: %s', (baseUrl) => {
	expect(readBaseUrl(baseUrl, 'inPaths')).toBe('https://api.example.com');
});

it.each([
	['http://api/v1', 'http://api'],
	['http://api', 'http://api'],
	['http://v1', 'http://v1'],
	['https://v3/v1/', 'https://v3'],
	['https://a//v1', 'https://a'],
])('keeps a host that is called like a part of a path: %s', (given, baseUrl) => {
	expect(readBaseUrl(given, 'inPaths')).toBe(baseUrl);
});

it('is missing where only quotes are left of it', () => {
	expect(readBaseUrl('<>"', 'inPaths')).toBe('');
});

it.each([
	['  "https://api.example.com/v1/"'],
	['<https://api.example.com>'],
	['„https://api.\u200bexample.com“ '],
	['<>"'],
	['http://api/v1'],
	['https://v3//v1/'],
])('is the same where n8n reads it for itself: %j', (baseUrl) => {
	const byN8n: unknown = runInNewContext(baseUrlExpression('inPaths'), {
		$credentials: { baseUrl },
	});
	expect(byN8n).toBe(readBaseUrl(baseUrl, 'inPaths'));
});
