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
			const raw = settings.includeRaw ? await fetchRaw(job, settings, reading, place) : null;
			const pages = settings.returnPages
				? await fetchCrawlPages(settings.provider, job.reference, reading, place)
				: null;
			const json = {
				...job,
				warnings: [...job.warnings, ...(raw?.warnings ?? []), ...(pages?.warnings ?? [])],
				...(raw && { raw: raw.raw }),
				...(pages && { pages: pages.pages }),
			};
			return { json: json as unknown as IDataObject };
		}),
	);
}

/** The provider's answer about one crawl: a list holds less. */
async function fetchRaw(
	{ reference }: CrawlJob,
	{ provider, parameter }: TriggerSettings,
	{ send, queue, signal }: PagesReading,
	place: number,
): Promise<{ raw: unknown; warnings: string[] }> {
	try {
		const query = { ...queryFor(provider, parameter), reference };
		const { raw } = await checkStatus(query, queue.reader(send, place, signal));
		return { raw, warnings: [] };
	} catch {
		return { raw: null, warnings: ['The raw response could not be fetched.'] };
	}
}
