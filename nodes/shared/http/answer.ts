import { RequestFault } from '../errors';
import type { ApiAnswer, ApiRequest, ApiConventions } from './api';
import { publicText } from '../sanitize';
import { readText, type BodyStream } from './body';
import { faultKindOfStatus } from './faultKind';
import { parseText, UNREADABLE, type ParsedText } from './jsonText';
import { DEFAULT_MAX_BYTES, ERROR_BODY_TIMEOUT_MS, ERROR_MAX_BYTES } from './limits';
import { redirectFault } from './redirectFault';
import type { Redactor } from './redact';
import { withEnd } from './requestEnd';
import { pauseMs, retryAfterMs, type ResponseHeaders } from './retryAfter';

/** An HTTP answer of which nothing is known but its head. */
export interface HttpAnswer {
	statusCode: number;
	headers: ResponseHeaders;
	/** Has to be read or destroyed. */
	body: BodyStream;
}

/** What an answer is judged by. */
export interface Judgement {
	provider: ApiConventions;
	request: ApiRequest;
	/** The address that the request was sent to, without its query. */
	url: string;
	redactor: Redactor;
	/** Ends the reading of the body. */
	signal: AbortSignal;
}

/**
 * The JSON body of an HTTP answer, without secrets, and the pause that the server asks for.
 * @throws {RequestFault} for anything but a success with a JSON body
 */
export async function readAnswer(answer: HttpAnswer, judgement: Judgement): Promise<ApiAnswer> {
	const { provider, request } = judgement;
	const { statusCode, headers } = answer;
	const pause = retryAfterMs(headers, Date.now()) ?? ownPauseMs(provider, headers);
	if (statusCode >= 400) {
		throw statusFault(statusCode, await readError(answer, judgement), judgement, pause);
	}
	if (statusCode < 200 || statusCode >= 300) {
		answer.body.destroy();
		throw redirectFault(answer, judgement);
	}
	const parsed = await readBody(answer, request.maxBytes ?? DEFAULT_MAX_BYTES, judgement);
	if (parsed.isJson) return { body: parsed.value, pauseMs: pause };
	throw new RequestFault('passing', `${provider.displayName} returned ${parsed.description}`, {
		advice: "Check the 'Base URL' in the credential. If it is correct, try again later.",
		httpStatus: statusCode,
		pauseMs: pause,
		isUncertain: true,
		isForeign: true,
	});
}

function ownPauseMs(provider: ApiConventions, headers: ResponseHeaders): number | null {
	const ms = provider.rateLimitMs?.(headers) ?? null;
	return ms === null ? null : pauseMs(ms);
}

async function readBody(
	answer: HttpAnswer,
	maxBytes: number,
	{ redactor, signal }: Judgement,
): Promise<ParsedText> {
	const text = await readText(answer.body, maxBytes, signal);
	const parsed = parseText(text);
	if (!parsed.isJson || !redactor.finds(text)) return parsed;
	return { isJson: true, value: redactor.redact(parsed.value) };
}

/** The body of an error. The status tells enough when it does not come, or not as a whole. */
async function readError(answer: HttpAnswer, judgement: Judgement): Promise<ParsedText> {
	try {
		return await withEnd(
			ERROR_BODY_TIMEOUT_MS,
			judgement.signal,
			async (signal) => await readBody(answer, ERROR_MAX_BYTES, { ...judgement, signal }),
		);
	} catch {
		return UNREADABLE;
	}
}

const STATUS_MESSAGES: Readonly<Record<number, string>> = {
	400: 'rejected the request',
	401: 'rejected the credential',
	402: 'requires a payment or a larger plan',
	403: 'denied access with this credential',
	404: 'could not find what was requested',
	405: 'does not accept this kind of request',
	407: 'cannot be reached, because a proxy in between requires a login',
	408: 'did not receive the request in time',
	409: 'says that this is not possible in the current state',
	410: 'no longer has what was requested',
	413: 'says that the request is too large',
	415: 'does not accept the format of the request',
	422: 'rejected the values of the request',
	423: 'has this locked at the moment',
	425: 'is not ready for the request yet',
	429: 'received too many requests',
	451: 'may not return this for legal reasons',
	501: 'does not offer this function',
};

const ADDRESS_ADVICE =
	"Check the 'Base URL' in the credential: the address may be that of another service or of another version.";
const SERVER_ERROR_ADVICE =
	'Try again later. If it keeps failing, check that the service is running.';

const STATUS_ADVICE: Readonly<Record<number, string>> = {
	401: "Check the key in the credential, and that its 'Base URL' belongs to the same account.",
	402: 'Check the balance and plan of the account.',
	403: 'Check what the key in the credential is allowed to do.',
	404: 'Check the IDs in the node, and that the credential belongs to the account that owns them.',
	405: ADDRESS_ADVICE,
	407: 'Add the user name and password to the address of the proxy in the environment variables HTTP_PROXY and HTTPS_PROXY of n8n.',
	408: 'Try again later.',
	409: "Check the crawl with 'Get Status' first.",
	410: 'Check the IDs in the node: what they name may have been deleted.',
	413: 'Send less in one request, such as fewer URLs or IDs.',
	415: ADDRESS_ADVICE,
	423: 'Try again later.',
	425: 'Try again later.',
	429: 'Wait a while, or send fewer requests at the same time.',
	451: 'Ask the provider for the reason, or crawl another website.',
	501: ADDRESS_ADVICE,
};

const FOREIGN_ADVICE =
	"The response does not come from the provider itself. Check the 'Base URL' in the credential. If it is correct, a server between n8n and the provider may be restarting: try again later.";
const WALL_ADVICE =
	"The response comes from a proxy or a bot protection between n8n and the provider, so the key is not the reason. Allow the IP address of n8n there, or check the 'Base URL' in the credential.";
const HTTPS_ADVICE = "Start the 'Base URL' in the credential with https://.";

/** What nginx answers to plain HTTP where it speaks TLS. */
const SPEAKS_TLS =
	/plain HTTP request was sent to (?:an )?(?:HTTPS port|TLS)|HTTP request to an HTTPS server/i;

/** Statuses of a server that has not begun with the request: RFC 9110 §15.6.2 and §15.6.6. */
const NOT_BEGUN: ReadonlySet<number> = new Set([501, 505]);

function statusFault(
	httpStatus: number,
	body: ParsedText,
	{ provider, request }: Judgement,
	pause: number | null,
): RequestFault {
	const explanation = provider.explainError(httpStatus, body.isJson ? body.value : null);
	const foreign = explanation.message === undefined ? foreignAnswer(httpStatus, body) : null;
	const meaning = request.meanings?.[httpStatus];
	const message = foreign?.message ?? meaning?.message ?? messageOf(httpStatus);
	const advice = meaning?.advice ?? explanation.advice ?? STATUS_ADVICE[httpStatus];
	const isServerError = httpStatus >= 500;
	return new RequestFault(
		foreign?.kind ?? (explanation.isPassing === true ? 'passing' : faultKindOfStatus(httpStatus)),
		`${provider.displayName} ${message} (HTTP ${httpStatus})`,
		{
			advice:
				foreign?.advice ??
				advice ??
				(isServerError ? SERVER_ERROR_ADVICE : "Check the node's fields."),
			serverSays: explanation.message
				? `${provider.displayName} says: ${publicText(explanation.message)}`
				: null,
			httpStatus,
			pauseMs: pause,
			isUncertain: isServerError && !NOT_BEGUN.has(httpStatus),
			isForeign: foreign?.isAddress === true,
		},
	);
}

function messageOf(httpStatus: number): string {
	const message = STATUS_MESSAGES[httpStatus];
	return message ?? (httpStatus >= 500 ? 'is not working right now' : 'rejected the request');
}

/** An error that is not in the provider's own form. */
interface Foreign {
	kind: 'passing' | 'permanent';
	message: string;
	advice: string;
	/** Set where the address may be that of something else. */
	isAddress?: true;
}

/** What an error means that is not in the provider's own form; `null` where that changes nothing. */
function foreignAnswer(httpStatus: number, body: ParsedText): Foreign | null {
	const what = body.isJson ? 'a response that is not its own' : body.description;
	switch (httpStatus) {
		// A gateway that restarts does not know the paths behind it.
		case 404:
		case 410:
			return {
				kind: 'passing',
				message: `returned ${what}`,
				advice: FOREIGN_ADVICE,
				isAddress: true,
			};
		case 403:
			if (body.isJson || !body.isPage) return null;
			return { kind: 'passing', message: `returned ${what}`, advice: WALL_ADVICE };
		case 400:
			if (body.isJson || !SPEAKS_TLS.test(body.start)) return null;
			return { kind: 'permanent', message: 'only accepts https', advice: HTTPS_ADVICE };
		default:
			return null;
	}
}
