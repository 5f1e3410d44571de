import type { JobReference } from '../shared/crawlJob';
import { RequestFault } from '../shared/errors';
import { apiPath } from '../shared/http/apiPath';
import { faultKindOfStatus } from '../shared/http/faultKind';
import { parseBody } from '../shared/http/parseBody';
import { adviceOnStatus } from '../shared/http/statusTexts';
import type { ApiRequest, ErrorExplanation } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import { asItIs, fieldOf, listOf, objectOf, toExactText, toText } from '../shared/tolerant';

/** Where a workspace's crawls are. */
export function jobsPath(workspaceId: string): string {
	return apiPath`/workspaces/${workspaceId}/crawler/jobs`;
}

/** Where one crawl is. */
function jobPath({ workspaceId = '', jobId = '' }: JobReference): string {
	return apiPath`/workspaces/${workspaceId}/crawler/jobs/${jobId}`;
}

/** Where the pages of a crawl are. */
export function pagesPath(reference: JobReference): string {
	return `${jobPath(reference)}/pages`;
}

/** Where one page of a crawl is. */
export function pagePath(reference: JobReference, pageId: string): string {
	return `${pagesPath(reference)}${apiPath`/${pageId}`}`;
}

/** Looks a crawl up. */
export function statusRequest(reference: JobReference): ApiRequest {
	return { method: 'GET', path: jobPath(reference) };
}

/** Deletes a crawl with the pages it has stored. */
export function deleteRequest(reference: JobReference): ApiRequest {
	return { method: 'DELETE', path: jobPath(reference) };
}

const toEnvelope = objectOf({ success: asItIs, data: asItIs });

/**
 * The `data` that every answer of Convocore wraps.
 * @param what the thing expected, for the error
 * @param countsAnyway whether some data counts although `success` is false
 * @throws {RequestFault} when the body is no such answer, or a rejection
 */
export function readData(
	body: unknown,
	what: string,
	countsAnyway: (data: unknown) => boolean = () => false,
): unknown {
	const { success, data } = parseBody(toEnvelope, body, what);
	if (success === false && !countsAnyway(data)) throw refusal(body);
	return data;
}

// The envelope of tRPC's OpenAPI adapter.
const toError = objectOf({
	message: toText,
	issues: listOf((issue) => toExactText(fieldOf(issue, 'message'))),
});

const ADVICE: Readonly<Record<number, string>> = {
	401: "Check 'Workspace Secret' and 'Region' in the credential: a secret is only valid in its own region.",
	403: "Check that 'Workspace' belongs to the secret and region in the credential, and that its plan includes the API.",
	404: "Check 'Workspace' and 'Crawl', and that 'Region' in the credential is that of the workspace. A deleted crawl can no longer be found.",
};

const PLAN_WORDS = /\b(plan|billing|subscription|upgrade)\b/i;
const PLAN_ADVICE = 'The plan of the workspace does not include this. Change it in Convocore.';

/**
 * Convocore's own words about a refused request.
 * @param usual the advice where the words do not ask for another
 */
export function explainError(
	httpStatus: number,
	body: unknown,
	usual = ADVICE[httpStatus],
): ErrorExplanation {
	const error = toError(body);
	const message = [error?.message, ...(error?.issues ?? [])].filter((part) => part).join('; ');
	const isAboutPlan = httpStatus === 403 && PLAN_WORDS.test(message);
	const advice = isAboutPlan ? PLAN_ADVICE : usual;
	return { ...(message && { message }), ...(advice && { advice }) };
}

const HTTP_STATUSES: Readonly<Record<string, number>> = {
	BAD_REQUEST: 400,
	UNAUTHORIZED: 401,
	PAYMENT_REQUIRED: 402,
	FORBIDDEN: 403,
	NOT_FOUND: 404,
	UNPROCESSABLE_CONTENT: 422,
};

/**
 * The fault for a rejection that came with HTTP 200. It is `passing` unless the code or message is
 * clear: a wrong `passing` costs a few checks, while a wrong other kind would end the wait for a
 * crawl that is still running.
 */
function refusal(body: unknown): RequestFault {
	const code = toText(fieldOf(body, 'code')) ?? '';
	const words = toText(fieldOf(body, 'message')) ?? '';
	const httpStatus = HTTP_STATUSES[code.toUpperCase()] ?? statusOfMessage(words);
	const { message, advice = adviceOnStatus(httpStatus) } = explainError(httpStatus, body);
	return new RequestFault(faultKindOfStatus(httpStatus), 'Convocore rejected the request', {
		advice,
		serverSays: message === undefined ? null : `Convocore says: ${publicText(message)}`,
	});
}

/** The HTTP status that a message clearly stands for; else one that passes. */
function statusOfMessage(message: string): number {
	if (/\bnot found\b|\bdoes not exist\b/i.test(message)) return 404;
	if (/\bunauthori[sz]ed\b/i.test(message)) return 401;
	return /\bforbidden\b/i.test(message) ? 403 : 503;
}
