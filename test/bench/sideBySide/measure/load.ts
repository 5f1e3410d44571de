import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

import type { Peer } from '../peer';

const REPOSITORY = resolve(__dirname, '../../../..');

/**
 * How long it takes to load a peer's nodes beyond n8n-workflow, in milliseconds, in a process
 * of its own.
 * @throws Error with what that process says when it fails
 */
export function measureLoad({ nodes, published }: Peer): number {
	const sources = published ?? nodes.map(({ source }) => source);
	const files = sources.map(({ packageFolder, file }) => join(packageFolder, file));
	const args = [join(__dirname, 'loadTime.mjs'), REPOSITORY, ...files];
	const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
	if (status !== 0) throw new Error(stderr);
	return Number(stdout);
}
