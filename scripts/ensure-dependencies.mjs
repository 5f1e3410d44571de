// Makes a fresh clone runnable: installs the locked development dependencies when they are
// missing or when the lock file has changed since they were installed. Uses Node's own modules
// only, because it runs before anything is installed.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MINIMUM_NODE_MAJOR = 20;

const root = fileURLToPath(new URL('..', import.meta.url));
const marker = join(root, 'node_modules', '.crawl-jobs-lock-hash');

if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE_MAJOR) {
	console.error(`Node ${MINIMUM_NODE_MAJOR} or newer is needed; this is ${process.version}.`);
	process.exit(1);
}

const lockHash = createHash('sha256')
	.update(readFileSync(join(root, 'package-lock.json')))
	.digest('hex');

if (!existsSync(marker) || readFileSync(marker, 'utf8') !== lockHash) {
	console.log('Installing the development dependencies (about 1 GB, 2 to 5 minutes, once) …');
	const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
		cwd: root,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0) process.exit(status ?? 1);
	writeFileSync(marker, lockHash);
}
