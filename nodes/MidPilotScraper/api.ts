import type { JobReference } from '../shared/crawlJob';
import { RequestFault } from '../shared/errors';
import { apiPath } from '../shared/http/apiPath';
import { fastApiDetail } from '../shared/http/fastApiDetail';
import { CONTENT_MAX_BYTES } from '../shared/http/limits';
import { sendOnce } from '../shared/http/sendOnce';
import type { ApiRequest, ErrorExplanation, SendRequest, StatusMeaning } from '../shared/provider';
import { fieldOf, findId, toText } from '../shared/tolerant';

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
		// It holds all documents that the crawl has saved.
		maxBytes: CONTENT_MAX_BYTES,
		...(jobId !== '' && { query: { jobId } }),
	};
}

const SESSION_LOST =
	'A session may have been created all the same. Its ID is unknown, so create another one.';
const CHOSEN_SESSION_LOST =
	'The session may have been created all the same. Create it again: if midPilot then says that it already has the session, use it.';

const CREATE_MEANINGS: Readonly<Record<number, StatusMeaning>> = {
	409: {
		message: 'already has a session with this ID',
		advice: "Use that session, or enter another UUID as 'Session ID'.",
	},
};

const ID_NAMES = ['sessionId', 'id'];

/**
 * Makes a session.
 * @param id a UUID; empty leaves the choice to the server
 * @returns its id
 */
export async function createSession(send: SendRequest, id: string): Promise<string> {
	return await sendOnce(
		send,
		id === ''
			? { method: 'POST', path: '/api/v1/session' }
			: { method: 'POST', path: sessionPath(id), meanings: CREATE_MEANINGS },
		id === '' ? SESSION_LOST : CHOSEN_SESSION_LOST,
		(body) => {
			const sessionId = findId(body, ID_NAMES) ?? id;
			if (sessionId !== '') return sessionId;
			throw new RequestFault('permanent', 'midPilot created a session but returned no ID for it', {
				advice: SESSION_LOST,
				isUncertain: true,
			});
		},
	);
}

const KEY_ADVICE =
	"Check 'Header Name' and 'Header Value' in the credential: the server, or a proxy in front of it, requires a key.";

const ADVICE: Readonly<Record<number, string>> = {
	401: KEY_ADVICE,
	403: KEY_ADVICE,
	404: "Check 'Session ID' and 'Crawl'. A session has no crawl until one has been started in it.",
	422: "Check the node's fields: 'Session ID' and 'Crawl' must be UUIDs.",
};

/** What a midPilot server, or a proxy in front of it, means by a refused request. */
export function explainError(
	httpStatus: number,
	body: unknown,
	advice = ADVICE[httpStatus],
): ErrorExplanation {
	// Newer servers, which can ask for a key by themselves, have an envelope of their own.
	const error = fieldOf(body, 'error');
	const ownMessage = typeof error === 'string' ? error : toText(fieldOf(error, 'message'));
	const message = fastApiDetail(body) ?? ownMessage;
	return { ...(message && { message }), ...(advice && { advice }) };
}
