import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

const FILES = ['', 'docs'].flatMap((folder) =>
	readdirSync(join(ROOT, folder))
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name)),
);

/** Paths from the root in code, such as `nodes/shared/http/`; not those with a placeholder. */
const PATHS = /`((?:nodes|credentials|test|scripts|docs|examples)\/[\w./-]*)`/g;
const LINKS = /\]\((?!https?:|mailto:|#)([^)#\s]+)/g;

describe.each(FILES)('%s', (file) => {
	const text = readFileSync(join(ROOT, file), 'utf8');

	it('names and links only files that are there', () => {
		const paths = [...text.matchAll(PATHS)].map(([, path = '']) => path);
		const links = [...text.matchAll(LINKS)].map(([, link = '']) => join(dirname(file), link));
		expect([...paths, ...links].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	});
});
