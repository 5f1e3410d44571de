import { resolveOutputSchemaPath } from 'n8n-core';
import { zodToJsonSchema } from 'zod-to-json-schema';

import { formsOf, operations, type NodeOperation } from './operations';

/** An output schema as n8n reads it. */
export interface SchemaFile {
	path: string;
	schema: object;
}

/** The output schemas of the package: one for each operation and version, where the editor looks for it. */
export function schemaFiles(): SchemaFile[] {
	return operations.flatMap((operation) =>
		[operation.node.description.version].flat().map((version) => ({
			path: pathOf(operation, version),
			schema: toOutputSchema(operation),
		})),
	);
}

function pathOf({ folder: nodeDir, ...place }: NodeOperation, version: number): string {
	const path = resolveOutputSchemaPath({ ...place, nodeDir, version });
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
