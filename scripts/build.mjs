// Builds the package for all providers, with the entry for use outside n8n.
import { fileURLToPath } from 'node:url';

import { bundle } from './bundle.mjs';

const ENTRY = 'nodes/index';

await bundle({
	folder: fileURLToPath(new URL('..', import.meta.url)),
	exported: [
		['normalizeCrawlJob', ENTRY],
		['providers', ENTRY],
	],
});
