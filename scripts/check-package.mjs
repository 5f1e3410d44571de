// Checks what would be published: only what users need, no run-time dependencies, small, and
// nothing that n8n's scanner for community packages objects to.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const MAX_BYTES = 60_000;
const PUBLISHED = [
	/^dist\/(bundle\.js|credentials\/\w+\.credentials\.js)$/,
	/^dist\/nodes\/\w+\/(\w+\.node\.js|.+\.(json|svg))$/,
	/^dist\/nodes\/shared\/(publicApi|crawlJob)\.d\.ts$/,
	/^(index\.js|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
];

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const problems = [];

const pack = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
	cwd: root,
	encoding: 'utf8',
	shell: process.platform === 'win32',
});
const [{ size, files }] = JSON.parse(pack.stdout);
const paths = files.map(({ path }) => path);

for (const path of paths.filter((path) => !PUBLISHED.some((pattern) => pattern.test(path)))) {
	problems.push(`${path} would be published`);
}
for (const path of [
	...manifest.n8n.nodes,
	...manifest.n8n.credentials,
	manifest.main,
	manifest.types,
]) {
	if (!paths.includes(path)) problems.push(`${path} would be missing`);
}
if (size >= MAX_BYTES) problems.push(`the tarball has ${size} bytes; the limit is ${MAX_BYTES}`);
if (Object.keys(manifest.dependencies ?? {}).length > 0) problems.push('there are dependencies');

for (const [place, patterns] of [
	['the sources', SOURCE_FILE_PATTERNS],
	['the build', ['package.json', 'index.js', 'dist/**/*.{js,json}']],
]) {
	const result = await analyzePackage(root, patterns);
	if (!result.passed) problems.push(`the scanner objects to ${place}:\n${result.details}`);
}

console.log(`${files.length} files, ${size} bytes`);
for (const problem of problems) console.error(`- ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
