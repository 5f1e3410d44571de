import type { INodeProperties } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import { InvalidInputError } from '../shared/errors';
import { optionalId, requireId, textOf } from '../shared/input';
import { idOrList } from '../shared/node/fields';
import type { ReadParameter } from '../shared/provider';
import { DEFAULT_API_VERSION } from './api';
import type { WaitFor } from './status';

/** Which of the two credentials to use. The credentials are shown by its values. */
export const authenticationProperty: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'OAuth2', value: 'oAuth2' },
		{ name: 'Private Integration Token', value: 'privateIntegration' },
	],
	default: 'privateIntegration',
	description: 'Which kind of credential to use',
};

/** Shapes the requests and answers of every operation. */
export const apiVersionProperty: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: '2021-04-15', value: DEFAULT_API_VERSION },
		{ name: '2021-07-28', value: '2021-07-28' },
		{ name: '2023-02-21', value: '2023-02-21' },
		{ name: 'V3', value: 'v3' },
	],
	default: DEFAULT_API_VERSION,
	description:
		"The version of HighLevel's API to use. Change this only if HighLevel rejects the default version.",
};

/** What a success means: discovered pages can be trained, trained ones can answer questions. */
export const waitForProperty: INodeProperties = {
	displayName: 'Wait For',
	name: 'waitFor',
	type: 'options',
	options: [
		{
			name: 'Discovery',
			value: 'discovery',
			description: 'Done when HighLevel has found the pages',
		},
		{
			name: 'Training',
			value: 'training',
			description: 'Done when the pages have been trained',
		},
	],
	default: 'discovery',
	description: "Which of HighLevel's two phases has to be done",
};

/**
 * The operation's id; HighLevel cannot list operations, so there is nothing to choose from. One that
 * was started in HighLevel's own pages shows none, so that empty means the latest.
 */
export const operationIdProperty: INodeProperties = {
	displayName: 'Operation ID',
	name: 'operationId',
	type: 'string',
	default: '={{ $json.jobId }}',
	description:
		'By default, the crawl from the input item. Leave empty to use the latest crawl of the knowledge base.',
};

/** The sub-account; empty means the credential's. */
export function locationIdProperty(defaultValue: string): INodeProperties {
	return {
		displayName: 'Location ID',
		name: 'locationId',
		type: 'string',
		default: defaultValue,
		placeholder: 'e.g. tDtDnQdgm2LXpyiqYvZ6',
		description: 'The sub-account to work in. Leave empty to use the one in the credential.',
	};
}

/** The knowledge base: read from the input item by an expression, or else chosen from a list. */
export function knowledgeBaseProperty(initial = ''): INodeProperties {
	const isRead = initial !== '';
	return {
		displayName: 'Knowledge Base',
		name: 'knowledgeBaseId',
		// What is read is not: n8n would refuse the workflow, where a blank id is an error of its item.
		required: !isRead,
		description: isRead
			? 'By default, the knowledge base from the input item'
			: 'The knowledge base to add the pages to',
		...idOrList('searchHighLevelKnowledgeBases', initial, 'CCNPhKqSCkTOG8O7dtbq'),
	};
}

/** The ids that name a crawl, read from the item that *Start* or *Get Status* gives. */
export const referenceProperties: INodeProperties[] = [
	locationIdProperty('={{ $json.reference.locationId }}'),
	knowledgeBaseProperty('={{ $json.reference.knowledgeBaseId }}'),
	operationIdProperty,
];

/** How to ask for a crawl, and which of its phases counts. */
export const jobSettings: INodeProperties[] = [waitForProperty, apiVersionProperty];

/** All that names a crawl and says how to ask for it; read the ids with {@link readReference}. */
export const jobProperties: INodeProperties[] = [
	authenticationProperty,
	...referenceProperties,
	...jobSettings,
];

/** The knowledge base whose latest crawl counts, and how to ask for it. */
export const listProperties: INodeProperties[] = [
	authenticationProperty,
	locationIdProperty(''),
	{ ...knowledgeBaseProperty(), description: 'The knowledge base whose crawls to look for' },
	waitForProperty,
	apiVersionProperty,
];

/**
 * The sub-account to work in: the node's, else the credential's.
 * @throws {InvalidInputError} when neither says one
 */
export function readLocationId(parameter: ReadParameter, defaults: JobReference): string {
	const locationId =
		optionalId(parameter('locationId', ''), 'Location ID') ||
		optionalId(defaults.locationId, 'Location ID');
	if (locationId !== '') return locationId;
	throw new InvalidInputError(
		"'Location ID' is missing",
		'Fill it in here or in the credential. HighLevel shows it in the sub-account under Settings > Business Profile, and in the address bar after /location/. With OAuth2 it comes with the connection: connect again and choose a sub-account.',
	);
}

/**
 * The ids that name a knowledge base.
 * @throws {InvalidInputError} for one that is missing or malformed
 */
export function readKnowledgeBase(
	parameter: ReadParameter,
	defaults: JobReference,
): { locationId: string; knowledgeBaseId: string } {
	return {
		locationId: readLocationId(parameter, defaults),
		knowledgeBaseId: requireId(parameter('knowledgeBaseId'), 'Knowledge Base'),
	};
}

/**
 * The ids that name a crawl; an empty `operationId` stands for the latest of the knowledge base.
 * @throws {InvalidInputError} for one that is missing or malformed
 */
export function readReference(parameter: ReadParameter, defaults: JobReference): JobReference {
	return {
		...readKnowledgeBase(parameter, defaults),
		operationId: optionalId(parameter('operationId'), 'Operation ID'),
	};
}

/** Which part of the crawl the user wants done; the discovery unless told otherwise. */
export function readWaitFor(parameter: ReadParameter): WaitFor {
	return parameter('waitFor', 'discovery') === 'training' ? 'training' : 'discovery';
}

/** The chosen version of the API. */
export function readApiVersion(parameter: ReadParameter): string {
	return textOf(parameter('apiVersion', DEFAULT_API_VERSION));
}

/** Whether the newest version is chosen, whose requests know more than the older ones'. */
export function isVersion3(parameter: ReadParameter): boolean {
	return readApiVersion(parameter) === 'v3';
}
