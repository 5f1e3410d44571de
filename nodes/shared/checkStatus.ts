import type { JobReference } from './crawlJob';
import { RequestFault } from './http/fault';
import type { CrawlProvider, ReadStatus, SendRequest, StatusReading } from './provider';

/** A job as one check found it. */
export interface StatusCheck extends Omit<StatusReading, 'isMissing'> {
	/** The provider's answer, without secrets. */
	raw: unknown;
	/** How long the server asks to pause before the next request, in milliseconds. */
	pauseMs: number | null;
}

/** What one look at a status answer needs to know. */
export interface StatusQuery {
	provider: CrawlProvider;
	reference: JobReference;
	/** Differs from the provider's own where the user's settings change what a status means. */
	readStatus: ReadStatus;
}

/**
 * Reads the answer to a job's status request.
 * @throws {RequestFault} `missing` when the provider does not know the job; `passing` when the
 * answer is not one about this job
 */
export function readStatusAnswer(
	query: StatusQuery,
	body: unknown,
	pauseMs: number | null,
): StatusCheck {
	const { provider, reference } = query;
	const { isMissing, ...reading } = query.readStatus(body, reference);
	if (isMissing) {
		throw new RequestFault('missing', `${provider.displayName} does not know the crawl`, {
			advice: 'Check the ids, and that the credential belongs to the account that owns the crawl.',
		});
	}
	const { job } = reading;
	const expected = (reference[provider.jobIdKey] || job.jobId).toLowerCase();
	const isAboutJob = job.jobId.toLowerCase() === expected;
	// A gateway's own error body can look like the end of a crawl, but does not name it.
	if (!isAboutJob || (job.isFinal && !mentions(body, expected))) {
		throw new RequestFault('passing', `${provider.displayName} answered about another crawl`, {
			advice:
				'Check the Base URL in the credential: something between n8n and the provider mixes up answers.',
		});
	}
	return { ...reading, raw: body, pauseMs };
}

/** Whether a text stands somewhere in a JSON value as a whole value, whatever its casing. */
function mentions(value: unknown, text: string): boolean {
	if (typeof value === 'object' && value !== null) {
		return Object.values(value).some((entry) => mentions(entry, text));
	}
	return text !== '' && String(value).trim().toLowerCase() === text;
}

/** Checks a job's status once, with the provider's cheapest request. */
export async function checkStatus(
	query: StatusQuery,
	send: SendRequest,
	timeoutMs?: number,
): Promise<StatusCheck> {
	const request = query.provider.statusRequest(query.reference);
	const answer = await send({ ...request, ...(timeoutMs !== undefined && { timeoutMs }) });
	return readStatusAnswer(query, answer.body, answer.pauseMs);
}
