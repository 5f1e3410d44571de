import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { connect } from '../http/connection';
import { editorReading } from './listReading';
import { toNodeError } from './nodeError';
import { nodeParameters } from './parameters';
import { typedParameters } from './typedParameters';
import type { CrawlProvider, Search } from '../provider';

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
		const parameter = typedParameters(nodeParameters(this), provider.jobProperties);
		try {
			const { send, settings } = await connect(this, provider, parameter);
			return await search({
				send,
				parameter,
				defaults: settings.defaults,
				reading: editorReading,
				filter,
				paginationToken: String(paginationToken),
			});
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}
