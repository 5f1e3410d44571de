import { z } from 'zod';

import { matchingChoices } from '../shared/choices';
import type { CrawlJob } from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { readListedJob } from '../shared/listedJob';
import type { Search, SendRequest } from '../shared/provider';
import { listOf, requiredText, toText } from '../shared/values';
import { readSessionId, sessionPath } from './reference';
import { readCrawl } from './status';

const jobSchema = z.object({ jobId: requiredText }).passthrough();
const listSchema = z.object({ jobs: z.array(z.unknown()) });

/** A job as a session lists it: a crawl, or another kind of work. */
export type ListedJob = z.output<typeof jobSchema>;

/** All jobs of a session; the API gives them in one answer. */
export async function fetchJobs(send: SendRequest, sessionId: string): Promise<ListedJob[]> {
	const { body } = await send({ method: 'GET', path: `${sessionPath(sessionId)}/jobs` });
	return listOf(jobSchema).parse(parseBody(listSchema, body, 'list of midPilot jobs').jobs);
}

/** Whether a job is a crawl; the types of others begin with `discovery.`, `digester.` and so on. */
export function isCrawl({ type }: ListedJob): boolean {
	return toText(type)?.toLowerCase().startsWith('scrape') ?? true;
}

/** The CrawlJob in an entry of a session's list. */
export function readListed(listed: ListedJob, sessionId: string): CrawlJob {
	const { jobId } = listed;
	const known = { provider: 'midPilot', jobId, reference: { sessionId, jobId } };
	return readListedJob(known, () => readCrawl(listed, { sessionId }).job);
}

/** The crawls of a session to choose from in the editor. */
export const searchMidPilotCrawls: Search = async ({ send, parameter, filter }) => {
	const sessionId = readSessionId(parameter);
	const jobs = await fetchJobs(send, sessionId);
	const choices = jobs.filter(isCrawl).map((entry) => {
		const job = readListed(entry, sessionId);
		return { name: `${job.createdAt ?? job.jobId} (${job.status})`, value: job.jobId };
	});
	return { results: matchingChoices(choices, filter) };
};
