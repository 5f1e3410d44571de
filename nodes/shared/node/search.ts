import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { CrawlProvider, Search } from '../provider';
import { runSearch } from './runSearch';

type ListSearchMethod = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** The searches of the given providers as the `listSearch` methods of a node. */
export function listSearchMethods(
	...providers: readonly CrawlProvider[]
): Record<string, ListSearchMethod> {
	return Object.fromEntries(
		providers.flatMap((provider) =>
			Object.entries(provider.searches).map(([name, search]) => [name, toMethod(provider, search)]),
		),
	);
}

/** A search as a `loadOptions` method, for a field that takes several choices at once. */
export function loadOptionsMethod(
	provider: CrawlProvider,
	search: Search,
): (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]> {
	const method = toMethod(provider, search);
	return async function () {
		return (await method.call(this)).results;
	};
}

function toMethod(provider: CrawlProvider, search: Search): ListSearchMethod {
	return async function (filter = '', paginationToken = '') {
		return await runSearch(this, provider, search, filter, String(paginationToken));
	};
}
