import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { picture } from './picture';
import { report, summary } from './report';
import type { Results } from './results';

const DOCS = resolve(__dirname, '../../../docs');
/** The page that explains the figures. */
const EXPLAINED = join(DOCS, 'performance.md');
/** The place on it for the most important ones. */
const MARKED = /(<!-- npm run bench -->)[^]*(<!-- end of npm run bench -->)/;

/** Writes the pages and the picture of a whole run into the docs. */
export async function writeDocs(results: Results): Promise<void> {
	await writeTo(DOCS, results);
	const page = readFileSync(EXPLAINED, 'utf8');
	if (!MARKED.test(page)) throw new Error(`${EXPLAINED} has no place for the tables`);
	const between = (_: string, begin: string, end: string) =>
		`${begin}\n\n${summary(results)}\n\n${end}`;
	await writeText(EXPLAINED, page.replace(MARKED, between));
}

/** Writes the tables and the picture into a folder. */
export async function writeTo(folder: string, results: Results): Promise<void> {
	await writeText(join(folder, 'measurements.md'), report(results));
	const image = join(folder, 'images', 'side-by-side.svg');
	mkdirSync(dirname(image), { recursive: true });
	writeFileSync(image, picture(results));
}

/** In the form that the checks of the repository ask for. */
async function writeText(file: string, text: string): Promise<void> {
	const options = await resolveConfig(EXPLAINED);
	writeFileSync(file, await format(text, { ...options, filepath: file }));
}
