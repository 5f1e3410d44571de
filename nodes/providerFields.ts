import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { providers } from './providers';
import { showFor } from './shared/node/fields';
import type { CrawlProvider } from './shared/provider';

const DEFAULT_PROVIDER = providers[0]?.id ?? '';

/** The choice of the provider, on the nodes that work with all of them. */
export const providerProperty: INodeProperties = {
	displayName: 'Provider',
	name: 'provider',
	type: 'options',
	noDataExpression: true,
	options: providers.map(({ id, displayName }) => ({ name: displayName, value: id })),
	default: DEFAULT_PROVIDER,
	description: 'The service that runs the crawl',
};

/** Shows an option for the providers that can do something. */
export function providersThat(can: (provider: CrawlProvider) => boolean): IDisplayOptions {
	return { show: { '/provider': providers.filter(can).map((provider) => provider.id) } };
}

/** The options of single providers. */
export const ownOptions: INodeProperties[] = providers.flatMap((provider) =>
	showFor(provider.waitOptions ?? [], { '/provider': [provider.id] }),
);
