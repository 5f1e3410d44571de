// Checks what would be published: only what users need, no run-time dependencies, small, of use
// without n8n, and nothing that n8n's scanner for community packages objects to. The folder of one
// package can be given; without it, all that have been built are staged for the check.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

import { checkOutside } from './check-outside.mjs';
import { packageFolders, packStaged, readManifest, stagePackages } from './stage-package.mjs';

const MAX_BYTES = 110_000;
/** What the code may ask for beside its own files: n8n brings the one, Node the other, and n8n's linter allows both. */
const ALLOWED = ['n8n-workflow', 'node:crypto'];
const PUBLISHED = [
	/^dist\/([\w-]+\.js|credentials\/\w+\.credentials\.js)$/,
	/^dist\/nodes\/\w+\/(\w+\.node\.js|.+\.(json|svg))$/,
	/^dist\/nodes\/(index|shared\/crawlJob)\.d\.ts$/,
	/^(index\.js|package\.json|README\.md|LICENSE)$/,
];

const given = process.argv[2];
const sources = packageFolders().filter((source) =>
	given === undefined
		? existsSync(join(source, 'dist/bundle.js'))
		: readManifest(source).name === readManifest(given).name,
);
const folders = given === undefined ? stagePackages(sources) : [given];
const packFolder = mkdtempSync(join(tmpdir(), 'crawl-jobs-pack-'));
try {
	const packed = packStaged(folders, packFolder);
	for (const [index, folder] of folders.entries()) {
		const { summary, problems } = await check(folder, sources[index], packed[index]);
		console.log(summary);
		for (const problem of problems) console.error(`- ${problem}`);
		if (problems.length > 0) process.exitCode = 1;
	}
} finally {
	for (const path of [packFolder, ...(given === undefined ? folders : [])]) {
		rmSync(path, { recursive: true, force: true });
	}
}

/**
 * @param {string} folder the staged package
 * @param {string} source where the scanner finds it in the repository
 * @param {{ filename: string, size: number, files: { path: string }[] }} packed its tarball
 */
async function check(folder, source, { filename, size, files }) {
	const manifest = readManifest(folder);
	const paths = files.map(({ path }) => path);
	const problems = [];

	for (const path of paths.filter((path) => !PUBLISHED.some((pattern) => pattern.test(path)))) {
		problems.push(`${path} would be published`);
	}
	for (const path of [
		...manifest.n8n.nodes,
		...manifest.n8n.credentials,
		...[manifest.main, manifest.types].filter(Boolean),
		'README.md',
		'LICENSE',
	]) {
		if (!paths.includes(path)) problems.push(`${path} would be missing`);
	}
	if (size >= MAX_BYTES) problems.push(`the tarball has ${size} bytes; the limit is ${MAX_BYTES}`);
	if (Object.keys(manifest.dependencies ?? {}).length > 0) problems.push('there are dependencies');

	for (const path of paths.filter((path) => /^dist\/.*\.js$/.test(path))) {
		const code = readFileSync(join(folder, path), 'utf8');
		const needed = [...code.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name]) => name);
		for (const name of new Set(needed)) {
			const isOwn = name.startsWith('.') && paths.includes(posix.join(dirname(path), name));
			if (!isOwn && !ALLOWED.includes(name)) problems.push(`${path} needs ${name}`);
		}
	}
	if (manifest.main) problems.push(...checkOutside(join(packFolder, filename), manifest.name));

	for (const [place, where, patterns] of [
		['the sources', source, SOURCE_FILE_PATTERNS],
		['the build', folder, ['**/*.{js,json}']],
	]) {
		const result = await analyzePackage(where, patterns);
		if (!result.passed) {
			problems.push(`the scanner objects to ${place}:\n${result.details ?? result.message}`);
		}
	}
	return { summary: `${manifest.name}: ${files.length} files, ${size} bytes`, problems };
}
