import type { JobReference } from '../shared/crawlJob';
import { apiPath } from '../shared/http/apiPath';
import { parseBody } from '../shared/http/parseBody';
import type { ApiRequest, ErrorExplanation } from '../shared/provider';
import {
	fieldOf,
	listOf,
	objectOf,
	toEntries,
	toIsoTime,
	toText,
	withRest,
	type Reading,
} from '../shared/tolerant';

/** Where the knowledge bases of a project are listed. */
export function knowledgeBasesPath(projectId: string): string {
	return apiPath`/v1/projects/${projectId}/knowledgebases`;
}

/** Where the crawls of a knowledge base are started, and listed under `/jobs`. */
export function crawlPath({ projectId = '', knowledgeBaseId = '' }: JobReference): string {
	return apiPath`/v1/projects/${projectId}/knowledgebases/${knowledgeBaseId}/crawl`;
}

/** The list of a knowledge base's crawls: the only look-up there is, without pages or filters. */
export function statusRequest(reference: JobReference): ApiRequest {
	return { method: 'GET', path: `${crawlPath(reference)}/jobs` };
}

const toListedJob = withRest(objectOf({ jobId: toText }, 'jobId'));

/** A crawl, or an import of many files, as the list has it; of its fields, only the id is read. */
export type ListedJob = Reading<typeof toListedJob>;

/**
 * The crawls in an answer of the list, each once. An entry without an id is left out: nobody can ask
 * for it. Of entries that share one, the one that was updated last counts: a crawl that is run again
 * may keep its id. Where no time tells, it is the later in the list.
 * @throws {RequestFault} of kind `passing` when the body is no list of crawls
 */
export function readJobs(body: unknown): ListedJob[] {
	return eachOnce(entriesIn(body));
}

/** One of these crawls; the others can be many, and are not read. */
export function readJob(body: unknown, jobId: string): ListedJob | undefined {
	return eachOnce(entriesById(entriesIn(body)).get(jobId) ?? [])[0];
}

/** By the list that they are of: hundreds of waits in one knowledge base have one answer. */
const indexes = new WeakMap<readonly unknown[], Map<string | null, unknown[]>>();

function entriesById(entries: readonly unknown[]): Map<string | null, unknown[]> {
	const known = indexes.get(entries);
	if (known !== undefined) return known;
	const index = new Map<string | null, unknown[]>();
	for (const entry of entries) {
		const id = toText(fieldOf(entry, 'jobId'));
		const same = index.get(id);
		if (same === undefined) index.set(id, [entry]);
		else same.push(entry);
	}
	indexes.set(entries, index);
	return index;
}

function entriesIn(body: unknown): readonly unknown[] {
	return parseBody(
		(value) => toEntries(fieldOf(value, 'jobs')),
		body,
		'list of Pathors crawl jobs',
	);
}

function eachOnce(entries: readonly unknown[]): ListedJob[] {
	const byId = new Map<string, ListedJob>();
	for (const job of listOf(toListedJob)(entries)) {
		const other = byId.get(job.jobId);
		if (other === undefined || lastChange(job) >= lastChange(other)) byId.set(job.jobId, job);
	}
	return [...byId.values()];
}

/** ISO times in UTC sort like the moments that they name; one that is missing is the oldest. */
function lastChange({ updatedAt, startedAt }: ListedJob): string {
	return toIsoTime(updatedAt) ?? toIsoTime(startedAt) ?? '';
}

const ADVICE: Readonly<Record<number, string>> = {
	401: "Create a developer key (it starts with dk_) in Pathors under Settings > Developer Keys, and enter it as 'Developer Key' in the credential. Pathors no longer accepts older keys, which start with sk_ or buzz_live_.",
	403: "Check 'Project': the owner of the 'Developer Key' in the credential must be a member of it.",
	404: "Check 'Project', 'Knowledge Base' and 'Crawl', and that the owner of the 'Developer Key' in the credential is a member of the project.",
};

/** What a refused request means. */
export function explainError(
	httpStatus: number,
	body: unknown,
	advice = ADVICE[httpStatus],
): ErrorExplanation {
	// Both shapes are documented for every error: a text, or an object with a message.
	const error = fieldOf(body, 'error');
	const message = typeof error === 'string' ? error : toText(fieldOf(error, 'message'));
	const code = toText(fieldOf(error, 'code'));
	return {
		...(message && { message: code ? `${message} (${code})` : message }),
		...(advice && { advice }),
	};
}
