import { matchingChoices } from '../shared/choices';
import type { Search } from '../shared/provider';
import { fetchEntries, type PagedList } from './lists';
import { jobsPath } from './reference';
import { readCrawl } from './status';
import { readWorkspaceId } from './workspaces';

/** The list of a workspace's crawls. */
export function jobList(workspaceId: string): PagedList {
	return { path: jobsPath(workspaceId), name: 'jobs' };
}

/** The crawls to choose from in the editor. */
export const searchConvocoreCrawls: Search = async (call) => {
	const workspaceId = readWorkspaceId(call.parameter, call.defaults);
	const list = jobList(workspaceId);
	const { entries, next } = await fetchEntries(call.send, list, call.paginationToken);
	const choices = entries.map((entry) => {
		const { url, status } = readCrawl(entry, { workspaceId });
		return { name: `${url ?? entry.id} (${status})`, value: entry.id };
	});
	return {
		results: matchingChoices(choices, call.filter),
		...(next !== null && { paginationToken: next }),
	};
};
