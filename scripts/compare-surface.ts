/**
 * `npm run surface`: how nodes, fields, values and credentials differ from those of each published
 * version, whose lines stand in `test/fixtures/surface/`. With `--print`, the lines of today.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { packageSurface } from '../test/support/packageSurface';

const FOLDER = join(__dirname, '..', 'test', 'fixtures', 'surface');

const today = packageSurface();
if (process.argv.includes('--print')) {
	console.log(today.join('\n'));
} else {
	for (const file of readdirSync(FOLDER)) compare(file);
}

function compare(file: string): void {
	const published = readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n');
	const gone = published.filter((line) => !today.includes(line));
	const added = today.filter((line) => !published.includes(line));
	const version = file.replace(/\.txt$/, '');
	console.log(
		`${version}: ${published.length} lines, ${gone.length} gone, ${added.length} added since`,
	);
	for (const line of gone) console.log(`- ${line}`);
	for (const line of added) console.log(`+ ${line}`);
}
