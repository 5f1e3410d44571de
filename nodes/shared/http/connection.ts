import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { InvalidInputError } from '../errors';
import { withoutCancelSignal } from '../n8nEngine';
import type {
	ApiRequest,
	CrawlProvider,
	CredentialSettings,
	ReadParameter,
	SendRequest,
} from '../provider';
import { readAnswer, type HttpAnswer } from './answer';
import { errorChain } from './errorChain';
import { networkFault } from './networkFault';

/** The node contexts that can send requests. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions;

/** A provider's API, reached with one credential. */
export interface Connection {
	readonly send: SendRequest;
	/** Sends also after the execution was stopped, when n8n aborts all other requests. */
	readonly sendAfterStop: SendRequest;
	readonly settings: CredentialSettings;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * Opens a provider's API with the credential that the node uses. Every request is sent once: this
 * package never repeats one by itself, since a second start costs a user a second crawl.
 * @throws {InvalidInputError} when the credential's base URL is not a plain http(s) address
 */
export async function connect(
	context: RequestContext,
	provider: CrawlProvider,
	parameter: ReadParameter,
): Promise<Connection> {
	const credentialType = provider.credentialType(parameter);
	const data = await context.getCredentials<ICredentialDataDecryptedObject>(credentialType);
	const settings = provider.readCredential(data);
	const baseUrl = requireBaseUrl(settings.baseUrl);
	const renewsToken = data.oauthTokenData !== undefined;

	const headers = provider.requestHeaders?.(parameter);
	const currentSecrets = async (): Promise<string[]> =>
		renewsToken
			? provider.readCredential(await context.getCredentials(credentialType)).secrets
			: settings.secrets;

	const sender =
		(caller: RequestContext): SendRequest =>
		async (request) => {
			const options = httpOptions(baseUrl, request, headers, renewsToken);
			const answer = await exchange(caller, credentialType, options);
			// Only now: n8n may have renewed the token for this very request.
			const secrets = await currentSecrets();
			return readAnswer(answer, provider, [...secrets, ...(request.secrets ?? [])]);
		};
	return { send: sender(context), sendAfterStop: sender(withoutCancelSignal(context)), settings };
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
			'The Base URL of the credential is not usable',
			'Open the credential and give an address like https://api.example.com: it starts with http:// or https:// and holds no user name, ? or #.',
		);
	}
	return url.href.replace(/\/+$/, '');
}

function httpOptions(
	baseUrl: string,
	request: ApiRequest,
	headers: Record<string, string> | undefined,
	renewsToken: boolean,
): IHttpRequestOptions {
	return {
		method: request.method,
		url: `${baseUrl}${request.path}`,
		headers: { Accept: 'application/json', ...headers, ...request.headers },
		...(request.query && { qs: request.query }),
		...(request.body && { body: request.body }),
		// As text, so that a body which is cut off or not JSON is seen for what it is.
		encoding: 'text',
		// n8n drops the headers of an error answer otherwise, Retry-After among them.
		returnFullResponse: true,
		// n8n renews an OAuth2 token when it sees a 401 fail; for other credentials it would only
		// send the same request twice.
		ignoreHttpStatusErrors: { ignore: true, except: renewsToken ? [401] : [] },
		timeout: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
		sendCredentialsOnCrossOriginRedirect: false,
	};
}

async function exchange(
	context: RequestContext,
	credentialType: string,
	options: IHttpRequestOptions,
): Promise<HttpAnswer> {
	try {
		return (await context.helpers.httpRequestWithAuthentication.call(
			context,
			credentialType,
			options,
		)) as HttpAnswer;
	} catch (error) {
		// A connection lost within the body fails too, with a response that says 200.
		const response = errorChain(error).find(
			(link) => (link.response?.status ?? 0) >= 400,
		)?.response;
		if (response?.status === undefined) throw networkFault(error);
		return { statusCode: response.status, headers: response.headers ?? {}, body: response.data };
	}
}
