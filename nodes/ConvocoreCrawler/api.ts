import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { RequestFault } from '../shared/errors';
import { apiPath } from '../shared/http/apiPath';
import { faultKindOfStatus } from '../shared/http/faultKind';
import { parseBody } from '../shared/http/parseBody';
import type { ApiRequest, ErrorExplanation } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import { listOf, text } from '../shared/tolerant';

/** Where a workspace's crawls are. */
export function jobsPath(workspaceId: string): string {
	return apiPath`/workspaces/${workspaceId}/crawler/jobs`;
}

/** Where one crawl is. */
export function jobPath({ workspaceId = '', jobId = '' }: JobReference): string {
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

const envelopeSchema = z.object({
	success: z.unknown(),
	message: text,
	code: text,
	data: z.unknown(),
});

/**
 * The `data` that every answer of Convocore wraps.
 * @param what the thing expected, for the error
 * @throws {RequestFault} when the body is no such answer, or one that says no and holds nothing.
 * Data is believed whatever `success` says: a job's own flags tell what became of it.
 */
export function readData(body: unknown, what: string): unknown {
	const { success, message, code, data } = parseBody(envelopeSchema, body, what);
	const isEmpty = typeof data !== 'object' || data === null || Object.keys(data).length === 0;
	if (success === false && isEmpty) throw refusal(code, message);
	return data;
}

// The envelope of tRPC's OpenAPI adapter.
const errorSchema = z.object({
	message: text,
	issues: listOf(z.object({ message: z.string() })),
});

const ADVICE: Readonly<Record<number, string>> = {
	401: 'Check the workspace secret and the region in the credential: a secret is only known in its own region.',
	403: "Check that the workspace belongs to the credential's secret and region, and that its plan includes the API.",
	404: "Check the ids, and that the credential's region is the one of the workspace. A deleted crawl cannot be found any more.",
};

const PLAN_WORDS = /\b(plan|billing|subscription|upgrade)\b/i;
const PLAN_ADVICE = 'The plan of the workspace does not include this. Change it in Convocore.';

/** Convocore's own words about a refused request. */
export function explainError(httpStatus: number, body: unknown): ErrorExplanation {
	const { data } = errorSchema.safeParse(body);
	const details = data?.issues.map((issue) => issue.message) ?? [];
	const message = [data?.message, ...details].filter((part) => part).join('; ');
	const isAboutPlan = httpStatus === 403 && PLAN_WORDS.test(message);
	const advice = isAboutPlan ? PLAN_ADVICE : ADVICE[httpStatus];
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
 * The fault behind a refusal that came with HTTP 200. Only what its code or message clearly names
 * is taken for more than a passing one: a wrong guess there costs a wait a few checks, while here
 * it would end the wait for a crawl that goes on.
 */
function refusal(code: string | null, message: string | null): RequestFault {
	const httpStatus = HTTP_STATUSES[code?.toUpperCase() ?? ''] ?? statusOfMessage(message ?? '');
	const { advice = 'Try again later.' } = explainError(httpStatus, { message });
	const serverSays = message === null ? '' : ` It says: ${publicText(message)}`;
	return new RequestFault(faultKindOfStatus(httpStatus), 'Convocore refused the request', {
		advice: `${advice}${serverSays}`,
	});
}

/** The HTTP status that a message clearly stands for; else one that passes. */
function statusOfMessage(message: string): number {
	if (/\bnot found\b|\bdoes not exist\b/i.test(message)) return 404;
	if (/\bunauthori[sz]ed\b/i.test(message)) return 401;
	return /\bforbidden\b/i.test(message) ? 403 : 503;
}
