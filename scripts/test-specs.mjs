// Holds the nodes against the specifications that providers publish. They are not part of the
// repository; where they are not at hand, there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILES = [
	'highlevel-knowledge-base-2021-04-15.json',
	'highlevel-knowledge-base-v3.json',
	'highlevel-oauth.json',
	'pathors.yaml',
];

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.env.CRAWL_JOBS_SPECS || resolve(root, '..', 'shared', 'specs');
const missing = FILES.filter((file) => !existsSync(join(folder, file)));

if (missing.length > 0) {
	console.log(`Skipped: ${folder} (CRAWL_JOBS_SPECS) has no ${missing.join(', ')}.`);
} else {
	const args = ['--config', 'jest.specs.config.js', ...process.argv.slice(2)];
	const { status } = spawnSync('jest', args, {
		cwd: root,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	process.exitCode = status ?? 1;
}
