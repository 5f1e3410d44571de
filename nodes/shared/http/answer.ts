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
import { adviceOnStatus, messageOfStatus } from './statusTexts';

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
	const message = foreign?.message ?? meaning?.message ?? messageOfStatus(httpStatus);
	const advice = meaning?.advice ?? explanation.advice ?? adviceOnStatus(httpStatus);
	return new RequestFault(
		foreign?.kind ?? (explanation.isPassing === true ? 'passing' : faultKindOfStatus(httpStatus)),
		`${provider.displayName} ${message} (HTTP ${httpStatus})`,
		{
			advice: foreign?.advice ?? advice,
			serverSays: explanation.message
				? `${provider.displayName} says: ${publicText(explanation.message)}`
				: null,
			httpStatus,
			pauseMs: pause,
			isUncertain: httpStatus >= 500 && !NOT_BEGUN.has(httpStatus),
			isForeign: foreign?.isAddress === true,
		},
	);
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
