import { RequestFault } from '../errors';
import { publicText } from '../sanitize';
import { errorChain, errorCode, type ErrorLink } from './errorChain';
import type { Redactor } from './redact';
import { certificateFault } from './certificateFault';

/** Codes of failures before anything was sent. */
const UNSENT: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'The server refused the connection',
	ENOTFOUND: "The host name in the 'Base URL' does not exist",
	EAI_AGAIN: "The host name in the 'Base URL' could not be looked up",
	EHOSTUNREACH: 'The host cannot be reached',
	ENETUNREACH: 'The network cannot be reached',
};

const BROKEN_OFF = 'The connection was closed before the response was complete';
const TOO_LATE = 'The server did not respond in time';

const SENT: Readonly<Record<string, string>> = {
	ECONNRESET: BROKEN_OFF,
	EPIPE: BROKEN_OFF,
	ERR_BAD_RESPONSE: BROKEN_OFF,
	ERR_STREAM_PREMATURE_CLOSE: BROKEN_OFF,
	ECONNABORTED: TOO_LATE,
	ETIMEDOUT: TOO_LATE,
	ESOCKETTIMEDOUT: TOO_LATE,
	ERR_CANCELED: 'The request was stopped',
};

const TIMEOUT_CODES: ReadonlySet<string> = new Set([
	'ECONNABORTED',
	'ETIMEDOUT',
	'ESOCKETTIMEDOUT',
]);

const NETWORK_ADVICE =
	"Check the 'Base URL' in the credential, and that the service is running and can be reached from n8n.";

/** A server of https closes a connection that begins in plain HTTP, often without a word. */
const PLAIN_HTTP_ADVICE = `${NETWORK_ADVICE} If the service only accepts https, start the 'Base URL' with https://.`;

/** What Node gives codes to on its way to an answer: its system, its HTTP parser, its TLS. */
const NETWORK_CODE =
	/^(?:E(?!RR_)[A-Z_]+$|HPE_|ERR_(?!INVALID_|HTTP_INVALID_|UNESCAPED_|BAD_OPTION|BAD_REQUEST))/;

/**
 * The fault for a request that failed without any answer. Node's own error texts name
 * addresses and ports, so only the error's code is used.
 * @param url where the request was sent to
 */
export function networkFault(error: unknown, redact: Redactor, url: string): RequestFault {
	const chain = errorChain(error);
	const code = errorCode(chain);
	const certificate = certificateFault(chain, code);
	if (certificate !== null) return certificate;
	if (code !== null ? NETWORK_CODE.test(code) : chain.some(({ isAxiosError }) => isAxiosError)) {
		const message = UNSENT[code ?? ''] ?? SENT[code ?? ''];
		const suffix = message === undefined && code !== null ? ` (${code})` : '';
		return new RequestFault(
			'passing',
			`${message ?? 'The connection to the server failed'}${suffix}`,
			{
				advice:
					message === BROKEN_OFF && url.startsWith('http:') ? PLAIN_HTTP_ADVICE : NETWORK_ADVICE,
				isTimeout: TIMEOUT_CODES.has(code ?? ''),
				isUncertain: !((code ?? '') in UNSENT),
			},
		);
	}
	return new RequestFault('permanent', 'The request could not be sent', {
		advice: `Open the credential and test it. n8n says: ${reasonOf(chain, redact)}`,
	});
}

function reasonOf(chain: readonly ErrorLink[], redact: Redactor): string {
	const reason = chain.map(({ message }) => message).find((value) => typeof value === 'string');
	return publicText(redact.redactText(reason ?? 'no reason given'));
}
