// Builds what is published. n8n wants one file for each node and credential; all of their code is
// in one bundle behind these files, which halves the tarball and the files n8n has to load. The
// entry for use outside n8n is a bundle of its own, which needs nothing else.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const NODES_BUNDLE = 'dist/bundle.js';
const ENTRY_BUNDLE = 'dist/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const registered = [...n8n.nodes, ...n8n.credentials];
const sources = registered.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, ''));

const common = {
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	// An eighth of the tarball is indentation. Names stay, so that a stack trace can be read.
	minifyWhitespace: true,
	minifySyntax: true,
	lineLimit: 1000,
};

await build({
	...common,
	stdin: {
		contents: sources.map((source) => `export * from './${source}';`).join('\n'),
		resolveDir: root,
	},
	outfile: join(root, NODES_BUNDLE),
	// Both come with n8n. `zod/v3` is in zod 3 and in zod 4, whichever that n8n brings.
	external: ['n8n-workflow', 'zod'],
}).catch(() => process.exit(1)); // esbuild has printed why.

await build({
	...common,
	entryPoints: [join(root, 'nodes/index.ts')],
	outfile: join(root, ENTRY_BUNDLE),
	// Most of this bundle is zod.
	minify: true,
	// Nothing that the entry reaches may need n8n: scripts/check-package.mjs looks.
	external: ['n8n-workflow'],
});

for (const file of registered) {
	const className = basename(file).split('.')[0];
	const bundle = posix.relative(posix.dirname(file), NODES_BUNDLE);
	mkdirSync(dirname(join(root, file)), { recursive: true });
	writeFileSync(
		join(root, file),
		`"use strict";\nexports.${className} = require("./${bundle}").${className};\n`,
	);
}
