import type { INodeProperties } from 'n8n-workflow';

import { optionsProperty, showFor } from '../node/fields';
import type { JointOperation, ResourceOperation } from '../node/operations';
import type { CrawlProvider } from '../provider';
import { isFor, onFailedCrawlOption, waitOptions } from './options';
import { FINISHING_MODES, waitModeProperties } from './waitModes';
import { OPERATION, startAndWait } from './startingNode';

/*
 * *Start and Wait*: the operation *Start* of a provider's node, and the wait of the wait node, in one.
 * The helper executions of a durable wait run in nodes of the same type.
 */

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
		async runAll(context) {
			return await startAndWait(context, provider, start, options);
		},
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
