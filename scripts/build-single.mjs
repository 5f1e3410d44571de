// `npm run build:single -- geonode`: builds the package for one provider, in packages/geonode. It is the
// same code with another list of providers: in place of nodes/providers.ts stands one that has this
// provider alone.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundle } from './bundle.mjs';
import { readManifest, singleFolder, singleIds } from './stage-package.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.slice(2);
const ids = given.includes('--all') ? singleIds() : given;
const unknown = ids.filter((id) => !singleIds().includes(id));

if (ids.length === 0 || unknown.length > 0) {
	if (unknown.length > 0) console.error(`There is no provider ${unknown.join(', ')}.`);
	console.error(
		`Usage: npm run build:single -- --all | <provider …>, of ${singleIds().join(', ')}`,
	);
	process.exit(2);
}

for (const id of ids) {
	const folder = singleFolder(id);
	const manifest = readManifest(folder);
	// What an earlier build left behind must not be published.
	rmSync(join(folder, 'dist'), { recursive: true, force: true });
	await bundle({ folder, plugins: [listOfOne(id)] });
	for (const node of manifest.n8n.nodes) copyAssets(folder, manifest.name, node);
	console.log(`${manifest.name} ${manifest.version} is in ${relative('', folder)}`);
}

/** Replaces the list of providers. */
function listOfOne(id) {
	const table = readFileSync(join(root, 'nodes/providers.ts'), 'utf8');
	const line = table.split('\n').find((text) => text.startsWith(`import { ${id} } from `));
	if (line === undefined) throw new Error(`nodes/providers.ts does not import ${id}`);
	return {
		name: 'list of one provider',
		setup({ onLoad }) {
			onLoad({ filter: /[\\/]nodes[\\/]providers\.ts$/ }, () => ({
				contents: `${line}\nexport const providers = [${id}];\n`,
				loader: 'ts',
			}));
		},
	};
}

/** Copies the icons, codex file and output schemas of a node, as gulp does for the other package. */
function copyAssets(folder, name, node) {
	const source = join(root, dirname(node).replace('dist/', ''));
	for (const file of readdirSync(source, { recursive: true }).sort()) {
		if (['.svg', '.png', '.json'].includes(extname(file))) {
			cpSync(join(source, file), join(folder, dirname(node), file));
		}
	}
	const codex = join(folder, node.replace(/\.js$/, '.json'));
	const text = readFileSync(codex, 'utf8');
	writeFileSync(codex, text.replace(`"${readManifest().name}.`, `"${name}.`));
}
