import type { CrawlJob, JobReference } from './shared/crawlJob';
import { jobAtOneLook } from './shared/checkStatus';
import { toText } from './shared/tolerant';
import { providers as allProviders } from './providers';
import { requireProvider } from './requireProvider';

export type { CrawlJob, JobReference } from './shared/crawlJob';

/** The ids of the providers, as they stand in `CrawlJob.provider`. */
export const providers: readonly string[] = allProviders.map((provider) => provider.id);

/**
 * Turns the body of a provider's status endpoint into a CrawlJob.
 * @param provider one of {@link providers}
 * @param rawBody the parsed JSON body, as the provider sent it
 * @param reference the ids the job was looked up with, by the names of the nodes' parameters; where
 * the endpoint gives a list, `jobId` names the job in it
 * @returns a CrawlJob; a job that the answer says does not exist has the status `unknown`
 * @throws {Error} for an unknown provider, or a body that is not the endpoint's
 */
export function normalizeCrawlJob(
	provider: string,
	rawBody: unknown,
	reference?: JobReference | null,
): CrawlJob {
	return jobAtOneLook(requireProvider(provider).readStatus(rawBody, toReference(reference ?? {})));
}

/** Outside n8n, nobody has read the ids yet: some systems have numbers. */
function toReference(ids: object): JobReference {
	return Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, toText(id) ?? '']));
}
