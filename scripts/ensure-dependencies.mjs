// Makes a fresh clone runnable: installs the locked development dependencies unless they are there,
// whoever has installed them. Uses Node's own modules only, because it runs before anything is
// installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MINIMUM_NODE_MAJOR = 20;

const root = fileURLToPath(new URL('..', import.meta.url));

if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE_MAJOR) {
	console.error(`Node ${MINIMUM_NODE_MAJOR} or newer is needed; this is ${process.version}.`);
	process.exit(1);
}

if (!isInstalled()) {
	console.log('Installing the development dependencies (about 1 GB, 2 to 5 minutes, once) …');
	const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
		cwd: root,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0) process.exit(status ?? 1);
}

/** npm notes in a lock file of its own what it has installed; only what is optional may be missing. */
function isInstalled() {
	const note = join(root, 'node_modules', '.package-lock.json');
	if (!existsSync(note)) return false;
	const installed = packagesIn(note);
	return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(
		([path, { version, optional }]) =>
			path === '' || optional === true || installed[path]?.version === version,
	);
}

function packagesIn(file) {
	return JSON.parse(readFileSync(file, 'utf8')).packages;
}
