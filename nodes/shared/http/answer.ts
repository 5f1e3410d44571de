import { faultKindOfStatus } from './faultKind';
import { RequestFault } from '../errors';
import type { ApiAnswer, CrawlProvider } from '../provider';
import { publicText } from '../sanitize';
import { redactSecrets } from './redact';
import { retryAfterMs, type ResponseHeaders } from './retryAfter';

/** An HTTP answer before anything is known about it. */
export interface HttpAnswer {
	statusCode: number;
	headers: ResponseHeaders;
	body: unknown;
}

/**
 * The JSON body of an HTTP answer, without the given secrets, and the pause that the server asks for.
 * @throws {RequestFault} for an error status, or a body that is not JSON
 */
export function readAnswer(
	answer: HttpAnswer,
	provider: CrawlProvider,
	secrets: readonly string[],
): ApiAnswer {
	const parsed = parseJson(answer.body);
	const body = redactSecrets(parsed.value, secrets);
	const pauseMs =
		retryAfterMs(answer.headers, Date.now()) ?? provider.rateLimitMs?.(answer.headers) ?? null;

	if (answer.statusCode >= 400) {
		throw statusFault(answer.statusCode, body, provider, pauseMs);
	}
	if (!parsed.isJson) {
		throw new RequestFault(
			'passing',
			`${provider.displayName} answered with ${describeNonJson(answer.body)} instead of JSON`,
			{
				advice: 'Check the Base URL in the credential; if it is right, try again later.',
				httpStatus: answer.statusCode,
				pauseMs,
			},
		);
	}
	return { body, pauseMs };
}

function parseJson(body: unknown): { isJson: boolean; value: unknown } {
	if (typeof body !== 'string') return { isJson: true, value: body };
	if (body.trim() === '') return { isJson: true, value: null };
	try {
		return { isJson: true, value: JSON.parse(body) as unknown };
	} catch {
		return { isJson: false, value: null };
	}
}

function describeNonJson(body: unknown): string {
	const start = String(body).trimStart();
	if (start.startsWith('<')) return 'a web page';
	return /^[{[]/.test(start) ? 'a cut-off body' : 'a text';
}

const STATUS_MESSAGES: Readonly<Record<number, string>> = {
	400: 'did not accept the request',
	401: 'did not accept the credential',
	402: 'asks for a payment or a larger plan',
	403: 'does not allow this with the credential',
	404: 'does not know what was asked for',
	409: 'cannot do this in the current state',
	422: 'did not accept the values of the request',
	429: 'is receiving too many requests',
};

const STATUS_ADVICE: Readonly<Record<number, string>> = {
	401: 'Check the key in the credential, and that its Base URL belongs to the same account.',
	402: 'Check the balance and plan of the account.',
	403: 'Check what the key in the credential may do.',
	404: 'Check the ids, and that the credential belongs to the account that owns them.',
	409: 'Look at the status of the crawl first.',
	429: 'Wait a little, or send fewer requests at the same time.',
};

function statusFault(
	httpStatus: number,
	body: unknown,
	provider: CrawlProvider,
	pauseMs: number | null,
): RequestFault {
	const explanation = provider.explainError(httpStatus, body);
	const what =
		STATUS_MESSAGES[httpStatus] ??
		(httpStatus >= 500 ? 'had an error of its own' : 'refused the request');
	const fallbackAdvice = httpStatus >= 500 ? 'Try again later.' : 'Check the values of the node.';
	const serverSays = explanation.message ? ` It says: ${publicText(explanation.message)}` : '';
	return new RequestFault(
		faultKindOfStatus(httpStatus),
		`${provider.displayName} ${what} (HTTP ${httpStatus})`,
		{
			advice: `${explanation.advice ?? STATUS_ADVICE[httpStatus] ?? fallbackAdvice}${serverSays}`,
			httpStatus,
			pauseMs,
		},
	);
}
