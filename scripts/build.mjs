// Builds what is published. n8n wants one file for each node and credential; all of the code is in
// one bundle behind these files, which is also what the entry for use outside n8n takes from.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const BUNDLE = 'dist/bundle.js';
const ENTRY = 'nodes/index';

const root = fileURLToPath(new URL('..', import.meta.url));
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const registered = [...n8n.nodes, ...n8n.credentials];
const exported = [
	...registered.map((file) => [basename(file).split('.')[0], file.replace(/^dist\/|\.js$/g, '')]),
	['normalizeCrawlJob', ENTRY],
	['providers', ENTRY],
];

// With a getter and a `require` for each, esbuild makes of every module a function that runs when the
// module is first asked for. So the entry never comes to those that need n8n-workflow, which only n8n
// has, and a node's file runs what that node needs and no more.
const getters = exported.map(
	([name, source]) => `get ${name}() { return require('./${source}').${name}; },`,
);

await build({
	stdin: { contents: `module.exports = {\n${getters.join('\n')}\n};`, resolveDir: root },
	outfile: join(root, BUNDLE),
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	minify: true,
	// Comes with n8n.
	external: ['n8n-workflow'],
}).catch(() => process.exit(1)); // esbuild has printed why.

for (const file of registered) {
	const className = basename(file).split('.')[0];
	const bundle = posix.relative(posix.dirname(file), BUNDLE);
	mkdirSync(dirname(join(root, file)), { recursive: true });
	// n8n notes the name of the class, which the bundle has shortened.
	writeFileSync(
		join(root, file),
		`"use strict";
const { ${className} } = require("./${bundle}");
exports.${className} = Object.defineProperty(${className}, "name", { value: "${className}" });
`,
	);
}
