import type { JobReference } from './crawlJob';
import { RequestFault } from './errors';
import type { ApiAnswer, ApiRequest, CrawlProvider, ReadStatus, SendRequest } from './provider';
import type { Checker, StatusCheck, Wait } from './waiting/poll';

/** What a look at a job's status needs to know. */
export interface StatusQuery {
	provider: CrawlProvider;
	reference: JobReference;
	/** Differs from the provider's own where the user's settings change what a status means. */
	readStatus: ReadStatus;
}

/** Checks a job's status once, with the provider's cheapest request. */
export async function checkStatus(query: StatusQuery, send: SendRequest): Promise<StatusCheck> {
	const answer = await send(query.provider.statusRequest(query.reference));
	return readStatusAnswer(query, answer);
}

/** Checks the status of waits' jobs. Waits whose requests are equal are served by one. */
export function statusChecker(send: SendRequest): Checker<StatusQuery> {
	return {
		keyOf: (wait) => JSON.stringify(statusRequest(wait)),
		rateLimitKeyOf: ({ target: { provider, reference } }) =>
			`${provider.id} ${provider.rateLimitKey?.(reference) ?? ''}`,
		async check(waits, timeoutMs) {
			const [first] = waits;
			if (first === undefined) return [];
			const answer = await send({ ...statusRequest(first), timeoutMs });
			return waits.map((wait) => {
				try {
					return readStatusAnswer(pinnedQuery(wait), answer);
				} catch (error) {
					return error instanceof Error ? error : new Error(String(error));
				}
			});
		},
	};
}

function statusRequest(wait: Wait<StatusQuery>): ApiRequest {
	const { provider, reference } = pinnedQuery(wait);
	return provider.statusRequest(reference);
}

/** The job of a wait stays the one that its first good check found, if the reference left it open. */
function pinnedQuery({ target, state }: Wait<StatusQuery>): StatusQuery {
	const { jobIdKey } = target.provider;
	if (target.reference[jobIdKey] !== '' || state.jobId === null) return target;
	return { ...target, reference: { ...target.reference, [jobIdKey]: state.jobId } };
}

/**
 * Reads the answer to a job's status request.
 * @throws {RequestFault} `missing` when the provider does not know the job; `passing` when the
 * answer is not one about this job
 */
function readStatusAnswer(query: StatusQuery, { body, pauseMs }: ApiAnswer): StatusCheck {
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
