// Puts what is published into a folder of its own, and publishing happens only from there:
// package.json in the repository is private, so that npm refuses to publish the repository itself,
// which without a build would be an empty package.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** No address below this domain can ever exist. It stands where a publisher's address belongs. */
export const PLACEHOLDER = '.invalid';
const PLACEHOLDER_HOMEPAGE = 'https://n8n-nodes-crawl-jobs.invalid/';

export function readManifest() {
	return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/** The repository's address without a slash at the end; null unless it is one on GitHub. */
export function repositoryAddress({ repository }) {
	const url = typeof repository === 'string' ? repository : repository?.url;
	const match = /^(?:git\+)?(https:\/\/github\.com\/[\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(url ?? '');
	return match?.[1] ?? null;
}

/**
 * Copies the built package into a new temporary folder, which the caller has to remove.
 * @returns {string} the folder
 */
export function stagePackage() {
	const manifest = readManifest();
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'crawl-jobs-package-')));
	for (const file of packedFiles()) cpSync(join(root, file), join(folder, file));
	writeManifest(folder, manifest);
	linkDocumentation(folder, manifest);
	return folder;
}

function packedFiles() {
	const { status, stdout, stderr } = spawnSync(
		'npm',
		['pack', '--dry-run', '--json', '--ignore-scripts'],
		{ cwd: root, encoding: 'utf8', shell: process.platform === 'win32' },
	);
	if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
	return JSON.parse(stdout)[0].files.map(({ path }) => path);
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
	for (const node of manifest.n8n.nodes) {
		const codex = join(folder, node.replace(/\.js$/, '.json'));
		const text = readFileSync(codex, 'utf8');
		const address = `${repository}/blob/v${manifest.version}/`;
		writeFileSync(codex, text.replaceAll(PLACEHOLDER_HOMEPAGE, address));
	}
}
