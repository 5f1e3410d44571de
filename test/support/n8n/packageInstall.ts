import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runLogged } from './loggedCommand';

const PROJECT_FOLDER = resolve(__dirname, '..', '..', '..');

/**
 * Builds the project and packs it as it would be published.
 * @param packFolder emptied first
 * @returns the path of the tarball
 */
export async function packProject(packFolder: string): Promise<string> {
	return await pack(packFolder, ['build'], PROJECT_FOLDER);
}

/** The same with the package for one provider. */
export async function packSingle(packFolder: string, provider: string): Promise<string> {
	const folder = join(PROJECT_FOLDER, 'packages', provider);
	return await pack(packFolder, ['build:single', '--', provider], folder);
}

async function pack(packFolder: string, build: string[], folder: string): Promise<string> {
	rmSync(packFolder, { recursive: true, force: true });
	mkdirSync(packFolder, { recursive: true });
	await npm(['run', ...build], PROJECT_FOLDER, packFolder);
	await npm(['pack', '--ignore-scripts', '--pack-destination', packFolder], folder, packFolder);
	const tarball = readdirSync(packFolder).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error(`npm pack left no package in ${packFolder}`);
	return join(packFolder, tarball);
}

/**
 * Installs a package from its tarball where n8n keeps its community packages, as a person would.
 * Its node types are then `<package>.<node name>`. An n8n that runs on the user folder has to be
 * started again to see them.
 */
export async function installPackage(userFolder: string, tarball: string): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	mkdirSync(nodesFolder, { recursive: true });
	const manifest = join(nodesFolder, 'package.json');
	if (!existsSync(manifest)) {
		writeFileSync(manifest, JSON.stringify({ name: 'installed-nodes', private: true }));
	}
	// n8n brings n8n-workflow itself, so its own installer drops the peer dependencies too.
	const flags = ['--legacy-peer-deps', '--ignore-scripts', '--no-package-lock'];
	await npm(['install', tarball, ...flags, '--no-audit', '--no-fund'], nodesFolder, userFolder);
}

async function npm(args: string[], cwd: string, logFolder: string): Promise<void> {
	await runLogged({
		command: ['npm', ...args],
		cwd,
		env: process.env,
		logFile: join(logFolder, 'npm.log'),
	});
}
