import { z } from 'zod';

import { matchingChoices } from '../shared/choices';
import { parseBody } from '../shared/http/parseBody';
import type { Search, SendRequest } from '../shared/provider';
import { toText } from '../shared/values';
import { readSessionId, sessionPath } from './reference';
import { readCrawl } from './status';

const jobSchema = z.object({ jobId: z.string() }).passthrough();
const listSchema = z.object({ jobs: z.array(jobSchema) });

/** A job as a session lists it: a crawl, or another kind of work. */
export type ListedJob = z.output<typeof jobSchema>;

/** All jobs of a session; the API gives them in one answer. */
export async function fetchJobs(send: SendRequest, sessionId: string): Promise<ListedJob[]> {
	const { body } = await send({ method: 'GET', path: `${sessionPath(sessionId)}/jobs` });
	return parseBody(listSchema, body, 'list of midPilot jobs').jobs;
}

/** Whether a job is a crawl; the types of others begin with `discovery.`, `digester.` and so on. */
export function isCrawl({ type }: ListedJob): boolean {
	return toText(type)?.toLowerCase().startsWith('scrape') ?? true;
}

/** The crawls of a session to choose from in the editor. */
export const searchMidPilotCrawls: Search = async ({ send, parameter, filter }) => {
	const sessionId = readSessionId(parameter);
	const jobs = await fetchJobs(send, sessionId);
	const choices = jobs.filter(isCrawl).map((entry) => {
		const { job } = readCrawl(entry, { sessionId });
		return { name: `${job.createdAt ?? job.jobId} (${job.status})`, value: job.jobId };
	});
	return { results: matchingChoices(choices, filter) };
};
