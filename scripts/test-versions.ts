// Runs the engine tests that depend on n8n on older versions of it, on all at once.
// `npm run test:versions -- 2.20.6` runs them on that version alone.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

import { ENGINE_VERSIONS, ensureEngine } from '../test/support/versions/install';

async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	const unknown = wanted.filter((version) => !ENGINE_VERSIONS.includes(version));
	if (unknown.length > 0) {
		throw new Error(`Not among ${ENGINE_VERSIONS.join(', ')}: ${unknown.join(', ')}`);
	}
	const versions = wanted.length > 0 ? wanted : ENGINE_VERSIONS;
	const engines = await Promise.all(
		versions.map(async (version) => [version, await ensureEngine(version)] as const),
	);

	const { status } = spawnSync('jest', ['--config', 'jest.versions.config.js', '--silent'], {
		cwd: resolve(__dirname, '..'),
		env: { ...process.env, CRAWL_JOBS_ENGINES: JSON.stringify(Object.fromEntries(engines)) },
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	process.exitCode = status ?? 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
