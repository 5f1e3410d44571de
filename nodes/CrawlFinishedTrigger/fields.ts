import type { INodeProperties } from 'n8n-workflow';

import { ownOptions, providerProperty, providersThat } from '../providerFields';
import { providers, requireProvider } from '../providers';
import type { CrawlStatus } from '../shared/crawlJob';
import { textOf } from '../shared/input';
import { includeRawOption, optionsProperty, showFor } from '../shared/node/fields';
import { typedParameters } from '../shared/node/typedParameters';
import type { CrawlProvider, ReadParameter } from '../shared/provider';

const outcomesProperty: INodeProperties = {
	displayName: 'Outcomes',
	name: 'outcomes',
	type: 'multiOptions',
	options: [
		{ name: 'Cancelled', value: 'cancelled' },
		{ name: 'Failed', value: 'failed' },
		{ name: 'Succeeded', value: 'succeeded' },
	],
	default: ['succeeded', 'failed', 'cancelled'],
	description: 'The outcomes of a crawl that start the workflow',
};

const triggerOptionsProperty = optionsProperty([
	{
		displayName: 'Emit Crawls That Ended Before',
		name: 'emitEnded',
		type: 'boolean',
		default: false,
		description:
			'Whether to also start the workflow for crawls that had ended before it was activated',
	},
	includeRawOption,
	{
		displayName: 'Return Pages',
		name: 'returnPages',
		type: 'boolean',
		default: false,
		displayOptions: providersThat((provider) => provider.listPages !== undefined),
		description: "Whether to add the crawled pages in the field 'pages'",
	},
	...ownOptions,
]);

const listProperties = providers.flatMap((provider) =>
	showFor(provider.listProperties, { provider: [provider.id] }),
);

/** The fields of the trigger, in the order of the editor. */
export const triggerProperties: INodeProperties[] = [
	providerProperty,
	...listProperties,
	outcomesProperty,
	triggerOptionsProperty,
];

/** What the user has chosen. */
export interface TriggerSettings {
	provider: CrawlProvider;
	/** Reads the fields of this provider. */
	parameter: ReadParameter;
	outcomes: ReadonlySet<CrawlStatus>;
	emitEnded: boolean;
	includeRaw: boolean;
	returnPages: boolean;
}

interface OptionValues {
	emitEnded?: boolean;
	includeRaw?: boolean;
	returnPages?: boolean;
}

/**
 * Reads the fields of the trigger.
 * @throws {InvalidInputError} for a value that a field cannot hold
 */
export function readTriggerSettings(given: ReadParameter): TriggerSettings {
	const id = typedParameters(given, [providerProperty])('provider');
	const provider = requireProvider(textOf(id));
	const parameter = typedParameters(given, [
		...provider.listProperties,
		outcomesProperty,
		triggerOptionsProperty,
	]);
	const options = parameter('options', {}) as OptionValues;
	return {
		provider,
		parameter,
		outcomes: new Set(parameter('outcomes') as CrawlStatus[]),
		emitEnded: options.emitEnded === true,
		includeRaw: options.includeRaw === true,
		returnPages: options.returnPages === true && provider.listPages !== undefined,
	};
}
