import { resolveOutputSchemaPath } from 'n8n-core';
import { zodToJsonSchema } from 'zod-to-json-schema';

import { formsOf, operations, type NodeOperation } from './operations';

/** An output schema as n8n reads it. */
export interface SchemaFile {
	path: string;
	schema: object;
}

/** The output schemas of the package: one for each operation, where the editor looks for it. */
export function schemaFiles(): SchemaFile[] {
	return operations.map((operation) => ({
		path: pathOf(operation),
		schema: toOutputSchema(operation),
	}));
}

function pathOf({ folder: nodeDir, node, ...place }: NodeOperation): string {
	const version = Number(node.description.version);
	const path = resolveOutputSchemaPath({ nodeDir, version, ...place });
	if (path === undefined) throw new Error(`n8n knows no place for a schema in ${nodeDir}`);
	return path;
}

/**
 * In the dialect of OpenAPI 3.0, which says with `nullable` what can be `null`: n8n's editor knows
 * no `anyOf`, and shows the fields of an object only if its `type` is nothing but "object".
 * @see `getSchemaForJsonSchema` in `useDataSchema.ts` of n8n's editor
 */
function toOutputSchema(operation: NodeOperation): object {
	const [shown] = formsOf(operation);
	// The converter's types are those of `zod`, which are the same as those of `zod/v3`.
	const zodObject = shown as unknown as Parameters<typeof zodToJsonSchema>[0];
	const schema = zodToJsonSchema(zodObject, { target: 'openApi3', $refStrategy: 'none' });
	// As n8n's own nodes have it in their output schemas.
	return { ...schema, version: 1 };
}
