import { readdirSync } from 'node:fs';

import { ensureLocked } from './locked';

/** The versions of n8n-core that the tests run on besides that of `npm test`, oldest first. */
export const ENGINE_VERSIONS: readonly string[] = readdirSync(__dirname, { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
	.map(({ name }) => name)
	.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/**
 * Installs a locked n8n-core into the cache, once, with the n8n-workflow that it brings.
 * @returns the folder with its `node_modules`
 * @throws Error that says what to do and how the log ends
 */
export async function ensureEngine(version: string): Promise<string> {
	return await ensureLocked({
		folder: version,
		name: `engine-${version}`,
		title: `n8n-core ${version}`,
	});
}
