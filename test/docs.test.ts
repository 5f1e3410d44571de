import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { scripts } from '../package.json';
import { filesOfPages, NODE_PAGES, withFields } from './support/docs/nodeFields';

const ROOT = resolve(__dirname, '..');

const FILES = [
	'',
	'docs',
	'docs/nodes',
	...readdirSync(join(ROOT, 'packages')).map((id) => `packages/${id}`),
	'test/support/n8n',
	'test/support/simulator',
].flatMap((folder) =>
	readdirSync(join(ROOT, folder))
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name)),
);

/** Paths from the root in code, such as `nodes/shared/http/`; not those with a placeholder. */
const PATHS = /`((?:nodes|credentials|test|scripts|docs|examples)\/[\w./-]*)`/g;
/** Of Markdown, and of the HTML that GitHub shows. */
const LINKS = /(?:\]\(|(?:src|srcset|href)=")(?!https?:|mailto:)([^)"\s]+)/g;
const COMMANDS = /\bnpm (?:run ([\w:]+)|(test)\b)/g;
const HEADINGS = /^#{1,6} (.+)$/gm;

describe.each(FILES)('%s', (file) => {
	const text = read(file);
	const links = found(text, LINKS).map((link) => {
		const [path = '', anchor] = link.split('#');
		return { target: path === '' ? file : join(dirname(file), path), anchor };
	});

	it('names and links only files that are there', () => {
		const paths = [...found(text, PATHS), ...links.map(({ target }) => target)];
		expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	});

	it('links only headings that are there', () => {
		const wrong = links.filter(
			({ target, anchor }) =>
				anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor),
		);
		expect(wrong).toEqual([]);
	});

	it('names only commands that are there', () => {
		expect(found(text, COMMANDS).filter((name) => !(name in scripts))).toEqual([]);
	});
});

describe('the pages of the nodes', () => {
	it('are one for each node', () => {
		expect(filesOfPages().sort()).toEqual(NODE_PAGES.map(({ file }) => file).sort());
	});

	it.each(NODE_PAGES.map((page) => [relative(ROOT, page.file), page] as const))(
		'list the fields as the editor shows them (if not: npm run docs): %s',
		(name, { description }) => {
			const text = read(name);
			expect(text).toBe(withFields(text, description));
		},
	);
});

describe('docs/troubleshooting.md', () => {
	const errors = read('test/fixtures/errors.md');
	const messages = found(read('docs/troubleshooting.md'), /^### (.+)$/gm);

	it.each(messages)('quotes an error of this package: %s', (message) => {
		const parts = message.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
		expect(errors).toMatch(new RegExp(parts.join('.*')));
	});
});

function read(file: string): string {
	return readFileSync(join(ROOT, file), 'utf8');
}

/** What the first group of a pattern that took part holds, of each match. */
function found(text: string, pattern: RegExp): string[] {
	return [...text.matchAll(pattern)].map(([, ...groups]) => groups.find(Boolean) ?? '');
}

/** The anchors that GitHub gives the headings of a file. */
function anchorsOf(file: string): string[] {
	const headings = found(read(file), HEADINGS);
	return headings.map((heading) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-'),
	);
}
