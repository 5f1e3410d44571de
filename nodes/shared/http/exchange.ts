import type { IHttpRequestOptions } from 'n8n-workflow';

import { AdvisedError } from '../errors';
import type { RequestContext } from '../n8nEngine';
import type { HttpAnswer } from './answer';
import { isBodyStream } from './body';
import { networkFault } from './networkFault';
import type { Redactor } from './redact';
import type { ResponseHeaders } from './retryAfter';

interface FullResponse {
	statusCode: number;
	headers: ResponseHeaders;
	body: unknown;
}

/**
 * Sends a request once and gives what comes back, whatever its status, as soon as its headers are
 * there.
 * @throws {RequestFault} when nothing came back
 */
export async function exchange(
	context: RequestContext,
	credentialType: string,
	options: IHttpRequestOptions,
	redactor: () => Promise<Redactor>,
): Promise<HttpAnswer> {
	let response: FullResponse;
	try {
		response = (await context.helpers.httpRequestWithAuthentication.call(context, credentialType, {
			...options,
			// n8n writes the key into them.
			headers: { ...options.headers },
			// Read by ourselves, to stop when it is too much: n8n's own limit is infinite. The HTTP
			// client has unpacked it already, piece by piece.
			encoding: 'stream',
			returnFullResponse: true,
			// As errors they come without headers, `Retry-After` among them. More than a boolean is
			// not understood before n8n 2.8.
			ignoreHttpStatusErrors: true,
			// The key would go along to any host, except for one in the header Authorization; and what
			// comes back after a redirect to another method is an answer to something else.
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
		})) as FullResponse;
	} catch (error) {
		throw networkFault(error, await redactor(), options.url);
	}
	const { statusCode, headers, body } = response;
	if (!isBodyStream(body)) {
		throw new AdvisedError(
			'n8n did not pass the response on',
			'Update n8n and the package of this node. If that does not help, report this as a bug.',
		);
	}
	return { statusCode, headers, body };
}
