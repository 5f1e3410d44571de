import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { connect } from './http/connection';
import { toNodeError } from './nodeError';
import type { CrawlProvider, ReadParameter, Search } from './provider';

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

function toMethod(provider: CrawlProvider, search: Search): ListSearchMethod {
	return async function (filter = '', paginationToken = '') {
		const parameter: ReadParameter = (name, fallback) =>
			this.getNodeParameter(name, fallback, { extractValue: true }) as unknown;
		try {
			const { send, settings } = await connect(this, provider, parameter);
			return await search({
				send,
				parameter,
				defaults: settings.defaults,
				filter,
				paginationToken: String(paginationToken),
			});
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}
