import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { SignRequest } from '../credentialInput';

/** The node contexts that can send requests. */
export type RequestContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| IWebhookFunctions;

/**
 * A context whose requests end with a signal of ours. For a request with a credential, n8n's helper
 * takes the signal from the context that it is called with, whatever the request's own options say;
 * in a context that has none, such as an editor's list, it takes none at all
 * (core: `execution-engine/node-execution-context/utils/request-helpers/authentication.js`; before
 * 2.31 `request-helper-functions.js` beside it. Read in 2.0, 2.7, 2.20, 2.33 and 2.41).
 */
export function withSignal(context: RequestContext, signal: AbortSignal): RequestContext {
	const parts: Pick<
		IExecuteFunctions,
		'helpers' | 'logger' | 'getNode' | 'getMode' | 'getCredentials' | 'getExecutionCancelSignal'
	> = {
		helpers: context.helpers as IExecuteFunctions['helpers'],
		logger: context.logger,
		getNode: () => context.getNode(),
		getMode: () => context.getMode?.() ?? 'internal',
		getCredentials: async (type) => await context.getCredentials(type),
		getExecutionCancelSignal: () => signal,
	};
	return parts as IExecuteFunctions;
}

/**
 * A context for the test of a credential, which runs outside of any node: n8n gives it the helper for
 * requests of the old form alone, and nothing that signs them (core:
 * `execution-engine/node-execution-context/credentials-test-context.js`; the old form in
 * `legacy-request.js` of @n8n/backend-network, earlier in `request-helper-functions.js` of the core.
 * Read in 2.0 and 2.41).
 */
export function credentialTestContext(
	{ helpers, logger }: ICredentialTestFunctions,
	data: ICredentialDataDecryptedObject,
	sign: SignRequest,
): RequestContext {
	const parts = {
		logger,
		getCredentials: async () => await Promise.resolve(data),
		helpers: {
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
				const { url, method, headers, qs, timeout } = await sign(data, options);
				return (await helpers.request({
					uri: url,
					method,
					headers,
					qs,
					timeout,
					useStream: true,
					resolveWithFullResponse: true,
					simple: false,
					followRedirect: false,
				})) as unknown;
			},
		},
	};
	return parts as unknown as IExecuteFunctions;
}

/** The signal by which n8n stops an execution; none in an editor's list. */
export function cancelSignal(context: RequestContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/**
 * The body of a call to a webhook as it came, unpacked; empty where n8n has kept none, as of a form
 * with files. n8n reads it before it asks the node, up to N8N_PAYLOAD_SIZE_MAX (cli:
 * `middlewares/body-parser.js`, `webhooks/webhook-helpers.js`).
 */
export function rawBodyOf(context: IWebhookFunctions): Buffer {
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	return Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0);
}

/** The part of Express' response that n8n hands to a webhook. */
interface HttpResponse {
	status(code: number): { end(): void };
}

/** Answers a call to a webhook with a status and no body; the webhook then says that it has answered. */
export function answerCall(context: IWebhookFunctions, status: number): void {
	const response: HttpResponse = context.getResponseObject() as unknown as HttpResponse;
	response.status(status).end();
}
