import { Readable } from 'node:stream';

import { createSession } from '../../../nodes/MidPilotScraper/api';
import { providers } from '../../../nodes/providers';
import { checkStatus } from '../../../nodes/shared/checkStatus';
import { AdvisedError } from '../../../nodes/shared/errors';
import { readAnswer } from '../../../nodes/shared/http/answer';
import type { ApiConventions } from '../../../nodes/shared/http/api';
import { networkFault } from '../../../nodes/shared/http/networkFault';
import { redactor } from '../../../nodes/shared/http/redact';
import { explainTestError, testConventions } from '../../../nodes/shared/node/credentialTest';
import type { CrawlProvider, SendRequest } from '../../../nodes/shared/provider';
import { packageCredentials } from '../engine/packageTypes';

/** An error as a person sees it, and what has led to it. */
export interface AnsweredError {
	/** Such as "404, a web page". */
	cause: string;
	message: string;
	advice: string;
}

interface Answer {
	cause: string;
	httpStatus: number;
	/** JSON or another text. */
	body: unknown;
	headers?: Record<string, string>;
}

const BASE_URL = 'https://api.example.com';

/** Stands for the server's own message, in the forms of all providers. */
const WORDS = 'what the server says';
const OWN_ERROR = { message: WORDS, detail: WORDS, error: WORDS };
const PAGE = '<!doctype html><title>Log in</title>';

const STATUSES = [
	400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 413, 415, 422, 423, 425, 429, 451, 500, 501,
	502, 503, 504,
];

/** Answers to a status check that no provider explains, or that do not come from it. */
const FOREIGN_ANSWERS: readonly Answer[] = [
	{ cause: '200, a login page', httpStatus: 200, body: PAGE },
	{ cause: '200, plain text', httpStatus: 200, body: 'OK' },
	{ cause: '200, JSON that breaks off', httpStatus: 200, body: '{"status' },
	{ cause: '200, JSON that is too deep', httpStatus: 200, body: '['.repeat(200) + ']'.repeat(200) },
	{ cause: '200, nothing', httpStatus: 200, body: '' },
	{ cause: '200, an empty list', httpStatus: 200, body: [] },
	{
		cause: '200, a refusal',
		httpStatus: 200,
		body: { success: false, message: WORDS },
	},
	{
		cause: '301, another host',
		httpStatus: 301,
		body: '',
		headers: { location: 'https://new.example.com{path}' },
	},
	{
		cause: '302, a login page',
		httpStatus: 302,
		body: '',
		headers: { location: 'https://login.example.com/sign-in' },
	},
	{ cause: '304, nothing', httpStatus: 304, body: '' },
	{
		cause: '400, plain HTTP at an https port',
		httpStatus: 400,
		body: 'The plain HTTP request was sent to HTTPS port',
	},
	{ cause: '401, a web page', httpStatus: 401, body: PAGE },
	{ cause: '403, a web page', httpStatus: 403, body: PAGE },
	{ cause: '404, a web page', httpStatus: 404, body: PAGE },
	{ cause: '404, plain text', httpStatus: 404, body: '404 page not found' },
	{ cause: '404, JSON of something else', httpStatus: 404, body: { oops: true } },
	{ cause: '502, a web page', httpStatus: 502, body: PAGE },
];

/** What some providers say in words of their own, or to one kind of request. */
const OWN_ANSWERS: ReadonlyArray<Answer & { provider: string; ask?: Ask }> = [
	...[
		[401, "Token's user type mismatch!"],
		[401, 'This authClass type is not allowed to access this scope.'],
		[401, 'The token is not authorized for this scope.'],
		[400, 'The version header is invalid.'],
		[404, 'This route is not yet supported by the IAM Service.'],
	].map(([httpStatus, message]) => ({
		provider: 'highLevel',
		cause: `${httpStatus}, "${message}"`,
		httpStatus: Number(httpStatus),
		body: { message },
	})),
	{
		provider: 'convocore',
		cause: '403, "Upgrade your plan."',
		httpStatus: 403,
		body: { message: 'Upgrade your plan.' },
	},
	{
		provider: 'geonode',
		cause: '409, to Cancel',
		httpStatus: 409,
		body: OWN_ERROR,
		ask: async (send, provider) => {
			const request = provider.cancelRequest?.(REFERENCE);
			if (request !== undefined) await send(request);
		},
	},
	{
		provider: 'midPilot',
		cause: '409, to Create Session',
		httpStatus: 409,
		body: OWN_ERROR,
		ask: async (send) => await createSession(send, REFERENCE.sessionId),
	},
];

/** Codes of a connection that fails, and what else is known of the failure. */
const CONNECTION_FAILURES: ReadonlyArray<{ code: string; url?: string; more?: object }> = [
	{ code: 'ENOTFOUND' },
	{ code: 'EAI_AGAIN' },
	{ code: 'ECONNREFUSED' },
	{ code: 'EHOSTUNREACH' },
	{ code: 'ENETUNREACH' },
	{ code: 'ECONNRESET' },
	{ code: 'ECONNRESET', url: 'http://api.example.com' },
	{ code: 'ETIMEDOUT' },
	{ code: 'ERR_CANCELED' },
	{ code: 'HPE_INVALID_CONSTANT' },
	{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
	{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
	{ code: 'CERT_HAS_EXPIRED' },
	{ code: 'CERT_REVOKED' },
	{ code: 'EPROTO', more: { message: 'wrong version number' } },
	{ code: 'HPE_INVALID_CONSTANT', more: { rawPacket: Uint8Array.of(0x15) } },
	{ code: 'ERR_INVALID_CHAR', more: { message: 'Invalid character in header content' } },
];

/** Ids of all providers. */
const REFERENCE = {
	locationId: 'location',
	workspaceId: 'workspace',
	projectId: 'project',
	knowledgeBaseId: 'base',
	sessionId: 'session',
	operationId: 'crawl',
	jobId: 'crawl',
};

/** Asks a provider for something. */
type Ask = (send: SendRequest, provider: CrawlProvider) => Promise<unknown>;

const askForStatus: Ask = async (send, provider) =>
	await checkStatus({ provider, reference: REFERENCE, readStatus: provider.readStatus }, send);

/** The errors of answers that every provider explains alike, with {provider} for its name. */
export async function commonAnswerErrors(): Promise<AnsweredError[]> {
	return alikeAt(await errorsByCause());
}

/** The errors of answers that a provider explains in its own way. */
export async function ownAnswerErrors({
	id,
	displayName,
}: Pick<CrawlProvider, 'id' | 'displayName'>): Promise<AnsweredError[]> {
	const byCause = await errorsByCause();
	const common = new Set(alikeAt(byCause).map(({ cause }) => cause));
	return byCause
		.filter(({ provider, cause }) => provider === id && !common.has(cause))
		.map(({ cause, message, advice }) => ({
			cause,
			message: message.replaceAll('{provider}', displayName),
			advice: advice.replaceAll('{provider}', displayName),
		}));
}

type ErrorOfProvider = AnsweredError & { provider: string };

function alikeAt(errors: readonly ErrorOfProvider[]): AnsweredError[] {
	const causes = [...new Set(errors.map(({ cause }) => cause))];
	return causes.flatMap((cause) => {
		const ofAll = errors.filter((error) => error.cause === cause);
		const texts = new Set(ofAll.map(({ message, advice }) => `${message}\n${advice}`));
		const isCommon = ofAll.length === providers.length && texts.size === 1;
		return isCommon ? (ofAll[0] ?? []) : [];
	});
}

async function errorsByCause(): Promise<ErrorOfProvider[]> {
	const answers: Answer[] = [
		...FOREIGN_ANSWERS,
		...STATUSES.map((httpStatus) => ({ cause: String(httpStatus), httpStatus, body: OWN_ERROR })),
	];
	const cases = providers.flatMap((provider) => [
		...answers.map((answer) => ({ provider, answer, ask: askForStatus })),
		...OWN_ANSWERS.filter((answer) => answer.provider === provider.id).map((answer) => ({
			provider,
			answer,
			ask: answer.ask ?? askForStatus,
		})),
	]);
	const errors = await Promise.all(
		cases.map(async ({ provider, answer, ask }) => {
			const error = await errorOf(ask(sender(provider, answer), provider));
			if (error === null) return [];
			const { displayName } = provider;
			return {
				provider: provider.id,
				cause: answer.cause,
				message: error.message.replaceAll(displayName, '{provider}'),
				advice: error.advice.replaceAll(displayName, '{provider}'),
			};
		}),
	);
	return errors.flat().sort((a, b) => a.cause.localeCompare(b.cause, 'en', { numeric: true }));
}

/** Answers every request alike, and reads that as all answers are read. */
function sender(provider: ApiConventions, { httpStatus, body, headers }: Answer): SendRequest {
	return async (request) => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const location = headers?.location?.replace('{path}', request.path);
		const answer = {
			statusCode: httpStatus,
			headers: location === undefined ? {} : { location },
			body: Readable.from([Buffer.from(text)]),
		};
		return await readAnswer(answer, {
			provider,
			request,
			url: BASE_URL + request.path,
			redactor: redactor([]),
			signal: new AbortController().signal,
		});
	};
}

async function errorOf(work: Promise<unknown>): Promise<AdvisedError | null> {
	try {
		await work;
		return null;
	} catch (error) {
		if (error instanceof AdvisedError) return error;
		throw error;
	}
}

/** The errors of connections that fail. */
export function connectionErrors(): AnsweredError[] {
	return CONNECTION_FAILURES.map(({ code, url = BASE_URL, more }) => {
		const error = Object.assign(new Error('connect'), { code }, more);
		const { message, advice } = networkFault(error, redactor([]), url);
		const details = [url === BASE_URL ? [] : 'without https', describe(more)].flat();
		return { cause: [code, ...details].join(', '), message, advice };
	});
}

function describe(more: object = {}): string[] {
	if ('message' in more) return [`"${String(more.message)}"`];
	return 'rawPacket' in more ? ['a TLS alert'] : [];
}

/** What the test of a credential is answered. */
const TEST_ANSWERS: readonly Answer[] = [
	...[400, 401, 402, 403, 404, 422, 429, 501, 503].map((httpStatus) => ({
		cause: String(httpStatus),
		httpStatus,
		body: OWN_ERROR,
	})),
	{ cause: '404, a web page', httpStatus: 404, body: PAGE },
	{ cause: '200, a web page', httpStatus: 200, body: PAGE },
	{ cause: '200, JSON of something else', httpStatus: 200, body: { oops: true } },
];

/** What the tests of the credentials say. */
export async function credentialTestErrors(): Promise<Array<{ cause: string; message: string }>> {
	const declared = packageCredentials.flatMap(({ displayName, test }) =>
		(test?.rules ?? []).map(({ type, properties }) => {
			const answer = type === 'responseCode' ? String(properties.value) : 'another body';
			return { cause: `${displayName}: ${answer}`, message: properties.message };
		}),
	);
	const answered = providers.flatMap((provider) =>
		TEST_ANSWERS.map(async (answer) => {
			const send = sender(testConventions(provider), answer);
			const message = await provider.credentialTest.run(send, REFERENCE).then(
				() => '',
				(error: unknown) => explainTestError(provider, error),
			);
			return { cause: `${provider.displayName}: ${answer.cause}`, message };
		}),
	);
	const all = [...(await Promise.all(answered)), ...declared];
	return all.filter(
		({ cause, message }, index) =>
			message !== '' &&
			all.findIndex((other) => other.cause === cause && other.message === message) === index,
	);
}
