import type { INodeListSearchItems } from 'n8n-workflow';

import { matchingChoices } from '../shared/choices';
import { requireId } from '../shared/identifiers';
import type { Search } from '../shared/provider';
import { toIsoTime } from '../shared/values';
import { fetchJobs, readKnowledgeBase, type ListedJob } from './jobs';
import { fetchKnowledgeBases, fetchProjects, type NamedEntry } from './lists';

const searchPathorsProjects: Search = async ({ send, filter }) => ({
	results: matchingChoices((await fetchProjects(send)).map(toChoice), filter),
});

const searchPathorsKnowledgeBases: Search = async ({ send, parameter, filter }) => {
	const projectId = requireId(parameter('projectId'), 'Project');
	const knowledgeBases = await fetchKnowledgeBases(send, projectId);
	return { results: matchingChoices(knowledgeBases.map(toChoice), filter) };
};

const searchPathorsCrawls: Search = async ({ send, parameter, filter }) => {
	const jobs = await fetchJobs(send, readKnowledgeBase(parameter));
	const newestFirst = jobs.sort((a, b) => startOf(b).localeCompare(startOf(a)));
	return { results: matchingChoices(newestFirst.map(toCrawlChoice), filter) };
};

/** The projects, knowledge bases and crawls to choose from in the editor. */
export const searches = {
	searchPathorsProjects,
	searchPathorsKnowledgeBases,
	searchPathorsCrawls,
};

function toChoice({ id, name }: NamedEntry): INodeListSearchItems {
	return { name: name ?? id, value: id };
}

/** A crawl has neither a name nor an address in the list: its begin is what tells it best. */
function toCrawlChoice(job: ListedJob): INodeListSearchItems {
	return { name: `${startOf(job)}: ${String(job.mode)} (${String(job.status)})`, value: job.jobId };
}

function startOf(job: ListedJob): string {
	return toIsoTime(job.startedAt) ?? '';
}
