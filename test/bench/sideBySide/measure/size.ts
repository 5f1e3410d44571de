import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { Peer } from '../peer';

const N8N_NODES = 'n8n-nodes-base';

/**
 * The size of a peer's package as it is installed, in bytes, without declarations.
 * @returns null for nodes that come with n8n
 */
export function measureSize({ nodes, published }: Peer): number | null {
	const [source] = published ?? nodes.map((node) => node.source);
	if (source === undefined || source.packageFolder.endsWith(N8N_NODES)) return null;
	// A repository has more than what it publishes, also in this folder: declarations.
	return bytesIn(join(source.packageFolder, 'dist'));
}

function bytesIn(folder: string): number {
	const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
	return entries
		.filter((entry) => entry.isFile() && !entry.name.endsWith('.d.ts'))
		.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
