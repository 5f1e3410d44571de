import { RequestFault } from '../errors';
import { publicText } from '../sanitize';
import { errorChain } from './errorChain';

const NETWORK_MESSAGES: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'The server refused the connection',
	ECONNRESET: 'The connection was closed before the answer was complete',
	ERR_BAD_RESPONSE: 'The connection was closed before the answer was complete',
	ECONNABORTED: 'The server did not answer in time',
	ETIMEDOUT: 'The server did not answer in time',
	ENOTFOUND: 'The host name of the Base URL does not exist',
	EAI_AGAIN: 'The host name of the Base URL could not be looked up',
	EHOSTUNREACH: 'The host cannot be reached',
	ENETUNREACH: 'The network cannot be reached',
	ERR_CANCELED: 'The request was stopped',
};

const TIMEOUT_CODES: ReadonlySet<string> = new Set(['ECONNABORTED', 'ETIMEDOUT']);

const NETWORK_ADVICE =
	'Check the Base URL in the credential, and that the service is running and can be reached from n8n.';

/**
 * The fault behind a request that failed without any answer. Node's own error texts name
 * addresses and ports, so only the error's code is used.
 */
export function networkFault(error: unknown): RequestFault {
	const chain = errorChain(error);
	const code = chain.map((link) => link.code).find((value) => typeof value === 'string');
	const isFromHttpClient = chain.some((link) => link.isAxiosError === true);
	if (isFromHttpClient || (code !== undefined && code in NETWORK_MESSAGES)) {
		const message = NETWORK_MESSAGES[code ?? ''] ?? 'The connection to the server failed';
		const suffix = code === undefined || code in NETWORK_MESSAGES ? '' : ` (${code})`;
		const isTimeout = TIMEOUT_CODES.has(code ?? '');
		return new RequestFault('passing', message + suffix, { advice: NETWORK_ADVICE, isTimeout });
	}
	const reason = chain.map((link) => link.message).find((value) => typeof value === 'string');
	return new RequestFault('permanent', 'The request could not be sent', {
		advice: `Open the credential and test it. n8n says: ${publicText(reason ?? 'no reason')}`,
	});
}
