import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { readListedJob } from '../shared/listedJob';
import { matchingChoices } from '../shared/node/search';
import type { ApiCall, JobReading, Search, SendRequest } from '../shared/provider';
import { listOf, requiredText, toText } from '../shared/tolerant';
import { sessionPath, statusRequest } from './api';
import { readSessionId } from './fields';
import { readResult } from './result';
import { readStatus } from './status';

const jobSchema = z.object({ jobId: requiredText }).passthrough();
const listSchema = z.object({ jobs: z.array(z.unknown()) });

/** A job as a session lists it: a crawl, or another kind of work. */
type ListedJob = z.output<typeof jobSchema>;

/**
 * The crawls of a session. With the option `includeOtherJobs` of *Get Many*, the session's other
 * work as well.
 */
export async function* listJobs({ send, parameter }: ApiCall): AsyncGenerator<JobReading> {
	const sessionId = readSessionId(parameter);
	const { includeOtherJobs } = parameter('options', {}) as IDataObject;
	for (const listed of await fetchJobs(send, sessionId)) {
		if (includeOtherJobs === true || isCrawl(listed)) yield readListed(listed, sessionId);
	}
}

/** All jobs of a session; the API gives them in one answer. */
async function fetchJobs(send: SendRequest, sessionId: string): Promise<ListedJob[]> {
	const { body } = await send({ method: 'GET', path: `${sessionPath(sessionId)}/jobs` });
	return listOf(jobSchema).parse(parseBody(listSchema, body, 'list of midPilot jobs').jobs);
}

/** Whether a job is a crawl; the types of others begin with `discovery.`, `digester.` and so on. */
function isCrawl({ type }: ListedJob): boolean {
	return toText(type)?.toLowerCase().startsWith('scrape') ?? true;
}

function readListed(listed: ListedJob, sessionId: string): JobReading {
	const { jobId } = listed;
	const known = { provider: 'midPilot', jobId, reference: { sessionId, jobId } };
	return readListedJob(known, () => ({ job: readStatus(listed, { sessionId }).job }));
}

/** The crawls of a session to choose from in the editor. */
export const searchMidPilotCrawls: Search = async ({ send, parameter, filter }) => {
	const sessionId = readSessionId(parameter);
	const jobs = await fetchJobs(send, sessionId);
	const choices = jobs.filter(isCrawl).map((listed) => {
		const { job } = readListed(listed, sessionId);
		return { name: `${job.createdAt ?? job.jobId} (${job.status})`, value: job.jobId };
	});
	return { results: matchingChoices(choices, filter) };
};

const statusAnswerSchema = z.object({ result: z.unknown() });

/** The saved documents are part of the status answer; there is no other way to them. */
export async function* listPages(
	send: SendRequest,
	reference: JobReference,
): AsyncGenerator<IDataObject> {
	const { body } = await send(statusRequest(reference));
	yield* documentsIn(body);
}

/** The documents that a status answer holds, with their chunks; none before the crawl has ended. */
export function documentsIn(body: unknown): IDataObject[] {
	const { documents } = readResult(statusAnswerSchema.safeParse(body).data?.result);
	return documents.map((document): IDataObject => ({ ...document }));
}
