// `npm run release -- [<provider>] [--dry-run]`: builds, checks and publishes the version of
// package.json, as the package for all providers or as the one for that provider. What was published
// is then in release/, with its bill of materials. A dry run does all of it except the publishing, and
// needs no network. See docs/publishing.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { billOfMaterials } from './sbom.mjs';
import {
	packStaged,
	PLACEHOLDER,
	readManifest,
	repositoryAddress,
	singleFolder,
	singleIds,
	stagePackages,
} from './stage-package.mjs';

/** In place of a provider: the package for all of them. */
const ALL = 'all';

/** What each version leaves for the tests of those after it. */
const KEPT = ['surface/*.txt', 'workflows/*.json', 'parked/*.json'];

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'release');
const {
	values,
	positionals: [provider = ALL],
} = parseArgs({
	options: { 'dry-run': { type: 'boolean', default: false } },
	allowPositionals: true,
});
if (![ALL, ...singleIds()].includes(provider)) {
	console.error(`There is no provider ${provider}, only ${singleIds().join(', ')}.`);
	process.exit(2);
}
const source = provider === ALL ? root : singleFolder(provider);
// Without the two dashes npm takes the flag for itself, and hands it on in the environment.
const isDryRun = values['dry-run'] || process.env.npm_config_dry_run === 'true';
const manifest = readManifest(source);
const tag = `v${manifest.version}`;

const mistakes = findMistakes();
const missing = findMissing();
if (isDryRun) for (const reason of missing) console.warn(`Before it can be published: ${reason}`);
const reasons = isDryRun ? mistakes : [...mistakes, ...missing];
if (reasons.length > 0) {
	console.error(`${manifest.name} ${manifest.version} is not published:`);
	for (const reason of reasons) console.error(`- ${reason}`);
	process.exit(1);
}

const build = provider === ALL ? ['build'] : ['build:single', '--', provider];
if (!run('npm', ['run', '--silent', ...build], root) || !publish()) process.exit(1);
console.log(
	isDryRun ? 'A dry run: nothing was published.' : `${manifest.name} ${tag} is published.`,
);

/** @returns {boolean} whether all is well */
function publish() {
	const [folder] = stagePackages([source]);
	try {
		if (!run('node', [join('scripts', 'check-package.mjs'), folder], root)) return false;
		mkdirSync(output, { recursive: true });
		const [{ filename }] = packStaged([folder], output);
		const tarball = join(output, filename);
		writeFileSync(tarball.replace(/\.tgz$/, '.cdx.json'), billOfMaterials(folder, tarball));
		const flags = ['--ignore-scripts', '--provenance', '--access', 'public'];
		// Offline, npm does not ask the registry which versions there are already.
		if (isDryRun) flags.push('--dry-run', '--offline');
		return run('npm', ['publish', tarball, ...flags], root);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** What is wrong with the state of the repository. */
function findMistakes() {
	const mistakes = [];
	if (git('status', '--porcelain').length > 0) {
		mistakes.push('the work tree has changes that are not committed');
	}
	if (manifest.version !== readManifest().version) {
		mistakes.push(`it is to have the version ${readManifest().version}: run npm run packages`);
	}
	const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
	const heading = new RegExp(`^## \\[${escape(manifest.version)}\\] - \\d{4}-\\d{2}-\\d{2}$`, 'm');
	if (!heading.test(changelog)) {
		mistakes.push(`CHANGELOG.md has no heading "## [${manifest.version}] - <date>"`);
	}
	for (const name of KEPT) {
		const file = `test/fixtures/${name.replace('*', manifest.version)}`;
		if (!existsSync(join(root, file))) mistakes.push(`${file} is missing: see docs/publishing.md`);
	}
	for (const other of versionTags().filter((name) => name !== tag)) {
		mistakes.push(
			`the commit has the tag ${other}, but package.json the version ${manifest.version}`,
		);
	}
	return mistakes;
}

/** What has to be there for a real release only. */
function findMissing() {
	const missing = [];
	if (JSON.stringify([manifest.author, manifest.homepage]).includes(PLACEHOLDER)) {
		missing.push('author and homepage in package.json are placeholders');
	}
	if (repositoryAddress(manifest) === null) {
		missing.push('package.json names no repository on GitHub');
	}
	if (!versionTags().includes(tag)) missing.push(`the commit has no tag ${tag}`);
	if (process.env.GITHUB_ACTIONS !== 'true') {
		missing.push('n8n wants a proof of origin, which only the workflow release.yml can give');
	}
	return missing;
}

function versionTags() {
	return git('tag', '--points-at', 'HEAD').filter((name) => /^v\d/.test(name));
}

/** The lines that git prints. */
function git(...args) {
	const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
	if (status !== 0) throw new Error(`git ${args.join(' ')} failed: ${stderr}`);
	return stdout.split('\n').filter((line) => line !== '');
}

function run(command, args, cwd) {
	const options = { cwd, stdio: 'inherit', shell: process.platform === 'win32' };
	const { status } = spawnSync(command, args, options);
	if (status !== 0) console.error(`"${command} ${args.join(' ')}" failed`);
	return status === 0;
}

function escape(text) {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
