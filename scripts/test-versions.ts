// Runs the engine tests that depend on n8n on other versions of it, on all at once, and those that
// depend on Node on each version of it that the package is for.
// `npm run test:versions -- 2.20.6 node-22` runs them on that n8n-core and that Node alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

import { packProject } from '../test/support/n8n/packageInstall';
import { ENGINE_VERSIONS, ensureEngine } from '../test/support/versions/install';
import { ensureNodes, NODE_VERSIONS, type InstalledNode } from '../test/support/versions/nodejs';

const ROOT = resolve(__dirname, '..');

/** In `jest.versions.config.js`, the n8n-core of `npm test` where it is tested on other Nodes. */
const NEWEST = 'newest';

async function main(): Promise<boolean> {
	const wanted = process.argv.slice(2);
	const known = [...ENGINE_VERSIONS, ...NODE_VERSIONS];
	const unknown = wanted.filter((version) => !known.includes(version));
	if (unknown.length > 0) {
		throw new Error(`Not among ${known.join(', ')}: ${unknown.join(', ')}`);
	}
	const isWanted = (version: string) => wanted.length === 0 || wanted.includes(version);
	const engines = await runOnEngines(ENGINE_VERSIONS.filter(isWanted));
	const nodes = await runOnNodes(NODE_VERSIONS.filter(isWanted));
	return engines && nodes;
}

/** @returns whether all tests have passed */
async function runOnEngines(versions: readonly string[]): Promise<boolean> {
	if (versions.length === 0) return true;
	const engines = await Promise.all(
		versions.map(async (version) => [version, await ensureEngine(version)] as const),
	);
	return runTests(Object.fromEntries(engines), process.execPath, process.env);
}

/** @returns whether all tests have passed, on those that are there */
async function runOnNodes(versions: readonly string[]): Promise<boolean> {
	if (versions.length === 0) return true;
	const nodes = await ensureNodes();
	if (typeof nodes === 'string') {
		console.log(`Not tested on ${versions.join(', ')}: ${nodes}`);
		return true;
	}
	const folder = mkdtempSync(join(tmpdir(), 'crawl-jobs-nodes-'));
	try {
		const tarball = await packProject(folder);
		const passed = versions.map((version) => runOnNode(nodes[version], tarball));
		return !passed.includes(false);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The tests of the engine, and the packed package without n8n. */
function runOnNode(node: InstalledNode | undefined, tarball: string): boolean {
	if (node === undefined) throw new Error('This Node was not installed');
	console.log(`\n== Node ${node.version}`);
	const command = join(node.bin, 'node');
	const env = { ...process.env, PATH: [node.bin, process.env.PATH].join(delimiter) };
	const check = [join('scripts', 'check-outside.mjs'), tarball];
	const { status } = spawnSync(command, check, { cwd: ROOT, env, stdio: 'inherit' });
	if (status === 0) console.log('The package works outside n8n');
	return runTests({ [NEWEST]: ROOT }, command, env) && status === 0;
}

function runTests(
	engines: Record<string, string>,
	command: string,
	env: NodeJS.ProcessEnv,
): boolean {
	const jest = join('node_modules', 'jest', 'bin', 'jest.js');
	// n8n loads the expressions of its second engine as an ES module.
	const flags = ['--experimental-vm-modules', '--no-warnings', jest];
	const args = [...flags, '--config', 'jest.versions.config.js', '--silent'];
	const { status } = spawnSync(command, args, {
		cwd: ROOT,
		env: { ...env, CRAWL_JOBS_ENGINES: JSON.stringify(engines) },
		stdio: 'inherit',
	});
	return status === 0;
}

main().then(
	(hasPassed) => {
		process.exitCode = hasPassed ? 0 : 1;
	},
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	},
);
