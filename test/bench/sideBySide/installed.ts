import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ensureN8n } from '../../support/n8n/install';
import { locateInstallation } from '../../support/n8n/installation';
import { ensureLocked } from '../../support/versions/locked';

/** Where the code of the peers lies; all paths are absolute. */
export interface InstalledPeers {
	/** n8n's own nodes: those of the n8n that the end-to-end tests run. */
	n8nNodes: string;
	/** The `node_modules` with the packages of others. */
	others: string;
}

/**
 * Installs the peers into the cache, once: n8n with its own nodes, and what `packages` locks.
 * @throws Error that says what to do
 */
export async function ensurePeers(): Promise<InstalledPeers> {
	await ensureN8n();
	const folder = await ensureLocked({
		folder: join(__dirname, 'packages'),
		name: 'peers',
		title: 'the peers of the bench',
	});
	return { n8nNodes: n8nNodesFolder(), others: join(folder, 'node_modules') };
}

/** Whether there is nothing to install but small packages. */
export function isN8nInstalled(): boolean {
	return existsSync(n8nNodesFolder());
}

function n8nNodesFolder(): string {
	return join(locateInstallation().folder, 'node_modules', 'n8n-nodes-base');
}
