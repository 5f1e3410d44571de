import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { withFileLock } from '../n8n/fileLock';
import { cacheFolder } from '../n8n/installation';
import { runLogged } from '../n8n/loggedCommand';

/** The older versions of n8n-core that the tests run on, oldest first. */
export const ENGINE_VERSIONS: readonly string[] = readdirSync(__dirname, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name)
	.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/**
 * Installs a locked n8n-core into the cache, once, with the n8n-workflow that it brings.
 * @returns the folder with its `node_modules`
 * @throws Error that says what to do and how the log ends
 */
export async function ensureEngine(version: string): Promise<string> {
	const sources = [
		join(__dirname, version, 'package.json'),
		join(__dirname, version, 'package-lock.json'),
		join(__dirname, '.npmrc'),
	];
	const hash = createHash('sha256');
	for (const file of sources) hash.update(readFileSync(file));
	const name = `engine-${version}-${hash.digest('hex').slice(0, 8)}`;
	const folder = join(cacheFolder(process.env), name);
	if (existsSync(folder)) return folder;

	mkdirSync(dirname(folder), { recursive: true });
	const tellWait = (holder: number) =>
		console.log(`Process ${holder} is installing n8n-core ${version}: waiting for it …`);
	await withFileLock(`${folder}.lock`, tellWait, async () => {
		if (existsSync(folder)) return;
		console.log(`Installing n8n-core ${version} into ${folder} (once; a minute or two) …`);
		// The final name appears by a rename at the end: what has it is complete.
		const workFolder = `${folder}.partial`;
		rmSync(workFolder, { recursive: true, force: true });
		mkdirSync(workFolder);
		for (const file of sources) {
			copyFileSync(file, join(workFolder, file.split(/[\\/]/).at(-1) ?? ''));
		}
		await runLogged({
			command: ['npm', 'ci', '--ignore-scripts', '--no-engine-strict'],
			cwd: workFolder,
			env: process.env,
			logFile: `${folder}.log`,
			advice: `n8n-core ${version} is not there. Check the network and the registry (npm config get registry), then run this again.`,
		});
		renameSync(workFolder, folder);
	});
	return folder;
}
