import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { registeredNodes } from '../support/engine/packageTypes';

/** The description of a node of this package, by its internal name. */
export function describedNode(name: string): INodeTypeDescription {
	const found = registeredNodes.find(({ node }) => node.description.name === name);
	if (!found) throw new Error(`No node ${name}`);
	return found.node.description;
}

/** What the editor shows for an option of a drop-down field. */
export function optionName(
	{ properties }: INodeTypeDescription,
	field: string,
	value: string,
): string {
	return describedOption(properties, field, value).name;
}

/** What the editor shows for an operation in its search for nodes. */
export function actionOf(
	{ properties }: INodeTypeDescription,
	resource: string,
	operation: string,
): string {
	const ofResource = properties.filter(({ displayOptions }) =>
		displayOptions?.show?.resource?.includes(resource),
	);
	const { action } = describedOption(ofResource, 'operation', operation);
	if (action === undefined) throw new Error(`${resource}: ${operation} has no action`);
	return action;
}

function describedOption(
	properties: INodeProperties[],
	field: string,
	value: string,
): INodePropertyOptions {
	const options = properties
		.filter(({ name }) => name === field)
		.flatMap((property) => (property.options ?? []) as INodePropertyOptions[]);
	const option = options.find((candidate) => candidate.value === value);
	if (!option) throw new Error(`The field ${field} has no option ${value}`);
	return option;
}
