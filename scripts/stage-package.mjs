// Puts what is published into a folder of its own, and publishing happens only from there:
// package.json in the repository is private, so that npm refuses to publish the repository itself,
// which without a build would be an empty package.
import { spawnSync } from 'node:child_process';
import {
	cpSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** No address below this domain can ever exist. It stands where a publisher's address belongs. */
export const PLACEHOLDER = '.invalid';
const PLACEHOLDER_HOMEPAGE = 'https://n8n-nodes-crawl-jobs.invalid/';

/** The providers that have a package of their own. */
export function singleIds() {
	return readdirSync(join(root, 'packages'));
}

/** Where the package for one provider is. */
export function singleFolder(id) {
	return join(root, 'packages', id);
}

/** Where all the packages are, first the one for all providers. */
export function packageFolders() {
	return [root, ...singleIds().map(singleFolder)];
}

/** @param {string} [source] where a package is; without it, the one for all providers */
export function readManifest(source = root) {
	return JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
}

/** The repository's address without a slash at the end; null unless it is one on GitHub. */
export function repositoryAddress({ repository }) {
	const url = typeof repository === 'string' ? repository : repository?.url;
	const match = /^(?:git\+)?(https:\/\/github\.com\/[\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(url ?? '');
	return match?.[1] ?? null;
}

/**
 * Copies built packages into new temporary folders, which the caller has to remove.
 * @param {string[]} sources where they were built
 * @returns {string[]} the folders
 */
export function stagePackages(sources) {
	return runPack(sources, ['--dry-run']).map(({ files }, index) => {
		const source = sources[index];
		const manifest = readManifest(source);
		const folder = realpathSync(mkdtempSync(join(tmpdir(), 'crawl-jobs-package-')));
		for (const { path } of files) cpSync(join(source, path), join(folder, path));
		cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
		writeManifest(folder, manifest);
		linkDocumentation(folder, manifest);
		return folder;
	});
}

/**
 * Packs staged packages.
 * @param {string[]} folders
 * @param {string} destination the folder for the tarballs
 * @returns {{ filename: string, size: number, files: { path: string }[] }[]} what npm says of each tarball
 */
export function packStaged(folders, destination) {
	return runPack(folders, ['--pack-destination', destination]);
}

/** One npm for all packages: it takes longer to start than to pack. */
function runPack(folders, flags) {
	const args = ['pack', '--json', '--ignore-scripts', ...flags, ...folders];
	const options = { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' };
	const { status, stdout, stderr } = spawnSync('npm', args, options);
	if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
	return JSON.parse(stdout);
}

/** Leaves out what keeps the repository from being published, and what only developers need. */
function writeManifest(folder, manifest) {
	const published = { ...manifest };
	delete published.private;
	delete published.scripts;
	delete published.devDependencies;
	writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published, null, '\t')}\n`);
}

/** The editor's links to a node's documentation lead to the published version of it. */
function linkDocumentation(folder, manifest) {
	const repository = repositoryAddress(manifest);
	if (repository === null) return;
	const address = `${repository}/blob/v${manifest.version}/`;
	const codexFiles = manifest.n8n.nodes.map((node) => node.replace(/\.js$/, '.json'));
	for (const file of ['README.md', ...codexFiles].map((name) => join(folder, name))) {
		const text = readFileSync(file, 'utf8');
		writeFileSync(
			file,
			text.replaceAll(PLACEHOLDER_HOMEPAGE, address).replaceAll('](../../', `](${address}`),
		);
	}
}
