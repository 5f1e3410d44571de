import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

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
		const parameter = parameterReader(this);
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

/**
 * Reads the parameters as they stand in the editor. It has no input item yet, so a parameter whose
 * expression reads one counts as empty.
 */
function parameterReader(context: ILoadOptionsFunctions): ReadParameter {
	return (name, fallback) => {
		try {
			return context.getNodeParameter(name, fallback, { extractValue: true }) as unknown;
		} catch {
			return fallback;
		}
	};
}
