import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { readList, type List } from './paginate';
import type { SearchCall } from './provider';

/**
 * The entries of a list as choices, in the list's order. A long list is read in parts; what the user
 * typed narrows the part that is read.
 */
export async function listChoices<Entry>(
	list: List<Entry>,
	{ filter, paginationToken, reading }: SearchCall,
	toChoice: (entry: Entry) => INodeListSearchItems,
): Promise<INodeListSearchResult> {
	const { entries, next, error } = await readList(list, Infinity, reading, paginationToken);
	if (error !== null) throw error;
	return {
		results: matchingChoices(entries.map(toChoice), filter),
		...(next !== null && { paginationToken: next }),
	};
}

/** The choices whose name or value holds what the user typed to narrow the list. */
export function matchingChoices(
	choices: readonly INodeListSearchItems[],
	filter: string,
): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
}
