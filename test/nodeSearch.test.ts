import { sublimeSearch } from '@n8n/utils/search/sublime-search';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { registeredNodes } from './support/engine/packageTypes';
import { NODES_BY_WORDS } from './support/nodeSearch';

/*
 * n8n's editor finds a node by its display name and by the aliases in its `.node.json`. This is the
 * editor's own search; the other nodes that it would find beside ours are not here.
 */

const nodes = registeredNodes.map(({ node, folder }) => ({
	properties: {
		displayName: node.description.displayName,
		codex: readCodex(folder),
	},
}));

describe('the search of the editor', () => {
	it.each(NODES_BY_WORDS)('finds by "%s": %p', (words, expected) => {
		const found = sublimeSearch(words, nodes).map(({ item }) => item.properties.displayName);
		expect(found).toEqual(expect.arrayContaining(expected));
	});

	it.each(registeredNodes.map(({ node, folder }) => [node.description.displayName, folder]))(
		'has four to eight aliases for %s',
		(_, folder) => {
			const { alias = [] } = readCodex(folder);
			expect(alias.length).toBeGreaterThanOrEqual(4);
			expect(alias.length).toBeLessThanOrEqual(8);
		},
	);
});

function readCodex(folder: string): { alias?: string[] } {
	const name = folder.split(/[/\\]/).at(-1) ?? '';
	return JSON.parse(readFileSync(join(folder, `${name}.node.json`), 'utf8')) as {
		alias?: string[];
	};
}
