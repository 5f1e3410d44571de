import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import { generate } from 'selfsigned';

import { networkFault } from '../../nodes/shared/http/networkFault';
import { redactor } from '../../nodes/shared/http/redact';
import { runNode } from '../support/engine/runNode';

const NODE: INode = {
	id: 'node',
	name: 'Node',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const withCode = (code: string, message = 'connect 10.0.0.1:5432') =>
	Object.assign(new Error(message), { code });

/** How the versions of n8n hand on an error of the HTTP client. */
const WRAPPERS: ReadonlyArray<[string, (error: Error) => unknown]> = [
	['bare', (error) => error],
	['as the cause of an error', (error) => new NodeApiError(NODE, error as unknown as JsonObject)],
	[
		'as the code of an error without a cause',
		(error) => {
			const wrapped = new NodeApiError(NODE, error as unknown as JsonObject);
			return Object.assign(wrapped, { cause: undefined });
		},
	],
];

const fault = (error: unknown) => networkFault(error, redactor([]), 'https://x.test/');
describe.each(WRAPPERS)('a failed connection, %s,', (_, wrap) => {
	it.each([
		['ECONNRESET'],
		['ECONNREFUSED'],
		['ECONNABORTED'],
		['ETIMEDOUT'],
		['ENOTFOUND'],
		['EAI_AGAIN'],
		['EHOSTUNREACH'],
		['ENETUNREACH'],
		['EPIPE'],
		['ERR_NETWORK'],
		['HPE_INVALID_CONSTANT'],
	])('passes: %s', (code) => {
		expect(fault(wrap(withCode(code))).kind).toBe('passing');
	});

	it.each([['ECONNABORTED'], ['ETIMEDOUT']])('is a time-out: %s', (code) => {
		expect(fault(wrap(withCode(code))).isTimeout).toBe(true);
	});

	it.each([
		['ECONNREFUSED', false],
		['ENOTFOUND', false],
		['EAI_AGAIN', false],
		['ECONNRESET', true],
		['ETIMEDOUT', true],
	])('after %s may have reached the server: %s', (code, isUncertain) => {
		expect(fault(wrap(withCode(code))).isUncertain).toBe(isUncertain);
	});

	it.each([
		['ECONNREFUSED', 'The server refused the connection', true],
		['ENOTFOUND', "The host name in the 'Base URL' does not exist", true],
		['EHOSTUNREACH', 'The host cannot be reached', true],
		['ENETUNREACH', 'The network cannot be reached', true],
		['ECONNRESET', 'The connection was closed before the response was complete', false],
		['EPIPE', 'The connection was closed before the response was complete', false],
		['ETIMEDOUT', 'The server did not respond in time', false],
		['ERR_NETWORK', 'The connection to the server failed (ERR_NETWORK)', false],
		['HPE_INVALID_CONSTANT', 'The connection to the server failed (HPE_INVALID_CONSTANT)', false],
	])('says what happened, and where to look: %s', (code, message, isUnreached) => {
		expect(fault(wrap(withCode(code)))).toMatchObject({
			message,
			isUnreached,
			advice: expect.stringContaining("'Base URL'") as string,
		});
	});

	it.each([
		['http://x.test/', 'ECONNRESET', true],
		['https://x.test/', 'ECONNRESET', false],
		['http://x.test/', 'ECONNREFUSED', false],
	])('to %s: %s may need https: %s', (url, code, mayNeedHttps) => {
		const { advice } = networkFault(wrap(withCode(code)), redactor([]), url);
		expect(advice.includes('with https://')).toBe(mayNeedHttps);
	});

	it('names no address of the network', () => {
		const { message, advice } = fault(wrap(withCode('ECONNREFUSED')));
		expect(message + advice).not.toContain('10.0.0.1');
	});
});

describe.each(WRAPPERS)('a certificate that is not accepted, %s,', (_, wrap) => {
	it.each([
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'does not trust'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'does not trust'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'does not trust'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'does not trust'],
		['CERT_HAS_EXPIRED', 'not valid at this time'],
		['CERT_NOT_YET_VALID', 'not valid at this time'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'another host name'],
		['HOSTNAME_MISMATCH', 'another host name'],
		['CERT_REVOKED', 'cannot be accepted'],
	])('is permanent, and said for what it is: %s', (code, said) => {
		expect(fault(wrap(withCode(code)))).toMatchObject({
			kind: 'permanent',
			message: expect.stringContaining(said) as string,
		});
	});
});

describe.each(WRAPPERS)(
	'a fault of the database that n8n reads the credential from, %s,',
	(_, wrap) => {
		it.each([
			['SQLITE_BUSY', 'SQLITE_BUSY: database is locked'],
			['57P01', 'terminating connection due to administrator command'],
			['08006', 'connection failure'],
			['53300', 'sorry, too many clients already'],
			[undefined, 'Connection terminated unexpectedly'],
			[undefined, 'timeout exceeded when trying to connect'],
			[undefined, 'Timeout waiting for lock SqliteWriteConnectionMutex to become available'],
		])('passes, and nothing was sent: %s, %s', (code, message) => {
			expect(fault(wrap(Object.assign(new Error(message), code && { code })))).toMatchObject({
				kind: 'passing',
				isUncertain: false,
				message: 'n8n could not read the credential from its database',
			});
		});
	},
);

it('a failure of the HTTP client without a code passes', () => {
	const failure = Object.assign(new Error('socket'), { isAxiosError: true });
	expect(fault(new Error('outer', { cause: failure }))).toMatchObject({
		kind: 'passing',
		message: 'The connection to the server failed',
	});
});

describe('n8n itself', () => {
	it.each([
		['ERR_INVALID_CHAR', 'Invalid character in header content ["key"]'],
		['ERR_INVALID_HTTP_TOKEN', 'Header name must be a valid HTTP token'],
		['ERR_INVALID_URL', 'Invalid URL'],
		['none', 'OAuth credentials not connected'],
	])('that cannot send a request is no fault that passes: %s', (code, message) => {
		expect(fault(withCode(code, message))).toMatchObject({
			kind: 'permanent',
			advice: expect.stringContaining(message) as string,
		});
	});
});

describe('a server that speaks no TLS, or TLS alone,', () => {
	it.each([
		['EPROTO', 'write EPROTO 80:error:ssl3_get_record:wrong version number', 'does not use https'],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'wrong', 'does not use https'],
		['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'too long', 'does not use https'],
		['ERR_SSL_TLSV1_ALERT', 'unknown protocol', 'does not use https'],
	])('is named: %s, %s', (code, message, said) => {
		expect(fault(withCode(code, message))).toMatchObject({
			kind: 'permanent',
			message: expect.stringContaining(said) as string,
			advice: expect.stringMatching(/./) as string,
		});
	});

	it.each([
		['EPROTO', 'another error'],
		['ECONNRESET', 'wrong version number'],
	])('is not seen in %s, %s', (code, message) => {
		expect(fault(withCode(code, message)).kind).toBe('passing');
	});

	it.each<[string, unknown, string]>([
		['an alert', Buffer.from([0x15, 3, 1]), 'permanent'],
		['something else', Buffer.from([0x16, 3, 1]), 'passing'],
		['nothing', undefined, 'passing'],
	])('is recognized by its first byte: %s', (_, rawPacket, kind) => {
		const error = Object.assign(withCode('HPE_INVALID_CONSTANT'), { rawPacket });
		expect(fault(new Error('outer', { cause: error })).kind).toBe(kind);
	});
});

describe('TLS', () => {
	const servers: Server[] = [];
	afterAll(() => servers.forEach((server) => server.close()));

	const listen = async (server: Server) => {
		servers.push(server);
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return `127.0.0.1:${(server.address() as AddressInfo).port}`;
	};
	const tlsServer = async () => {
		const { private: key, cert } = await generate(undefined, { keyType: 'ec' });
		return createTlsServer({ key, cert });
	};
	const statusFrom = async (baseUrl: string) =>
		await runNode({
			type: 'waitUntilCrawlDone',
			items: [{ jobId: 'j' }],
			credentials: { geonodeScraperApi: { apiKey: 'key', baseUrl } },
			parameters: { provider: 'geonode' },
		});

	it('of a self-signed certificate ends a wait at once', async () => {
		const { error } = await statusFrom(`https://${await listen(await tlsServer())}`);
		expect(error?.message).toContain('does not trust the certificate');
	});

	it('towards a server of plain HTTP ends a wait at once', async () => {
		const { error } = await statusFrom(`https://${await listen(createHttpServer())}`);
		expect(error?.message).toContain('The server does not use https');
	});

	it('of a server that is spoken to in plain HTTP is what the error suggests', async () => {
		const baseUrl = `http://${await listen(await tlsServer())}`;
		const { error } = await runNode({
			type: 'geonodeCrawler',
			parameters: { resource: 'crawl', operation: 'cancel', jobId: 'j' },
			credentials: { geonodeScraperApi: { apiKey: 'key', baseUrl } },
		});
		expect(error?.description).toContain("start the 'Base URL' with https://");
	});
});
