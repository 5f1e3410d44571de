import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
	NodeParameterValueType,
} from 'n8n-workflow';

import { registeredNodes, type PackageNode } from '../support/engine/packageTypes';
import { isShown, newestVersion, shownFor, type Shown } from '../support/shownFields';

/** The fields that decide which others are shown. */
const CHOICES = ['provider', 'resource', 'operation'];

/** A node with some of its fields. */
export interface Panel {
	name: string;
	type: string;
	typeVersion: number;
	parameters: INodeParameters;
	isFilled: boolean;
}

/**
 * Every panel of every node: as it is when the node has just been added, which comes first, and with
 * every field and option of each of its operations, or of each provider. Beside them the drop-down
 * fields of the first panel, of which the choices are described.
 */
export const PANELS_BY_NODE: ReadonlyArray<
	[node: string, panels: [Panel, ...Panel[]], described: string[]]
> = registeredNodes.map((registered) => {
	const { description } = registered.node;
	return [
		description.displayName,
		[
			panelOf(registered, 'empty', {}, false),
			...choicesOf(description.properties).map(([title, choice]) =>
				panelOf(registered, title, choice, true),
			),
		],
		describedChoices(description),
	];
});

/** The drop-down fields of a node that has just been added, of which the choices are described. */
function describedChoices(description: INodeTypeDescription): string[] {
	const shown: Shown = { '@version': newestVersion(description) };
	for (const property of description.properties) {
		const { name, default: value } = property;
		const isChoice = CHOICES.includes(name) && typeof value === 'string';
		if (isChoice && isShown(property, shown)) shown[name] ??= value;
	}
	return description.properties
		.filter((property) => property.type === 'options' && isShown(property, shown))
		.filter(({ options = [] }) => options.some((option) => 'description' in option))
		.map(({ name }) => name);
}

type Choice = [title: string, parameters: Record<string, string>];

function panelOf(
	{ type, node }: PackageNode,
	title: string,
	choice: Record<string, string>,
	isFilled: boolean,
): Panel {
	const { displayName, properties } = node.description;
	const typeVersion = newestVersion(node.description);
	const shown = { ...choice, '@version': typeVersion };
	return {
		name: `${displayName}, ${title}`,
		type,
		typeVersion,
		parameters: { ...(isFilled && filledFields(properties, shown)), ...choice },
		isFilled,
	};
}

/** What the other fields depend on: the provider, or the resource and its operation. */
function choicesOf(properties: INodeProperties[]): Choice[] {
	const named = (name: string) => properties.filter((property) => property.name === name);
	const ofProviders = named('provider').flatMap(valuesOf);
	const ofOperations = named('operation').flatMap((field) =>
		shownFor(field, 'resource').flatMap((resource) =>
			valuesOf(field).map(
				(operation): Choice => [`${resource} ${operation}`, { resource, operation }],
			),
		),
	);
	return [
		...[...new Set(ofProviders)].map((provider): Choice => [provider, { provider }]),
		...ofOperations,
	];
}

function valuesOf({ options = [] }: INodeProperties): string[] {
	return (options as INodePropertyOptions[]).map(({ value }) => String(value));
}

function filledFields(properties: INodeProperties[], shown: Shown): INodeParameters {
	const fields = properties.filter((property) => isShown(property, shown));
	return Object.fromEntries(fields.map((property) => [property.name, filled(property, shown)]));
}

function filled(property: INodeProperties, shown: Shown): NodeParameterValueType {
	const { name, type, options = [], default: value, typeOptions } = property;
	if (type === 'collection') return filledFields(options as INodeProperties[], shown);
	if (type === 'fixedCollection') {
		const groups = options as INodePropertyCollection[];
		const entry = ({ values }: INodePropertyCollection) => {
			const fields = filledFields(values, shown);
			return typeOptions?.multipleValues === true ? [fields] : fields;
		};
		return Object.fromEntries(groups.map((group) => [group.name, entry(group)]));
	}
	if (type === 'resourceLocator') return { ...(value as object), __rl: true } as typeof value;
	if (type === 'string' && value === '') return 'https://example.com';
	// The mode that has the most to say.
	return name === 'waitMode' ? 'durable' : value;
}
