import { matchingChoices } from '../shared/choices';
import type { CrawlJob } from '../shared/crawlJob';
import { readListedJob } from '../shared/listedJob';
import type { Search } from '../shared/provider';
import { fetchEntries, type ListEntry, type PagedList } from './lists';
import { jobsPath } from './reference';
import { readCrawl } from './status';
import { readWorkspaceId } from './workspaces';

/** The list of a workspace's crawls. */
export function jobList(workspaceId: string): PagedList {
	return { path: jobsPath(workspaceId), name: 'jobs' };
}

/** The CrawlJob in an entry of that list. */
export function readListed(entry: ListEntry, workspaceId: string): CrawlJob {
	const jobId = entry.id;
	const known = { provider: 'convocore', jobId, reference: { workspaceId, jobId } };
	return readListedJob(known, () => readCrawl(entry, { workspaceId }));
}

/** The crawls to choose from in the editor. */
export const searchConvocoreCrawls: Search = async (call) => {
	const workspaceId = readWorkspaceId(call.parameter, call.defaults);
	const list = jobList(workspaceId);
	const { entries, next } = await fetchEntries(call.send, list, call.paginationToken);
	const choices = entries.map((entry) => {
		const { url, status } = readListed(entry, workspaceId);
		return { name: `${url ?? entry.id} (${status})`, value: entry.id };
	});
	return {
		results: matchingChoices(choices, call.filter),
		...(next !== null && { paginationToken: next }),
	};
};
