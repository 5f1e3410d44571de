import type { INodeProperties } from 'n8n-workflow';

import { AUTOMATIC, ownOptions, providersThat } from '../providerFields';
import { providers } from '../providers';
import { isFor, waitOptions } from '../shared/crawlWait/options';
import { optionsProperty, showFor } from '../shared/node/fields';

/** Options that have no effect at some of the providers. */
const partialOptions = waitOptions.filter(
	(option) => !providers.every((provider) => isFor(option, provider)),
);

/** Where the provider comes from the item, there are no fields but the options for what is its own. */
const automaticOptions: INodeProperties[] = [
	...partialOptions,
	...providers.flatMap(({ displayName, jobSettings = [], waitOptions: own = [] }) =>
		[...own, ...jobSettings].map((option) => ({
			...option,
			displayName: `${option.displayName} (${displayName})`,
		})),
	),
];

/** The field *Options*, including the options of single providers. */
export const waitOptionsProperty: INodeProperties = optionsProperty([
	...waitOptions.filter((option) => !partialOptions.includes(option)),
	...partialOptions.map((option) => ({
		...option,
		displayOptions: providersThat((provider) => isFor(option, provider)),
	})),
	...ownOptions,
	...showFor(automaticOptions, { '/provider': [AUTOMATIC] }),
]);
