// What n8n loads: one file for each node and credential, and behind these files the code of all. n8n
// loads all nodes when it starts, so what only runs later is in files of its own, and there is no code
// around the modules that would let them be loaded one by one: parsing takes the most time.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, transform } from 'esbuild';

const BUNDLE = 'dist/bundle.js';
const TARGET = 'node20';

// An update replaces the files under a process that goes on with the code it has: one that shares them
// with the process that n8n updates, or any when npm does it. So it must have all code by then. The
// timer keeps no process from ending.
const LOAD_LATER = `
AbortSignal.timeout(5_000).addEventListener('abort', () => {
	import('later').catch(() => {});
});`;

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds the code of a package.
 * @param {object} options
 * @param {string} options.folder where the package is, with its `package.json`
 * @param {Record<string, string>} [options.entries] sources that can be used outside n8n, by the names of
 * their files in `dist`. What they share with the nodes is in a file that does without n8n-workflow.
 * @param {import('esbuild').Plugin[]} [options.plugins]
 * @throws {Error} when the code does not build, or would bring code of other packages
 */
export async function bundle({ folder, entries = {}, plugins = [] }) {
	const { n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const registered = [...n8n.nodes, ...n8n.credentials];

	/** @type {import('esbuild').BuildOptions & { metafile: true, write: false }} */
	const options = {
		entryPoints: { bundle: 'registered', ...entries },
		absWorkingDir: root,
		outdir: join(folder, dirname(BUNDLE)),
		bundle: true,
		// esbuild splits what several files share, or what is imported later, only as ES modules.
		splitting: true,
		platform: 'node',
		format: 'esm',
		target: TARGET,
		minify: true,
		write: false,
		// Comes with n8n.
		external: ['n8n-workflow'],
		metafile: true,
		// Otherwise neither of two modules' exports of one name would be there.
		logOverride: { 'ambiguous-reexport': 'error' },
		plugins,
	};
	const sources = registered.map((file) => file.replace(/^dist\/|\.js$/g, ''));
	const first = await build({ ...options, plugins: [list('registered', sources), ...plugins] });
	const { metafile, outputFiles } = await build({
		...options,
		plugins: [
			list('registered', sources, { code: LOAD_LATER }),
			list('later', importedLater(first.metafile), { kind: 'dynamic-import' }),
			...plugins,
		],
	});
	const foreign = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules/'));
	if (foreign.length > 0) throw new Error(`The bundle holds code of others: ${foreign.join(', ')}`);

	for (const { path, text } of outputFiles) {
		const { code } = await transform(text, {
			format: 'cjs',
			platform: 'node',
			target: TARGET,
			minify: true,
			supported: { 'dynamic-import': false },
			// As the sources are, being modules.
			banner: '"use strict";',
		});
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, code);
	}
	for (const file of registered) writeEntry(folder, file);
}

/** The modules that code imports when it runs. */
function importedLater({ inputs }) {
	const imports = Object.values(inputs).flatMap((input) => input.imports);
	const paths = imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path);
	return [...new Set(paths)].sort();
}

/**
 * A module that has all of the given ones.
 * @param {object} [options]
 * @param {string} [options.kind] of the imports that get it, whatever they ask for; without it, those by its name
 * @param {string} [options.code] what it does beside
 */
function list(name, paths, { kind, code = '' } = {}) {
	const exported = paths.map((path) => `export * from './${path.replace(/\.ts$/, '')}';`);
	const contents = exported.join('\n') + code;
	return {
		name,
		setup({ onResolve, onLoad }) {
			onResolve({ filter: kind ? /.*/ : new RegExp(`^${name}$`) }, (asked) =>
				kind === undefined || asked.kind === kind ? { path: name, namespace: name } : null,
			);
			onLoad({ filter: /.*/, namespace: name }, () => ({ contents, resolveDir: root }));
		},
	};
}

/** The file that n8n loads for a node or credential. */
function writeEntry(folder, file) {
	const className = classOf(file);
	const bundlePath = posix.relative(posix.dirname(file), BUNDLE);
	mkdirSync(dirname(join(folder, file)), { recursive: true });
	// n8n notes the name of the class, which the bundle has shortened.
	writeFileSync(
		join(folder, file),
		`"use strict";
const { ${className} } = require("./${bundlePath}");
exports.${className} = Object.defineProperty(${className}, "name", { value: "${className}" });
`,
	);
}

function classOf(file) {
	return basename(file).split('.')[0];
}
