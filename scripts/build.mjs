// Builds what is published. n8n wants one file for each node and credential; all of their code is
// in one bundle behind these files, which halves the tarball and the files n8n has to load.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const BUNDLE = 'dist/bundle.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const registered = [...n8n.nodes, ...n8n.credentials];

const sources = [
	'nodes/index',
	...registered.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '')),
];

await build({
	stdin: {
		contents: sources.map((source) => `export * from './${source}';`).join('\n'),
		resolveDir: root,
	},
	outfile: join(root, BUNDLE),
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	// An eighth of the tarball is indentation. Names stay, so that a stack trace can be read.
	minifyWhitespace: true,
	lineLimit: 120,
	// Both come with n8n.
	external: ['n8n-workflow', 'zod'],
});

for (const file of registered) {
	const className = basename(file).split('.')[0];
	const bundle = posix.relative(posix.dirname(file), BUNDLE);
	mkdirSync(dirname(join(root, file)), { recursive: true });
	writeFileSync(
		join(root, file),
		`"use strict";\nexports.${className} = require("./${bundle}").${className};\n`,
	);
}
