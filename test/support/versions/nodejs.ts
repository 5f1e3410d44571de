import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { optionalDependencies } from './nodejs/package.json';
import { ensureLocked } from './locked';

const PLATFORM = `${process.platform}-${process.arch}`;

/** The versions of Node that the tests run on, such as "node-20", oldest first. */
export const NODE_VERSIONS: readonly string[] = [
	...new Set(Object.keys(optionalDependencies).map((name) => name.replace(/^(node-\d+)-.*/, '$1'))),
];

/** A Node on this machine. */
export interface InstalledNode {
	/** Such as "v20.20.2". */
	version: string;
	/** The absolute path of the folder with its command. */
	bin: string;
}

/**
 * Installs the locked versions of Node into the cache, once, from the registry of npm.
 * @returns each by its name; or why there is none, where nobody has made a mistake: for want of a
 * network, or on a platform for which the registry has none
 * @throws Error that says what to do, where they should be there
 */
export async function ensureNodes(): Promise<Record<string, InstalledNode> | string> {
	const locked = NODE_VERSIONS.map((name) => [name, `${name}-${PLATFORM}`] as const);
	if (!locked.every(([, alias]) => alias in optionalDependencies)) {
		return `the registry has no Node for ${PLATFORM}`;
	}
	let folder: string;
	try {
		folder = await ensureLocked({
			folder: 'nodejs',
			name: `nodejs-${PLATFORM}`,
			title: NODE_VERSIONS.join(', '),
		});
	} catch (error) {
		if (isRegistryReachable()) throw error;
		return 'they are not in the cache, and the registry of npm is out of reach';
	}
	return Object.fromEntries(
		locked.map(([name, alias]) => [name, nodeIn(join(folder, 'node_modules', alias, 'bin'))]),
	);
}

function nodeIn(bin: string): InstalledNode {
	const command = join(bin, 'node');
	if (!existsSync(command))
		throw new Error(`${command} is missing: remove its cache, and try again`);
	const { stdout, error } = spawnSync(command, ['--version'], { encoding: 'utf8' });
	if (error !== undefined) throw error;
	return { version: stdout.trim(), bin };
}

function isRegistryReachable(): boolean {
	const options = { shell: process.platform === 'win32', timeout: 60_000 };
	return spawnSync('npm', ['view', 'npm', 'version', '--fetch-retries=0'], options).status === 0;
}
