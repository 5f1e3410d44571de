import type { IExecuteFunctions, INodeParameters, INodeProperties } from 'n8n-workflow';

import type { CrawlJob } from '../crawlJob';
import { AdvisedError } from '../errors';
import { connect } from '../http/connection';
import { optionsProperty, showFor } from '../node/fields';
import { operationReading } from '../node/listReading';
import type { JointOperation, ResourceOperation } from '../node/operations';
import { itemParameters, recorded } from '../node/parameters';
import { typedParameters } from '../node/typedParameters';
import type { CrawlProvider, ReadParameter } from '../provider';
import { isFor, onFailedCrawlOption, waitOptions } from './options';
import { waitForCrawls } from './run';
import { saveStart, startedFor } from './starts';
import type { WaitingItem, WaitingNode } from './waitingNode';
import { FINISHING_MODES, waitModeProperties } from './waitModes';

/*
 * *Start and Wait*: the operation *Start* of a provider's node, and the wait of the wait node, in one.
 * The helper executions of a durable wait run in nodes of the same type.
 */

const RESOURCE = 'crawl';
const OPERATION = 'startAndWait';

/**
 * The operation of a provider.
 * @param settings the fields of *Wait For* and the like, which say what a status means
 */
export function startAndWaitOperation(
	provider: CrawlProvider,
	start: ResourceOperation,
	settings: INodeProperties[] = [],
): JointOperation {
	const options = optionsOf(provider);
	const node = startingNode(provider, start, options);
	return {
		name: 'Start and Wait',
		value: OPERATION,
		action: 'Start crawl and wait until it is done',
		description: 'Start a crawl, wait until it has ended, and return it with its outcome',
		properties: [
			...start.properties.filter(({ name }) => name !== 'options').flatMap(shownToPeople),
			...settings,
			...waitModeProperties(FINISHING_MODES),
			optionsProperty([...startOptions(start), ...options]),
		],
		runAll: async (context) => await waitForCrawls(context, node),
	};
}

function optionsOf(provider: CrawlProvider): INodeProperties[] {
	return [
		...waitOptions.filter((option) => isFor(option, provider)),
		onFailedCrawlOption,
		...(provider.waitOptions ?? []),
	];
}

/** The options of *Start*, each under the condition of them all. */
function startOptions({ properties }: ResourceOperation): INodeProperties[] {
	return properties
		.filter(({ name }) => name === 'options')
		.flatMap(({ options = [], displayOptions }) => {
			const conditions = Object.entries(displayOptions?.show ?? {});
			const show = Object.fromEntries(conditions.map(([name, is]) => [`/${name}`, is]));
			const fields = options.filter((option) => 'type' in option);
			return conditions.length === 0 ? fields : showFor(fields, show);
		});
}

/**
 * n8n runs no node in which a required field that it shows is empty. The helper executions have wait
 * modes of their own, and none of these fields.
 */
function shownToPeople(property: INodeProperties): INodeProperties[] {
	if (property.required !== true) return [property];
	return showFor([property], { waitMode: FINISHING_MODES.map(({ value }) => value) });
}

function startingNode(
	provider: CrawlProvider,
	start: ResourceOperation,
	options: INodeProperties[],
): WaitingNode {
	const settingsOf = (context: IExecuteFunctions): ReadParameter =>
		typedParameters(itemParameters(context, 0), provider.jobProperties);
	return {
		hasBranches: false,
		waitModes: FINISHING_MODES,
		providerOf: () => provider,
		savedProvider: () => provider,
		// Without the options of Start: what is read here is saved with the wait, and they can hold secrets.
		parametersOf: (context, itemIndex) =>
			typedParameters(itemParameters(context, itemIndex), [
				...provider.jobProperties,
				optionsProperty(options),
			]),
		connect: async (context) => await connect(context, provider, settingsOf(context)),
		referenceOf: async (item) => {
			const crawl = startedFor(item.context, item.itemIndex) ?? (await startCrawl(item, start));
			if (crawl.jobId !== '') return crawl.reference;
			throw new AdvisedError(
				'The crawl was started, but cannot be waited for without its ID',
				`${crawl.warnings.join(' ')} Then use 'Get Status', or the node 'Wait Until Crawl Done'.`,
			);
		},
		helperParameters(context) {
			const parameters: INodeParameters = { resource: RESOURCE, operation: OPERATION };
			const parameter = recorded(settingsOf(context), parameters);
			provider.credentialType(parameter);
			provider.requestHeaders?.(parameter);
			return parameters;
		},
	};
}

/** Starts an item's crawl, and remembers it before anything else can fail. */
async function startCrawl(
	{ context, itemIndex, provider, connection }: WaitingItem,
	start: ResourceOperation,
): Promise<CrawlJob> {
	const [crawl] = (await start.run({
		parameter: typedParameters(itemParameters(context, itemIndex), [
			...provider.jobProperties,
			...start.properties,
		]),
		send: connection.send,
		defaults: connection.settings.defaults,
		reading: operationReading(context),
	})) as [CrawlJob];
	saveStart(context, itemIndex, crawl);
	return crawl;
}
