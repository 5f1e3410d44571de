/**
 * Writes the output schemas (`nodes/<Node>/__schema__/`) that n8n reads, from the `outputSchemas.ts`
 * beside each of these folders: npm run schemas
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { registeredNodes } from '../test/support/engine/packageTypes';
import { schemaFiles } from '../test/support/schemas/schemaFiles';

const files = schemaFiles();
for (const { folder } of registeredNodes) {
	rmSync(join(folder, '__schema__'), { recursive: true, force: true });
}
for (const { path, schema } of files) {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, `${JSON.stringify(schema, null, '\t')}\n`);
}
console.log(`${files.length} output schemas`);
