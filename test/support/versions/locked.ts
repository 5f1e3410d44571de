import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { withFileLock } from '../n8n/fileLock';
import { cacheFolder } from '../n8n/installation';
import { runLogged } from '../n8n/loggedCommand';

/** What a folder locks, and how it is called. */
export interface LockedPackages {
	/** The name of the folder here, or the path of one elsewhere. */
	folder: string;
	/** For file names, such as "engine-2.0.2". */
	name: string;
	/** For people, such as "n8n-core 2.0.2". */
	title: string;
}

/**
 * Installs what a folder locks into the cache, once, with the settings of `.npmrc` here.
 * @returns the folder with its `node_modules`
 * @throws Error that says what to do and how the log ends
 */
export async function ensureLocked({
	folder: locked,
	name,
	title,
}: LockedPackages): Promise<string> {
	const sources = [
		resolve(__dirname, locked, 'package.json'),
		resolve(__dirname, locked, 'package-lock.json'),
		join(__dirname, '.npmrc'),
	];
	const hash = createHash('sha256');
	for (const file of sources) hash.update(readFileSync(file));
	const folder = join(cacheFolder(process.env), `${name}-${hash.digest('hex').slice(0, 8)}`);
	if (existsSync(folder)) return folder;

	mkdirSync(dirname(folder), { recursive: true });
	const tellWait = (holder: number) =>
		console.log(`Process ${holder} is installing ${title}: waiting for it …`);
	await withFileLock(`${folder}.lock`, tellWait, async () => {
		if (existsSync(folder)) return;
		console.log(`Installing ${title} into ${folder} (once; a minute or two) …`);
		// The final name appears by a rename at the end: what has it is complete.
		const workFolder = `${folder}.partial`;
		rmSync(workFolder, { recursive: true, force: true });
		mkdirSync(workFolder);
		for (const file of sources) copyFileSync(file, join(workFolder, basename(file)));
		await runLogged({
			command: ['npm', 'ci', '--ignore-scripts', '--include=optional', '--no-engine-strict'],
			cwd: workFolder,
			env: process.env,
			logFile: `${folder}.log`,
			advice: `${title} is not there. Check the network and the registry (npm config get registry), then run this again.`,
		});
		renameSync(workFolder, folder);
	});
	return folder;
}
