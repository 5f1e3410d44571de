import type { INodeListSearchItems } from 'n8n-workflow';
import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { readListedJob } from '../shared/listedJob';
import { matchingChoices } from '../shared/node/search';
import type { ApiCall, JobReading, Search, SendRequest } from '../shared/provider';
import { listOf, requiredText, text, toIsoTime } from '../shared/tolerant';
import { knowledgeBasesPath, readJobs, statusRequest, type ListedJob } from './api';
import { readKnowledgeBase, readProjectId, readStatusWords } from './fields';
import { readCrawl } from './status';

/** The crawls of a knowledge base. */
export async function* listJobs({ send, parameter }: ApiCall): AsyncGenerator<JobReading> {
	const knowledgeBase = readKnowledgeBase(parameter);
	const words = readStatusWords(parameter);
	for (const listed of await fetchJobs(send, knowledgeBase)) {
		const { jobId } = listed;
		const known = { provider: 'pathors', jobId, reference: { ...knowledgeBase, jobId } };
		yield readListedJob(known, () => readCrawl(listed, knowledgeBase, words));
	}
}

/** The crawls of a knowledge base as the API lists them, in one answer and in its order. */
export async function fetchJobs(send: SendRequest, reference: JobReference): Promise<ListedJob[]> {
	const { body } = await send(statusRequest(reference));
	return readJobs(body);
}

/** The crawls of a knowledge base to choose from in the editor, the newest first. */
export const searchPathorsCrawls: Search = async ({ send, parameter, filter }) => {
	const jobs = await fetchJobs(send, readKnowledgeBase(parameter));
	const newestFirst = jobs.sort((a, b) => startOf(b).localeCompare(startOf(a)));
	return { results: matchingChoices(newestFirst.map(toCrawlChoice), filter) };
};

/** A crawl has neither a name nor an address in the list: its begin is what tells it best. */
function toCrawlChoice(job: ListedJob): INodeListSearchItems {
	return { name: `${startOf(job)}: ${String(job.mode)} (${String(job.status)})`, value: job.jobId };
}

function startOf(job: ListedJob): string {
	return toIsoTime(job.startedAt) ?? '';
}

const entrySchema = z.object({ id: requiredText, name: text }).passthrough();

/** A project or knowledge base, with whatever else the API says about it. */
type NamedEntry = z.output<typeof entrySchema>;

// Projects come in an envelope and knowledge bases without one; neither list has pages.
const entriesSchema = z
	.union([
		z.array(z.unknown()),
		z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data),
	])
	.pipe(listOf(entrySchema));

/** The projects that the owner of the developer key is a member of. */
async function fetchProjects(send: SendRequest): Promise<NamedEntry[]> {
	const { body } = await send({ method: 'GET', path: '/v1/projects' });
	return parseBody(entriesSchema, body, 'list of Pathors projects');
}

/** The knowledge bases of a project: at present, Pathors allows one. */
export async function fetchKnowledgeBases(
	send: SendRequest,
	projectId: string,
): Promise<NamedEntry[]> {
	const { body } = await send({ method: 'GET', path: knowledgeBasesPath(projectId) });
	return parseBody(entriesSchema, body, 'list of Pathors knowledge bases');
}

/** The projects to choose from in the editor. */
export const searchPathorsProjects: Search = async ({ send, filter }) => ({
	results: matchingChoices((await fetchProjects(send)).map(toChoice), filter),
});

/** The knowledge bases of a project to choose from in the editor. */
export const searchPathorsKnowledgeBases: Search = async ({ send, parameter, filter }) => {
	const knowledgeBases = await fetchKnowledgeBases(send, readProjectId(parameter));
	return { results: matchingChoices(knowledgeBases.map(toChoice), filter) };
};

function toChoice({ id, name }: NamedEntry): INodeListSearchItems {
	return { name: name ?? id, value: id };
}
