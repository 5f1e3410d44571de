import type { INodeProperties } from 'n8n-workflow';

import { ownOptions, providerProperty, providersThat } from '../providerFields';
import { providers } from '../providers';
import { requireProvider } from '../requireProvider';
import type { CrawlStatus } from '../shared/crawlJob';
import { textOf } from '../shared/input';
import { includeRawOption, optionsProperty, showFor } from '../shared/node/fields';
import { typedParameters } from '../shared/node/typedParameters';
import type { CrawlProvider, ReadParameter } from '../shared/provider';
import type { Push } from '../shared/push';

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

const pushProviders = providers.filter(({ push }) => push !== undefined);

const pushProperty: INodeProperties = {
	displayName: 'Push',
	name: 'push',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether the provider also tells n8n when a crawl may have ended, so that the workflow starts sooner. The trigger keeps polling all the same.',
	displayOptions: { show: { provider: pushProviders.map(({ id }) => id) } },
};

const pushProperties = pushProviders.flatMap(({ id, push }) =>
	showFor(push?.properties ?? [], { provider: [id], push: [true] }),
);

const listProperties = providers.flatMap((provider) =>
	showFor(provider.listProperties, { provider: [provider.id] }),
);

/** The fields of the trigger, in the order of the editor. */
export const triggerProperties: INodeProperties[] = [
	providerProperty,
	...listProperties,
	outcomesProperty,
	pushProperty,
	...pushProperties,
	triggerOptionsProperty,
];

/** What the user has chosen. */
export interface TriggerSettings {
	provider: CrawlProvider;
	/** Reads the fields of this provider. */
	parameter: ReadParameter;
	outcomes: ReadonlySet<CrawlStatus>;
	/** How the provider can tell of an end; `null` where push is off. */
	push: Push | null;
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
		...(provider.push?.properties ?? []),
		outcomesProperty,
		pushProperty,
		triggerOptionsProperty,
	]);
	const options = parameter('options', {}) as OptionValues;
	return {
		provider,
		parameter,
		outcomes: new Set(parameter('outcomes') as CrawlStatus[]),
		push: (parameter('push', false) === true && provider.push) || null,
		emitEnded: options.emitEnded === true,
		includeRaw: options.includeRaw === true,
		returnPages: options.returnPages === true && provider.listPages !== undefined,
	};
}

/**
 * The settings with the fields of a poll read at once. A poll that goes on while n8n ends another one
 * would find expressions that cannot be evaluated any more, and take their fields for empty (core:
 * `execution-engine/poll-trigger-executor.js` releases the isolate of the workflow's expressions).
 */
export function withFieldsRead(settings: TriggerSettings): TriggerSettings {
	const fields = [...settings.provider.listProperties, triggerOptionsProperty];
	const values = new Map(fields.map(({ name }) => [name, settings.parameter(name)]));
	return { ...settings, parameter: (name, fallback) => values.get(name) ?? fallback };
}
