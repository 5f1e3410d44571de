import {
	NodeHelpers,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
	type NodeParameterValueType,
} from 'n8n-workflow';

import { textOf } from '../../../nodes/shared/input';
import { registeredNodes } from '../engine/packageTypes';
import { newestVersion } from '../shownFields';
import { pageId } from '../simulator/page';
import { defaultIds } from '../simulator/settings';
import { JOB_ID, RUNNING_ID, SITE, type SavedNode } from './savedWorkflow';

const PAGE_ID = pageId(JOB_ID, 'https://example.com/');

/** What a person enters into the fields that have to be filled in, by their names. */
const ENTERED: INodeParameters = {
	url: SITE,
	urls: SITE,
	starterLinks: SITE,
	urlIds: PAGE_ID,
	pageId: PAGE_ID,
	applicationName: 'Handbook',
};

/** Other values than the default, where the next number or the last choice is none. */
const OTHER: INodeParameters = {
	// The simulator accepts the other credential of HighLevel; and its crawl is never trained.
	authentication: undefined,
	waitFor: undefined,
	additionalFields: '{ "depth": 2 }',
	applicationVersion: '2.0',
	nameContains: 'sim',
	newSessionId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
	proxyCountry: 'DE',
	statusMap: '{ "archived": "succeeded" }',
	toAgentIds: ['agent1'],
	unMatchers: 'https://example.com/blog/*',
	urlContains: 'example',
	urlMatchers: 'https://example.com/docs/*',
	webhook: {
		settings: {
			url: 'https://127.0.0.1:9/crawls',
			events: ['job_failed'],
			headers: { header: [{ name: 'X-Source', value: 'n8n' }] },
		},
	},
	preSelectedUrls: 'https://example.com/docs',
};

/** Where a crawl is, by its provider. */
const REFERENCES: Record<string, (jobId: string) => INodeParameters> = {
	highLevel: (operationId) => ({ ...defaultIds.highLevel, operationId }),
	convocore: (jobId) => ({ ...defaultIds.convocore, jobId }),
	geonode: (jobId) => ({ jobId }),
	midPilot: (jobId) => ({ ...defaultIds.midPilot, jobId }),
	pathors: (jobId) => ({ ...defaultIds.pathors, jobId }),
};

/**
 * Every node with every operation, or with every provider and wait mode, as n8n saves it: once with
 * nothing but what has to be filled in, and once with another value than the default in every field.
 */
export function allNodes(): SavedNode[] {
	return registeredNodes
		.filter(({ node }) => node.execute !== undefined)
		.flatMap(({ type, node: { description } }) =>
			choicesOf(description).flatMap((choice) =>
				['plain', 'full'].map((variant) => {
					const typeVersion = newestVersion(description);
					const node: INode = {
						id: `${description.name} ${Object.values(choice).join(' ')} ${variant}`,
						name: `${description.displayName}: ${Object.values(choice).join(' ')}, ${variant}`,
						type,
						typeVersion,
						position: [0, 0],
						parameters: {},
					};
					const provider = providerOf(description, choice);
					const ids = { ...ENTERED, ...REFERENCES[provider]?.(JOB_ID) };
					const fill = variant === 'plain' ? entered(ids) : other(ids);
					const values = { ...valuesOf(description.properties, fill), ...choice };
					const parameters = NodeHelpers.getNodeParameters(
						description.properties,
						values,
						false,
						false,
						node,
						description,
					);
					return {
						node: { ...node, parameters: parameters ?? {} },
						item: itemOf(provider, choice),
					};
				}),
			),
		);
}

/** The values of the fields that choose what a node does, by their names. */
type Choice = Record<string, string>;

/** The provider of a node, or that of what it is set to. */
function providerOf({ name }: INodeTypeDescription, { provider }: Choice): string {
	const ids = Object.keys(REFERENCES);
	return ids.find((id) => id === provider || name.startsWith(id)) ?? 'geonode';
}

/** The item of a crawl that has ended, or that is there to be canceled. */
function itemOf(provider: string, { operation }: Choice): IDataObject {
	const jobId = operation === 'cancel' ? RUNNING_ID : JOB_ID;
	const reference = { ...REFERENCES[provider]?.(jobId), pageId: PAGE_ID };
	return { provider, jobId, id: PAGE_ID, reference };
}

function choicesOf({ properties }: INodeTypeDescription): Choice[] {
	const operations = properties.filter(({ name }) => name === 'operation');
	if (operations.length > 0) {
		return operations.flatMap((property) =>
			optionsOf(property).flatMap((operation) =>
				(property.displayOptions?.show?.resource ?? []).map((resource) => ({
					resource: textOf(resource),
					operation,
				})),
			),
		);
	}
	const options = (name: string) => optionsOf(properties.find((field) => field.name === name));
	return options('provider').flatMap((provider) =>
		options('waitMode').map((waitMode) => ({ provider, waitMode })),
	);
}

function optionsOf({ options = [] }: Partial<INodeProperties> = {}): string[] {
	return options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
}

type Fill = (property: INodeProperties) => NodeParameterValueType | undefined;

function valuesOf(properties: readonly INodeProperties[], fill: Fill): INodeParameters {
	return Object.fromEntries(
		properties.flatMap((property) => {
			const value = fill(property);
			return value === undefined ? [] : [[property.name, value]];
		}),
	);
}

/** What has to be entered; nothing where the default finds it in the item. */
const entered =
	(values: INodeParameters): Fill =>
	({ name, type, default: initial }) => {
		const value = values[name];
		const isLocator = type === 'resourceLocator';
		const suggested = isLocator ? (initial as { value?: unknown }).value : initial;
		if (value === undefined || textOf(suggested).startsWith('=')) return undefined;
		return isLocator ? { __rl: true, mode: 'id', value: textOf(value) } : value;
	};

/** Another value than the default. */
const other =
	(values: INodeParameters): Fill =>
	(property) => {
		const { name, type, default: initial, options = [], typeOptions = {} } = property;
		if (name in OTHER) return OTHER[name];
		if (name in values) return entered(values)(property);
		switch (type) {
			case 'boolean':
				return initial !== true;
			case 'number':
				return Math.min(Number(initial) + 1, typeOptions.maxValue ?? Infinity);
			case 'options':
				return optionsOf(property).at(-1);
			case 'multiOptions':
				return optionsOf(property);
			case 'collection':
				return valuesOf(options.filter(isField), other(values));
			default:
				return undefined;
		}
	};

function isField(option: object): option is INodeProperties {
	return 'type' in option;
}
