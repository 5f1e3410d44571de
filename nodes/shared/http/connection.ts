import { InvalidInputError } from '../errors';
import { withoutEnd, type ReadParameter } from '../input';
import { cancelSignal, withSignal, type RequestContext } from '../n8nEngine';
import type { ApiConventions, CredentialSettings, SendRequest } from './api';
import { readAnswer } from './answer';
import { openCredential, sendAuthorized } from './credential';
import { DEFAULT_TIMEOUT_MS } from './limits';
import { withEnd } from './requestEnd';

/** A provider's API, reached with one credential. */
export interface Connection {
	readonly send: SendRequest;
	/** Sends also after the execution was stopped, when n8n aborts all other requests. */
	readonly sendAfterStop: SendRequest;
	readonly settings: CredentialSettings;
}

/**
 * Opens a provider's API with the credential that the node uses. It sends each request once, since a
 * second start costs a user a second crawl; look-ups are repeated by those who make them. The one
 * exception is a request that was refused for its OAuth2 token, after that was renewed.
 * @throws {InvalidInputError} when the credential's base URL is not a plain http(s) address
 */
export async function connect(
	context: RequestContext,
	provider: ApiConventions,
	parameter: ReadParameter,
): Promise<Connection> {
	const credential = await openCredential(context, provider, parameter);
	const baseUrl = requireBaseUrl(credential.settings.baseUrl);
	const headers = { Accept: 'application/json', ...provider.requestHeaders?.(parameter) };

	const sender =
		(stop: AbortSignal | undefined): SendRequest =>
		async (request) =>
			await withEnd(request.timeoutMs ?? DEFAULT_TIMEOUT_MS, stop, async (signal) => {
				const url = `${baseUrl}${request.path}`;
				const answer = await sendAuthorized(credential, withSignal(context, signal), {
					method: request.method,
					url,
					headers: { ...headers, ...request.headers },
					...(request.query && { qs: request.query }),
					...(request.body && { body: request.body }),
					timeout: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
				});
				const redactor = await credential.redactor(request.secrets);
				return await readAnswer(answer, { provider, request, url, redactor, signal });
			});
	return {
		send: sender(cancelSignal(context)),
		sendAfterStop: sender(undefined),
		settings: credential.settings,
	};
}

function requireBaseUrl(value: string): string {
	const url = URL.canParse(value.trim()) ? new URL(value.trim()) : null;
	const isPlain =
		url !== null &&
		['http:', 'https:'].includes(url.protocol) &&
		url.search === '' &&
		url.hash === '' &&
		url.username === '' &&
		url.password === '';
	if (!isPlain) {
		throw new InvalidInputError(
			"The 'Base URL' in the credential is not valid",
			'Open the credential and enter an address such as https://api.example.com. It must start with http:// or https:// and must not contain a user name, ? or #.',
		);
	}
	return withoutEnd(url.href, '/');
}
