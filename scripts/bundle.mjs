// What n8n loads: one file for each node and credential, and all of the code in one bundle behind
// these files.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const BUNDLE = 'dist/bundle.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds the code of a package.
 * @param {object} options
 * @param {string} options.folder where the package is, with its `package.json`
 * @param {[name: string, source: string][]} [options.exported] what the bundle has beside the nodes and
 * credentials
 * @param {import('esbuild').Plugin[]} [options.plugins]
 * @throws {Error} when the code does not build, or would bring code of other packages
 */
export async function bundle({ folder, exported = [], plugins = [] }) {
	const { n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const registered = [...n8n.nodes, ...n8n.credentials];

	// With a getter and a `require` for each, esbuild makes of every module a function that runs when the
	// module is first asked for. So the entry never comes to those that need n8n-workflow, which only n8n
	// has, and a node's file runs what that node needs and no more.
	const getters = [
		...registered.map((file) => [classOf(file), file.replace(/^dist\/|\.js$/g, '')]),
		...exported,
	].map(([name, source]) => `get ${name}() { return require('./${source}').${name}; },`);

	const { metafile } = await build({
		stdin: { contents: `module.exports = {\n${getters.join('\n')}\n};`, resolveDir: root },
		absWorkingDir: root,
		outfile: join(folder, BUNDLE),
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		minify: true,
		// Comes with n8n.
		external: ['n8n-workflow'],
		metafile: true,
		plugins,
	});
	const foreign = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules/'));
	if (foreign.length > 0) throw new Error(`The bundle holds code of others: ${foreign.join(', ')}`);

	for (const file of registered) writeEntry(folder, file);
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
