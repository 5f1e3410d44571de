// Builds the package for all providers, with the entry for use outside n8n.
import { fileURLToPath } from 'node:url';

import { bundle } from './bundle.mjs';

await bundle({
	folder: fileURLToPath(new URL('..', import.meta.url)),
	entries: { outside: 'nodes/index.ts' },
});
