import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { packageSurface } from './support/packageSurface';

const FOLDER = join(__dirname, 'fixtures', 'surface');

describe.each(readdirSync(FOLDER))('a workflow saved with the version of %s', (file) => {
	it('finds every node, output, field, value, default and credential that it names', () => {
		const published = readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n');
		const today = new Set(packageSurface());
		expect(published.filter((line) => !today.has(line))).toEqual([]);
	});
});
