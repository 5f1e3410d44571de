import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { apiPath } from '../shared/http/apiPath';
import { fastApiDetail } from '../shared/http/fastApiDetail';
import { parseBody } from '../shared/http/parseBody';
import type { ApiRequest, ErrorExplanation, SendRequest } from '../shared/provider';
import { text } from '../shared/tolerant';

/** Where a session's crawls are started and looked up. */
export function scrapePath(sessionId: string): string {
	return apiPath`/api/v1/scrape/${sessionId}/scrape`;
}

/** Where a session itself is. */
export function sessionPath(sessionId: string): string {
	return apiPath`/api/v1/session/${sessionId}`;
}

/** Without a job id, the server takes the session's latest crawl. */
export function statusRequest({ sessionId = '', jobId = '' }: JobReference): ApiRequest {
	return {
		method: 'GET',
		path: scrapePath(sessionId),
		...(jobId !== '' && { query: { jobId } }),
	};
}

const createdSchema = z.object({ sessionId: z.string() });

/**
 * Makes a session.
 * @param id a UUID; empty leaves the choice to the server
 * @returns its id
 */
export async function createSession(send: SendRequest, id: string): Promise<string> {
	const { body } = await send({
		method: 'POST',
		path: id === '' ? '/api/v1/session' : sessionPath(id),
	});
	return parseBody(createdSchema, body, 'midPilot session').sessionId;
}

// Newer servers, which can ask for a key by themselves, have an envelope of their own.
const errorSchema = z.object({ error: z.object({ message: text }) });

const KEY_ADVICE =
	'This server asks for a key: set Header Name and Header Value in the credential, or check them.';

const ADVICE: Readonly<Record<number, string>> = {
	401: KEY_ADVICE,
	403: KEY_ADVICE,
	404: 'Check the session ID. A session knows a crawl only after one was started in it.',
	409: 'A session with this ID exists already: use it, or choose another ID.',
};

/** What a midPilot server, or a proxy in front of it, means by a refused request. */
export function explainError(httpStatus: number, body: unknown): ErrorExplanation {
	const message = fastApiDetail(body) ?? errorSchema.safeParse(body).data?.error.message;
	const advice = ADVICE[httpStatus];
	return { ...(message && { message }), ...(advice && { advice }) };
}
