import type { IDataObject } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import { RequestFault } from '../shared/errors';
import { parseBody } from '../shared/http/parseBody';
import { textOf } from '../shared/input';
import { JOB_LIST_RULES, readListedJob } from '../shared/listedJob';
import { crawlChoice, listChoices } from '../shared/choices';
import { wholeList, type List } from '../shared/paginate';
import type { ApiCall, JobReading, Search, SendRequest } from '../shared/provider';
import {
	fieldOf,
	listOf,
	objectOf,
	toEntries,
	toText,
	withRest,
	type Reading,
} from '../shared/tolerant';
import { sessionPath, statusRequest } from './api';
import { readSessionId } from './fields';
import { readDocuments, readResult } from './result';
import { readStatus } from './status';

const toListedJob = withRest(objectOf({ jobId: toText }, 'jobId'));
const toJobList = objectOf({ jobs: toEntries }, 'jobs');

/** A job as a session lists it: a crawl, or another kind of work. */
type ListedJob = Reading<typeof toListedJob>;

/**
 * The crawls of a session, the newest first. With the option `includeOtherJobs` of *Get Many*, the
 * session's other work as well.
 */
export function listJobs({ send, parameter }: ApiCall): List<JobReading> {
	const { includeOtherJobs } = parameter('options', {}) as IDataObject;
	return sessionJobs(send, readSessionId(parameter), includeOtherJobs === true);
}

/** The jobs of a session; the API gives them in one answer. */
function sessionJobs(
	send: SendRequest,
	sessionId: string,
	includeOtherJobs: boolean,
): List<JobReading> {
	return wholeList(async () => {
		const { body } = await send({ method: 'GET', path: `${sessionPath(sessionId)}/jobs` });
		const { jobs } = parseBody(toJobList, body, 'list of midPilot jobs');
		const wanted = listOf(toListedJob)(jobs).filter(
			(listed) => includeOtherJobs || isCrawl(listed),
		);
		return { entries: wanted.map((listed) => readListed(listed, sessionId)) };
	}, JOB_LIST_RULES);
}

/** Whether a job is a crawl; the types of others begin with `discovery.`, `digester.` and so on. */
function isCrawl({ type }: ListedJob): boolean {
	return toText(type)?.toLowerCase().startsWith('scrape') ?? true;
}

/** The list has no errors, and no results. */
const NO_REASON =
	"midPilot reports the crawl as failed. Its list of crawls gives no reason: use 'Get Status'.";

function readListed(listed: ListedJob, sessionId: string): JobReading {
	const { jobId } = listed;
	const known = { provider: 'midPilot', jobId, reference: { sessionId, jobId } };
	return readListedJob(known, () => ({ job: readStatus(listed, { sessionId }, NO_REASON).job }));
}

/** The crawls of a session to choose from in the editor, the newest first. */
export const searchMidPilotCrawls: Search = async (call) => {
	const list = sessionJobs(call.send, readSessionId(call.parameter), false);
	return await listChoices(list, call, ({ job }) => crawlChoice(job));
};

/** The saved documents are part of the status answer; there is no other way to them. */
export function listPages(send: SendRequest, reference: JobReference): List<IDataObject> {
	return wholeList(
		async () => {
			const { body } = await send(statusRequest(reference));
			const { job, isMissing } = readStatus(body, reference);
			if (isMissing) throw notFound();
			return {
				entries: documentsIn(body),
				certain: job.isFinal ? (savedPagesIn(body) ?? 0) : 0,
			};
		},
		{
			keyOf: (document) => textOf(document.docId ?? document.url ?? document),
			isBetter: (document, earlier) => chunkCountOf(document) > chunkCountOf(earlier),
		},
	);
}

/** By its code, the server says so also while its database is busy. */
function notFound(): RequestFault {
	return new RequestFault('passing', 'midPilot could not find the crawl', {
		advice: "Check 'Session ID' and 'Crawl', and that both still exist.",
	});
}

function savedPagesIn(body: unknown): number | null {
	return readResult(fieldOf(body, 'result')).savedPages;
}

function chunkCountOf({ chunkCount }: IDataObject): number {
	return typeof chunkCount === 'number' ? chunkCount : 0;
}

/** The documents that a status answer holds, with their chunks; none before the crawl has ended. */
export function documentsIn(body: unknown): IDataObject[] {
	return readDocuments(fieldOf(body, 'result')).map((document): IDataObject => ({ ...document }));
}
