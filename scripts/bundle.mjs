// What n8n loads: one file for each node and credential. It loads all of them when it starts, and parsing
// takes the most time, so these files hold descriptions as data, and ask for the code, which is in one
// file for all of them, when something runs.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

import { build, transform } from 'esbuild';

const BUNDLE = 'dist/bundle.js';
const LATER = 'dist/later.js';
const TARGET = 'node20';

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
	const { metafile, outputFiles } = await build({
		entryPoints: { bundle: 'registered', ...entries },
		absWorkingDir: root,
		outdir: join(folder, dirname(BUNDLE)),
		bundle: true,
		// esbuild splits what several files share only as ES modules.
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
		plugins: [listOf(registered), ...plugins],
	});
	const foreign = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules/'));
	if (foreign.length > 0) throw new Error(`The bundle holds code of others: ${foreign.join(', ')}`);

	for (const { path, text } of outputFiles) {
		const { code } = await transform(text, {
			format: 'cjs',
			platform: 'node',
			target: TARGET,
			minify: true,
			// As the sources are, being modules.
			banner: '"use strict";',
		});
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, code);
	}
	copyFileSync(join(root, 'scripts/later.cjs'), join(folder, LATER));
	const types = createRequire(import.meta.url)(join(folder, BUNDLE));
	for (const file of registered) writeEntry(folder, file, types[classOf(file)]);
}

/** A module that has all that is registered. */
function listOf(registered) {
	const sources = registered.map((file) => file.replace(/^dist\/|\.js$/g, ''));
	const contents = sources.map((path) => `export * from './${path}';`).join('\n');
	const name = 'registered';
	return {
		name,
		setup({ onResolve, onLoad }) {
			onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
			onLoad({ filter: /.*/, namespace: name }, () => ({ contents, resolveDir: root }));
		},
	};
}

/** The file that n8n loads for a node or credential. */
function writeEntry(folder, file, Type) {
	const name = classOf(file);
	const type = new Type();
	if (!isPlain(Type.prototype)) throw new Error(`${name} must not extend a class`);
	const methods = Object.getOwnPropertyNames(Type.prototype).filter((key) => key !== 'constructor');
	const members = [...Object.keys(type), ...methods];
	const fields = members.map((key) => `\t${key} = ${sourceOf(type[key], [name, key])};`);
	mkdirSync(dirname(join(folder, file)), { recursive: true });
	writeFileSync(
		join(folder, file),
		`"use strict";
const { later } = require("${posix.relative(posix.dirname(file), LATER)}");
exports.${name} = class ${name} {
${fields.join('\n')}
};
`,
	);
}

/**
 * An expression for what a node or credential has.
 * @param {string[]} path where it stands, from the name of the class on
 * @throws {Error} for what is neither data nor one of the functions that n8n calls
 */
function sourceOf(value, path) {
	// Conditions of credential tests compare with these.
	if (value === undefined || value === String) return String(value?.name);
	if (typeof value === 'function') return `later(${path.map((name) => `"${name}"`).join(', ')})`;
	const json = JSON.stringify(value);
	// Parsed in a fraction of the time that the same takes as code.
	if (isDeepStrictEqual(JSON.parse(json), value)) return `JSON.parse('${escapeQuotes(json)}')`;
	if (Array.isArray(value)) {
		return `[${value.map((each, index) => sourceOf(each, [...path, index])).join(', ')}]`;
	}
	if (!isPlain(value)) throw new Error(`${path.join('.')} cannot be written as data`);
	const entries = Object.entries(value).map(([key, each]) => [key, sourceOf(each, [...path, key])]);
	return `{ ${entries.map(([key, source]) => `${JSON.stringify(key)}: ${source}`).join(', ')} }`;
}

/** Whether an object has nothing that its names do not show. */
function isPlain(value) {
	return (
		typeof value === 'object' &&
		Object.getPrototypeOf(value) === Object.prototype &&
		Object.getOwnPropertySymbols(value).length === 0
	);
}

function escapeQuotes(text) {
	return text.replace(/['\\]/g, '\\$&');
}

function classOf(file) {
	return basename(file).split('.')[0];
}
