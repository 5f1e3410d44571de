import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { withFileLock } from './fileLock';
import {
	locateInstallation,
	MANIFEST_FILES,
	MANIFEST_FOLDER,
	nodeFolderIn,
	type N8nInstallation,
} from './installation';
import { runLogged, type LoggedCommand } from './loggedCommand';
import { Progress } from './progress';

interface InstallStep {
	title: string;
	command: LoggedCommand['command'];
	advice: string;
}

/** The flags overrule what a user's own npm settings may say. */
const STEPS: InstallStep[] = [
	{
		title: 'downloading its packages',
		command: ['npm', 'ci', '--ignore-scripts', '--include=optional', '--no-engine-strict'],
		advice: 'Check the network and the registry (npm config get registry), then run this again.',
	},
	{
		title: 'preparing its database driver',
		command: ['npm', 'rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false'],
		advice:
			'sqlite3 is downloaded from GitHub or, failing that, compiled. Allow the download, or ' +
			'install a compiler (Debian: apt-get install build-essential python3, macOS: ' +
			'xcode-select --install), then run this again.',
	},
	{
		title: 'checking it',
		command: ['node', '-e', 'require("sqlite3"); require("isolated-vm")'],
		advice: 'The native modules do not load on this machine.',
	},
];

/**
 * Installs the locked n8n with a Node 24 of its own into the cache, once: about 3 GB and 4 to 8
 * minutes. It shows its progress on the standard output. Parallel calls, also from other
 * processes, wait for the one that installs; an interrupted installation starts afresh.
 * @throws Error that says which step failed, what to do and how the log ends
 */
export async function ensureN8n(): Promise<N8nInstallation> {
	const installation = locateInstallation();
	const { folder } = installation;
	if (existsSync(folder)) return installation;

	mkdirSync(dirname(folder), { recursive: true });
	const tellWait = (holder: number) =>
		console.log(`Process ${holder} is installing n8n into ${folder}: waiting for it …`);
	await withFileLock(`${folder}.lock`, tellWait, async () => {
		if (!existsSync(folder)) await install(installation);
	});
	return installation;
}

async function install({ version, folder }: N8nInstallation): Promise<void> {
	// The final name appears by a rename at the end: what has it is complete.
	const workFolder = `${folder}.partial-${process.pid}`;
	const logFile = `${folder}.log`;
	console.log(`n8n ${version} is installed into ${folder}`);
	const progress = new Progress(`Installing n8n ${version}`, 'once; about 3 GB, 4 to 8 minutes');
	try {
		progress.begin('making room');
		removeLeftovers(folder);
		rmSync(logFile, { force: true });
		mkdirSync(workFolder);
		for (const file of MANIFEST_FILES) {
			copyFileSync(join(MANIFEST_FOLDER, file), join(workFolder, file));
		}
		const env = buildEnvironment(nodeFolderIn(workFolder));
		for (const { title: step, command, advice } of STEPS) {
			progress.begin(step);
			await runLogged({ command, cwd: workFolder, env, logFile, advice });
		}
		renameSync(workFolder, folder);
		progress.end('done');
	} catch (error) {
		progress.end('failed');
		throw error;
	}
}

/** Removes what interrupted installations have left; the lock says that none is going on. */
function removeLeftovers(folder: string): void {
	for (const name of readdirSync(dirname(folder))) {
		if (!name.startsWith(`${basename(folder)}.partial`)) continue;
		rmSync(join(dirname(folder), name), { recursive: true, force: true });
	}
}

/**
 * Native modules are to be built for the Node that will load them, with the headers that come
 * with it: neither a download of headers nor a `nodedir` of the user's npm settings is right.
 */
function buildEnvironment(nodeFolder: string): NodeJS.ProcessEnv {
	return {
		...process.env,
		PATH: [join(nodeFolder, 'bin'), process.env.PATH].join(delimiter),
		npm_config_nodedir: nodeFolder,
	};
}
