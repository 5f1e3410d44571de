/**
 * `npm run test:browser [-- --record] [Jest's arguments]`: the editor in a real browser. With
 * `--record` the pictures of the docs are taken anew. Without Chromium there is nothing to do.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { locateChromium } from '../test/support/browser/chromium';
import { MissingProgramError } from '../test/support/n8n/services/programs';

const root = resolve(__dirname, '..');
const RECORD = '--record';

function main(): number {
	const given = process.argv.slice(2);
	try {
		locateChromium();
	} catch (error) {
		if (!(error instanceof MissingProgramError)) throw error;
		console.log(`SKIPPED, the browser tests: ${error.message} Or set CHROMIUM_PATH.`);
		return 0;
	}
	const args = [
		'--config',
		'jest.browser.config.js',
		...given.filter((argument) => argument !== RECORD),
	];
	const { status } = spawnSync('jest', args, {
		cwd: root,
		env: { ...process.env, ...(given.includes(RECORD) && { CRAWL_JOBS_RECORD: 'true' }) },
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	return status ?? 1;
}

process.exitCode = main();
