import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { providers } from './providers';
import { showFor } from './shared/node/fields';
import type { CrawlProvider } from './shared/provider';

const DEFAULT_PROVIDER = providers[0]?.id ?? '';

/** In a package for one provider, there is nothing to choose. */
const hasChoice = providers.length > 1;

const choices: INodePropertyOptions[] = providers.map(({ id, displayName }) => ({
	name: displayName,
	value: id,
}));

/** The choice of the provider, on the nodes that work with all of them. */
export const providerProperty: INodeProperties = {
	displayName: 'Provider',
	name: 'provider',
	type: hasChoice ? 'options' : 'hidden',
	noDataExpression: true,
	options: choices,
	default: DEFAULT_PROVIDER,
	description: 'The service that runs the crawl',
};

/** In place of a provider's id: the one that each item names, as the items of this package do. */
export const AUTOMATIC = 'automatic';

/**
 * The same choice, with *Automatic* in it. A workflow of the first version of the node keeps the
 * default that it was saved with.
 */
export const automaticProviderProperties: INodeProperties[] = [
	{ version: 1, initial: DEFAULT_PROVIDER },
	{ version: 1.1, initial: AUTOMATIC },
].map(({ version, initial }) => ({
	...providerProperty,
	displayOptions: { show: { '@version': [version] } },
	options: [
		{
			name: 'Automatic',
			value: AUTOMATIC,
			description: 'The service named in the input item, as in items from the crawler nodes',
		},
		...choices,
	],
	default: initial,
}));

/** Shows an option for the providers that can do something. */
export function providersThat(can: (provider: CrawlProvider) => boolean): IDisplayOptions {
	return { show: { '/provider': providers.filter(can).map((provider) => provider.id) } };
}

/** The options of single providers. */
export const ownOptions: INodeProperties[] = providers.flatMap((provider) =>
	showFor(provider.waitOptions ?? [], { '/provider': [provider.id] }),
);

/** The name of a node for all providers; in a package for one, with the name of that. */
export function nameOfNode(name: string): string {
	return hasChoice ? name : `${providers[0]?.displayName} ${name}`;
}
