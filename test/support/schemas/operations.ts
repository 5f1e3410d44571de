import type { INodeProperties } from 'n8n-workflow';
import { join } from 'node:path';

import { textOf } from '../../../nodes/shared/input';
import type { ItemForms, OutputSchemas } from '../../../nodes/shared/outputSchemas';
import { registeredNodes, type PackageNode } from '../engine/packageTypes';

/** An operation that a registered node offers in the editor; a node without any counts as one. */
export interface NodeOperation extends PackageNode {
	resource?: string;
	operation?: string;
}

/** All operations of the package. */
export const operations: readonly NodeOperation[] = registeredNodes.flatMap(
	(registered): NodeOperation[] => {
		const { properties } = registered.node.description;
		const choices = properties
			.filter(({ name }) => name === 'operation')
			.flatMap((property) =>
				(property.displayOptions?.show?.resource ?? []).flatMap((resource) =>
					valuesOf(property).map((operation) => ({ resource: textOf(resource), operation })),
				),
			);
		return choices.length > 0
			? choices.map((choice) => ({ ...registered, ...choice }))
			: [registered];
	},
);

function valuesOf({ options = [] }: INodeProperties): string[] {
	return options.flatMap((option) => ('value' in option ? String(option.value) : []));
}

/**
 * What the items of an operation look like, by the `outputSchemas.ts` in its node's folder.
 * @throws when that does not say it
 */
export function formsOf({ folder, resource = '', operation = '' }: NodeOperation): ItemForms {
	const file = join(folder, 'outputSchemas.ts');
	// Which nodes there are is data, so this cannot be an import statement.
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const { outputSchemas } = require(file) as { outputSchemas: OutputSchemas };
	const forms = isForms(outputSchemas) ? outputSchemas : outputSchemas[resource]?.[operation];
	if (forms === undefined) throw new Error(`${file} has no ${resource}.${operation}`);
	return forms;
}

function isForms(schemas: OutputSchemas): schemas is ItemForms {
	return Array.isArray(schemas);
}
