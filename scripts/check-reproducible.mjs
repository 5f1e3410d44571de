// Whether the packages depend on nothing but the sources: builds them a second time in another folder,
// of files that were written later and in another order, and compares the tarballs byte by byte with those of
// what has been built here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { packageFolders, packStaged, stagePackages } from './stage-package.mjs';

/** What a build reads. */
const SOURCES =
	/^(nodes|credentials|packages|scripts)$|^(package(-lock)?|tsconfig.*)\.json$|\.js$|^\.npmrc$|^README\.md$|^LICENSE$/;

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crawl-jobs-elsewhere-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const copy = join(folder, 'copy');
copyFolder('', (name) => SOURCES.test(name));
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
run('npm', ['run', '--silent', 'build']);
run('node', ['scripts/build-single.mjs', '--all']);

const here = tarballs(packageFolders(), 'here');
const elsewhere = tarballs(
	packageFolders().map((source) => join(copy, relative(root, source))),
	'elsewhere',
);
for (const [filename, hash] of here) {
	console.log(`${hash}  ${filename}`);
	if (elsewhere.get(filename) === hash) continue;
	console.error(`- built elsewhere, it is another: ${elsewhere.get(filename)}`);
	process.exitCode = 1;
}

/** Copies a folder of the repository, the last name first, without what was built. */
function copyFolder(name, isWanted = () => true) {
	mkdirSync(join(copy, name), { recursive: true });
	const entries = readdirSync(join(root, name), { withFileTypes: true }).reverse();
	for (const entry of entries.filter((each) => each.name !== 'dist' && isWanted(each.name))) {
		const path = join(name, entry.name);
		if (entry.isDirectory()) copyFolder(path);
		else copyFileSync(join(root, path), join(copy, path));
	}
}

/** The hash of each tarball, by its name. */
function tarballs(sources, place) {
	const destination = join(folder, place);
	mkdirSync(destination);
	const staged = stagePackages(sources);
	try {
		return new Map(
			packStaged(staged, destination).map(({ filename }) => [
				filename,
				createHash('sha256')
					.update(readFileSync(join(destination, filename)))
					.digest('hex'),
			]),
		);
	} finally {
		for (const path of staged) rmSync(path, { recursive: true, force: true });
	}
}

function run(command, args) {
	const options = { cwd: copy, encoding: 'utf8', shell: process.platform === 'win32' };
	const { status, stdout, stderr } = spawnSync(command, args, options);
	if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" failed: ${stdout}${stderr}`);
}
