import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import type { CrawlJob } from './crawlJob';
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

/** Like {@link listChoices}, for entries that have names: in the order of these. */
export async function namedChoices(
	list: List<{ id: string; name: string | null }>,
	call: SearchCall,
): Promise<INodeListSearchResult> {
	const choices = await listChoices(list, call, ({ id, name }) => ({
		name: name ?? id,
		value: id,
	}));
	return { ...choices, results: byName(choices.results) };
}

/** Longer beginnings of names are in nobody's sight, and for some alphabets take quadratic time to compare. */
const MAX_COMPARED = 100;

/** Choices in the order of their names. */
export function byName<Choice extends { name: string }>(choices: readonly Choice[]): Choice[] {
	const start = ({ name }: Choice) => name.slice(0, MAX_COMPARED);
	return [...choices].sort((a, b) => start(a).localeCompare(start(b)));
}

/**
 * The choices whose name or value holds what the user typed to narrow the list. Where several share a
 * name, their values tell them apart.
 */
export function matchingChoices(
	choices: readonly INodeListSearchItems[],
	filter: string,
): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	const counts = new Map<string, number>();
	for (const { name } of choices) counts.set(name, (counts.get(name) ?? 0) + 1);
	return choices
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted))
		.map((choice) =>
			counts.get(choice.name) === 1
				? choice
				: { ...choice, name: `${choice.name} (${choice.value})` },
		);
}

/**
 * A crawl as a choice: when it began, its state, its pages, and what it crawls.
 * @param what the last of these; the address of the crawl unless told otherwise
 */
export function crawlChoice(job: CrawlJob, what?: string): INodeListSearchItems {
	const { completed, total } = job.progress;
	const time = job.createdAt ?? job.startedAt ?? job.updatedAt;
	const parts = [
		time && `${time.slice(0, 16).replace('T', ' ')} UTC`,
		job.status === 'unknown' ? (job.rawStatus ?? job.status) : job.status,
		job.isFinal || total === null
			? completed !== null && pages(completed)
			: `${completed ?? 0} of ${pages(total)}`,
		what ?? job.url,
	];
	const name = parts.filter((part) => part !== null && part !== '' && part !== false).join(' · ');
	return { name, value: job.jobId };
}

function pages(count: number): string {
	return count === 1 ? '1 page' : `${count} pages`;
}
