import type { JobReference } from '../shared/crawlJob';
import { RequestFault } from '../shared/errors';
import { parseBody } from '../shared/http/parseBody';
import { JOB_LIST_RULES, readListedJob } from '../shared/listedJob';
import { crawlChoice, listChoices, namedChoices } from '../shared/choices';
import { wholeList, withRetries, type List, type ListReading } from '../shared/paginate';
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
import { knowledgeBasesPath, readJobs, statusRequest, type ListedJob } from './api';
import { readKnowledgeBase, readProjectId, readStatusWords } from './fields';
import { readCrawl } from './status';

/** The crawls of a knowledge base, the newest first. */
export function listJobs({ send, parameter }: ApiCall): List<JobReading> {
	const knowledgeBase = readKnowledgeBase(parameter);
	const words = readStatusWords(parameter);
	return wholeList(async () => {
		const jobs = await fetchJobs(send, knowledgeBase);
		return {
			entries: jobs.map((listed) => {
				const { jobId } = listed;
				const known = { provider: 'pathors', jobId, reference: { ...knowledgeBase, jobId } };
				return readListedJob(known, () => readCrawl(listed, knowledgeBase, words));
			}),
		};
	}, JOB_LIST_RULES);
}

/**
 * The crawls of a knowledge base as the API lists them, in one answer and in its order. Before the
 * first crawl the answer may be `null`, an empty object, or "not found".
 */
export async function fetchJobs(send: SendRequest, reference: JobReference): Promise<ListedJob[]> {
	return (
		(await fetchListedJobs(send, reference).catch(async (error: unknown) => {
			if (isMissing(error) && (await hasKnowledgeBase(send, reference))) return null;
			throw error;
		})) ?? []
	);
}

/**
 * The crawls that are there before one is started. Where there is no list, the start itself shows
 * whether the ids are right; but that is asked twice, since crawls which a fault hides would be
 * taken for new ones afterwards.
 */
export async function fetchJobsBeforeStart(
	send: SendRequest,
	reference: JobReference,
	reading?: ListReading,
): Promise<ListedJob[]> {
	const list = async () => await fetchListedJobs(send, reference);
	const look = async () =>
		await withRetries(list, reading).catch((error: unknown) => {
			if (isMissing(error)) return null;
			throw error;
		});
	return (await look()) ?? (await look()) ?? [];
}

/** @returns `null` where the answer has no list */
async function fetchListedJobs(
	send: SendRequest,
	reference: JobReference,
): Promise<ListedJob[] | null> {
	const { body } = await send(statusRequest(reference));
	return isEmptyAnswer(body) ? null : readJobs(body);
}

function isMissing(error: unknown): boolean {
	return error instanceof RequestFault && error.kind === 'missing';
}

function isEmptyAnswer(body: unknown): boolean {
	return body === null || (typeof body === 'object' && Object.keys(body).length === 0);
}

/** Tells a knowledge base without crawls from one that is not there. */
async function hasKnowledgeBase(send: SendRequest, reference: JobReference): Promise<boolean> {
	const { projectId = '', knowledgeBaseId } = reference;
	const { entries } = await listKnowledgeBases(send, projectId).fetchSlice('');
	return entries.some(({ id }) => id === knowledgeBaseId);
}

/** The crawls of a knowledge base to choose from in the editor, the newest first. */
export const searchPathorsCrawls: Search = async (call) => {
	// Pathors lists no addresses; the mode tells a crawl from an import of files.
	return await listChoices(listJobs(call), call, ({ job }) =>
		crawlChoice(job, toText(job.details.mode) ?? ''),
	);
};

const toNamedEntry = withRest(objectOf({ id: toText, name: toText }, 'id'));

/** A project or knowledge base, with whatever else the API says about it. */
type NamedEntry = Reading<typeof toNamedEntry>;

/** Projects come in an envelope and knowledge bases without one; neither list has pages. */
export function toNamedEntries(value: unknown): NamedEntry[] | null {
	const entries = toEntries(value) ?? toEntries(fieldOf(value, 'data'));
	return entries && listOf(toNamedEntry)(entries);
}

/** The knowledge bases of a project, each once: at present, Pathors allows one. */
export function listKnowledgeBases(send: SendRequest, projectId: string): List<NamedEntry> {
	return listNamed(send, knowledgeBasesPath(projectId), 'list of Pathors knowledge bases');
}

function listNamed(send: SendRequest, path: string, what: string): List<NamedEntry> {
	return wholeList(
		async () => {
			const { body } = await send({ method: 'GET', path });
			return { entries: parseBody(toNamedEntries, body, what) };
		},
		{ keyOf: ({ id }) => id },
	);
}

/** Where the projects are listed that the owner of the developer key is a member of. */
export const PROJECTS_PATH = '/v1/projects';

/** These projects to choose from in the editor. */
export const searchPathorsProjects: Search = async (call) =>
	await namedChoices(listNamed(call.send, PROJECTS_PATH, 'list of Pathors projects'), call);

/** The knowledge bases of a project to choose from in the editor. */
export const searchPathorsKnowledgeBases: Search = async (call) =>
	await namedChoices(listKnowledgeBases(call.send, readProjectId(call.parameter)), call);
