import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { checkStatus, queryFor } from '../shared/checkStatus';
import type { CrawlJob } from '../shared/crawlJob';
import { RequestQueue } from '../shared/http/requestQueue';
import { fetchCrawlPages, type PagesReading } from '../shared/node/crawlPages';
import { systemClock } from '../shared/node/systemClock';
import type { SendRequest } from '../shared/provider';
import type { TriggerSettings } from './fields';

/**
 * The items of crawls that have ended, with what the options ask for. Best effort: what cannot be
 * fetched becomes a warning of its item, since the end of the crawl is known.
 */
export async function toItems(
	jobs: readonly CrawlJob[],
	settings: TriggerSettings,
	send: SendRequest,
	signal: AbortSignal,
): Promise<INodeExecutionData[]> {
	const reading = { send, queue: new RequestQueue(systemClock), clock: systemClock, signal };
	return await Promise.all(
		jobs.map(async (job, place) => {
			const lookedUp =
				settings.includeRaw || settings.provider.listTellsLess
					? await lookUp(job, settings, reading, place)
					: { job, raw: null, warnings: [] };
			const pages = settings.returnPages
				? await fetchCrawlPages(settings.provider, job.reference, reading, place)
				: null;
			const json = {
				...lookedUp.job,
				warnings: [...lookedUp.job.warnings, ...lookedUp.warnings, ...(pages?.warnings ?? [])],
				...(settings.includeRaw && { raw: lookedUp.raw }),
				...(pages && { pages: pages.pages }),
			};
			return { json: json as unknown as IDataObject };
		}),
	);
}

interface LookedUp {
	job: CrawlJob;
	raw: unknown;
	warnings: string[];
}

/** The provider's answer about one crawl: a list holds less. */
async function lookUp(
	listed: CrawlJob,
	{ provider, parameter, includeRaw }: TriggerSettings,
	{ send, queue, signal }: PagesReading,
	place: number,
): Promise<LookedUp> {
	try {
		const query = { ...queryFor(provider, parameter), reference: listed.reference };
		const { job, raw } = await checkStatus(query, queue.sender(send, place, signal));
		const tellsMore = provider.listTellsLess === true && job.status === listed.status;
		return {
			job: tellsMore ? withListed(job, listed) : listed,
			raw: includeRaw ? raw : null,
			warnings: [],
		};
	} catch {
		const warnings = includeRaw ? ['The raw response could not be fetched.'] : [];
		return { job: listed, raw: null, warnings };
	}
}

/** A crawl with what only the list says of it. */
function withListed(job: CrawlJob, listed: CrawlJob): CrawlJob {
	return {
		...job,
		createdAt: job.createdAt ?? listed.createdAt,
		startedAt: job.startedAt ?? listed.startedAt,
		updatedAt: job.updatedAt ?? listed.updatedAt,
		finishedAt: job.finishedAt ?? listed.finishedAt,
		details: { ...listed.details, ...job.details },
	};
}
