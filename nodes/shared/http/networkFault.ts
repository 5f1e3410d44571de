import { RequestFault } from '../errors';
import { publicText } from '../sanitize';
import { errorChain, errorCode, type ErrorLink } from './errorChain';
import type { Redactor } from './redact';
import { certificateFault } from './certificateFault';
import { databaseFault } from './databaseFault';
import { STOPPED } from './requestEnd';

const NETWORK_ADVICE =
	"Check the 'Base URL' in the credential, and that the service is running and can be reached from n8n.";
const REFUSED_ADVICE = `${NETWORK_ADVICE} If n8n runs in Docker, localhost is its own container: use the host name of the service instead.`;
const LOOK_UP_ADVICE =
	"Check the host name in the 'Base URL' of the credential. If it is correct, check the internet connection and the DNS settings of the machine that n8n runs on.";
const NO_ROUTE_ADVICE =
	"Check the network of the machine that n8n runs on, and the 'Base URL' in the credential.";

interface Failure {
	message: string;
	advice: string;
}

/** Failures before anything was sent, by their codes. */
const UNSENT: Readonly<Record<string, Failure>> = {
	ECONNREFUSED: { message: 'The server refused the connection', advice: REFUSED_ADVICE },
	ENOTFOUND: {
		message: "The host name in the 'Base URL' does not exist",
		advice: LOOK_UP_ADVICE,
	},
	EAI_AGAIN: {
		message: "The host name in the 'Base URL' could not be looked up",
		advice: LOOK_UP_ADVICE,
	},
	EHOSTUNREACH: { message: 'The host cannot be reached', advice: NO_ROUTE_ADVICE },
	ENETUNREACH: { message: 'The network cannot be reached', advice: NO_ROUTE_ADVICE },
};

const BROKEN_OFF: Failure = {
	message: 'The connection was closed before the response was complete',
	advice: NETWORK_ADVICE,
};
const TOO_LATE: Failure = {
	message: 'The server did not respond in time',
	advice: NETWORK_ADVICE,
};

/** Failures after something may have been sent, by their codes. */
const SENT: Readonly<Record<string, Failure>> = {
	ECONNRESET: BROKEN_OFF,
	EPIPE: BROKEN_OFF,
	ERR_BAD_RESPONSE: BROKEN_OFF,
	ERR_STREAM_PREMATURE_CLOSE: BROKEN_OFF,
	ECONNABORTED: TOO_LATE,
	ETIMEDOUT: TOO_LATE,
	ESOCKETTIMEDOUT: TOO_LATE,
	ERR_CANCELED: STOPPED,
};

const TIMEOUT_CODES: ReadonlySet<string> = new Set([
	'ECONNABORTED',
	'ETIMEDOUT',
	'ESOCKETTIMEDOUT',
]);

/** A server of https closes a connection that begins in plain HTTP, often without a word. */
const PLAIN_HTTP_ADVICE = `${NETWORK_ADVICE} If the service only accepts https, start the 'Base URL' with https://.`;

/** What Node gives codes to on its way to an answer: its system, its HTTP parser, its TLS. */
const NETWORK_CODE =
	/^(?:E(?!RR_)[A-Z_]+$|HPE_|ERR_(?!INVALID_|HTTP_INVALID_|UNESCAPED_|BAD_OPTION|BAD_REQUEST))/;

/**
 * The fault for a request that failed without any answer, or before it was sent. Node's own error texts name
 * addresses and ports, so only the error's code is used.
 * @param url where the request was sent to
 */
export function networkFault(error: unknown, redact: Redactor, url: string): RequestFault {
	const chain = errorChain(error);
	const code = errorCode(chain);
	const certificate = certificateFault(chain, code);
	if (certificate !== null) return certificate;
	const database = databaseFault(chain);
	if (database !== null) return database;
	if (code !== null ? NETWORK_CODE.test(code) : chain.some(({ isAxiosError }) => isAxiosError)) {
		const unsent = UNSENT[code ?? ''];
		const known = unsent ?? SENT[code ?? ''];
		const isPlainHttp = known === BROKEN_OFF && url.startsWith('http:');
		const suffix = known === undefined && code !== null ? ` (${code})` : '';
		return new RequestFault(
			'passing',
			`${known?.message ?? 'The connection to the server failed'}${suffix}`,
			{
				advice: isPlainHttp ? PLAIN_HTTP_ADVICE : (known?.advice ?? NETWORK_ADVICE),
				isTimeout: TIMEOUT_CODES.has(code ?? ''),
				isUnreached: unsent !== undefined,
				isUncertain: unsent === undefined,
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
