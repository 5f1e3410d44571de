import { createHash } from 'node:crypto';

import type { CrawlJob, JobReference } from './crawlJob';
import { earlierFinder } from './earlierCrawls';
import { RequestFault, toError } from './errors';
import type {
	ApiAnswer,
	ApiRequest,
	CrawlProvider,
	JobReading,
	ReadParameter,
	ReadStatus,
	SendRequest,
} from './provider';
import type { StatusCheck, Wait } from './waiting/itemWait';
import type { Checker } from './waiting/poll';

/** Which job to look up, and how to read the answer. */
export interface StatusQuery {
	provider: CrawlProvider;
	reference: JobReference;
	/** Differs from the provider's own where the user's settings change what a status means. */
	readStatus: ReadStatus;
	/**
	 * Reads the parameters of the item, to find the crawls before this one with; absent where these
	 * are not to shape the checks.
	 */
	earlier?: ReadParameter;
}

/**
 * A query but for the job: a setting that is wrong is told before a job is started.
 * @param parameter reads the parameters of the item
 * @param usesEarlier whether the crawls before this one shape the checks
 */
export function queryFor(
	provider: CrawlProvider,
	parameter: ReadParameter,
	usesEarlier = false,
): Omit<StatusQuery, 'reference'> {
	return {
		provider,
		readStatus: provider.statusReader?.(parameter) ?? provider.readStatus,
		...(usesEarlier && { earlier: parameter }),
	};
}

/** Checks a job's status once, with the provider's cheapest request. */
export async function checkStatus(query: StatusQuery, send: SendRequest): Promise<StatusCheck> {
	const answer = await send(query.provider.statusRequest(query.reference));
	return readStatusAnswer(query, answer);
}

/**
 * The job for callers that check once and cannot wait for a standstill. An end that is only deduced
 * replaces a status that nobody knows, but never one that the provider has a known word for.
 */
export function jobAtOneLook({ job, unconfirmed = job }: JobReading): CrawlJob {
	return unconfirmed.status === 'unknown' ? job : unconfirmed;
}

/**
 * Checks the status of the jobs of waits. Waits with equal requests share one.
 * @param sender gives a way to send requests to a provider
 */
export function statusChecker(
	sender: (provider: CrawlProvider) => SendRequest,
): Checker<StatusQuery> {
	const withEarlier = earlierFinder(sender);
	return {
		keyOf: (wait) => JSON.stringify([wait.target.provider.id, statusRequest(wait)]),
		rateLimitOf: ({ target: { provider } }) => ({
			key: provider.id,
			budget: provider.requestBudget,
		}),
		async check(waits, timeoutMs) {
			const [first] = waits;
			if (first === undefined) return [];
			const send = sender(first.target.provider);
			const answer = await send({ ...statusRequest(first), timeoutMs });
			return await Promise.all(
				waits.map(async (wait) => {
					try {
						return await withEarlier(wait, readStatusAnswer(pinnedQuery(wait), answer), answer);
					} catch (error) {
						return toError(error);
					}
				}),
			);
		},
	};
}

function statusRequest(wait: Wait<StatusQuery>): ApiRequest {
	const { provider, reference } = pinnedQuery(wait);
	return provider.statusRequest(reference);
}

/**
 * What to look up for a wait from now on. If the reference names no job, the wait stays with the job
 * that its first good check found.
 */
export function pinnedQuery({ target, state }: Wait<StatusQuery>): StatusQuery {
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
	const { isMissing, isNamed, ...reading } = query.readStatus(body, reference);
	if (isMissing) throw missingFault(provider, reference);
	const { job } = reading;
	const expected = (reference[provider.jobIdKey] || job.jobId).toLowerCase();
	const isAboutJob = job.jobId.toLowerCase() === expected;
	// A gateway's own error body can look like the end of a crawl, but does not name it.
	if (!isAboutJob || (job.isFinal && !isNamed && !mentions(body, expected))) {
		throw new RequestFault('passing', `${provider.displayName} returned a different crawl`, {
			advice:
				isAboutJob || provider.latestIn === undefined ? MIXED_UP : newerCrawl(provider.latestIn),
		});
	}
	return { ...reading, activity: shortened(reading.activity), raw: body, pauseMs };
}

const MAX_ACTIVITY_LENGTH = 500;

/** What moves while a crawl goes on. A server's texts can be of any length, and each check is saved. */
function shortened(activity: unknown): unknown {
	const text = JSON.stringify([activity]);
	if (text.length <= MAX_ACTIVITY_LENGTH) return activity;
	return createHash('sha256').update(text).digest('base64');
}

const MIXED_UP =
	"Check the 'Base URL' in the credential: it may lead to a proxy that mixes up or repeats responses.";

function newerCrawl(latestIn: string): string {
	return `A newer crawl may have been started in the same ${latestIn}, and the provider returns the latest only. Wait for the newer crawl, or run one crawl at a time in each ${latestIn}.`;
}

/** The provider's own advice about a missing crawl names the fields to check. */
function missingFault(provider: CrawlProvider, reference: JobReference): RequestFault {
	const { displayName, jobIdKey, latestIn } = provider;
	const isLatest = latestIn !== undefined && reference[jobIdKey] === '';
	const message = isLatest
		? `${displayName} has no crawl in this ${latestIn}`
		: `${displayName} could not find the crawl`;
	const fallback =
		'Check the IDs, and that the credential belongs to the account that owns the crawl.';
	const { advice = fallback } = provider.explainError(404, null);
	return new RequestFault('missing', message, { advice });
}

/** Whether a JSON value contains a text as a whole value, in any casing. */
function mentions(value: unknown, text: string): boolean {
	if (typeof value === 'object' && value !== null) {
		return Object.values(value).some((entry) => mentions(entry, text));
	}
	return text !== '' && String(value).trim().toLowerCase() === text;
}
