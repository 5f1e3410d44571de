import type { INodeListSearchItems } from 'n8n-workflow';

/** The choices whose name or value holds what the user typed to narrow the list. */
export function matchingChoices(
	choices: readonly INodeListSearchItems[],
	filter: string,
): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
}
