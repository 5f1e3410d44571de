import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	NodeParameterValueType,
} from 'n8n-workflow';

import { shownFor } from '../support/docs/nodeFields';
import { registeredNodes, type PackageNode } from '../support/engine/packageTypes';

/** A node with some of its fields. */
export interface Panel {
	name: string;
	type: string;
	typeVersion: number;
	parameters: INodeParameters;
	isFilled: boolean;
}

/**
 * Every panel of every node: as it is when the node has just been added, and with every field and
 * option of each of its operations, or of each provider.
 */
export const PANELS: readonly Panel[] = registeredNodes.flatMap((registered) => [
	panelOf(registered, 'empty', {}, false),
	...choicesOf(registered.node.description.properties).map(([title, choice]) =>
		panelOf(registered, title, choice, true),
	),
]);

type Choice = [title: string, parameters: INodeParameters];

function panelOf(
	{ type, node }: PackageNode,
	title: string,
	choice: INodeParameters,
	isFilled: boolean,
): Panel {
	const { displayName, properties, version, defaultVersion } = node.description;
	return {
		name: `${displayName}, ${title}`,
		type,
		typeVersion: defaultVersion ?? [version].flat().at(-1) ?? 1,
		parameters: { ...(isFilled && filledFields(properties)), ...choice },
		isFilled,
	};
}

/** What the other fields depend on: the provider, or the resource and its operation. */
function choicesOf(properties: INodeProperties[]): Choice[] {
	const values = (field: INodeProperties) =>
		(field.options as INodePropertyOptions[]).map(({ value }) => value);
	const named = (name: string) => properties.filter((property) => property.name === name);
	const ofProviders = named('provider').flatMap(values).map(choice('provider'));
	const ofOperations = named('operation').flatMap((field) =>
		shownFor(field, 'resource').flatMap((resource) =>
			values(field).map(
				(operation): Choice => [`${resource} ${operation}`, { resource, operation }],
			),
		),
	);
	return [...ofProviders, ...ofOperations];
}

function choice(field: string): (value: string | number | boolean) => Choice {
	return (value) => [String(value), { [field]: value }];
}

function filledFields(properties: INodeProperties[]): INodeParameters {
	return Object.fromEntries(properties.map((property) => [property.name, filled(property)]));
}

function filled(property: INodeProperties): NodeParameterValueType {
	if (property.type === 'collection') {
		return filledFields((property.options ?? []) as INodeProperties[]);
	}
	if (property.type === 'fixedCollection') {
		const groups = (property.options ?? []) as INodePropertyCollection[];
		const isList = property.typeOptions?.multipleValues === true;
		const entry = ({ values }: INodePropertyCollection) =>
			isList ? [filledFields(values)] : filledFields(values);
		return Object.fromEntries(groups.map((group) => [group.name, entry(group)]));
	}
	if (property.type === 'string' && property.default === '') return 'https://example.com';
	// The mode that has the most to say.
	return property.name === 'waitMode' ? 'durable' : property.default;
}
