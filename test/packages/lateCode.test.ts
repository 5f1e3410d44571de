import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { n8n } from '../../package.json';

const ROOT = resolve(__dirname, '..', '..');
const BUNDLER = pathToFileURL(join(ROOT, 'scripts/bundle.mjs')).href;
const BUILD = `import(${JSON.stringify(BUNDLER)}).then(({ bundle }) => bundle({ folder: process.cwd() }))`;

/** Loads the nodes as n8n does. */
const LOAD = `
const { readdirSync } = require('node:fs');
for (const file of ${JSON.stringify(n8n.nodes)}) require('./' + file);
const [later] = readdirSync('dist').filter((name) => name.startsWith('later-'));
const sayIfLoaded = () => console.log(Object.keys(require.cache).some((path) => path.endsWith(later)));
`;

describe('the code that only runs', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'crawl-jobs-package-'));
		cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
		symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
		run(BUILD);
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	const run = (code: string) =>
		execFileSync(process.execPath, ['-e', code], { cwd: folder, encoding: 'utf8' });

	it('is not loaded with the nodes', () => {
		expect(run(`${LOAD} sayIfLoaded();`)).toBe('false\n');
	});

	it('is loaded soon after, since an update can replace the files', () => {
		expect(run(`${LOAD} setTimeout(sayIfLoaded, 7_000);`)).toBe('true\n');
	});

	it('keeps no process from ending until then', () => {
		expect(run(`${LOAD} process.on('exit', sayIfLoaded);`)).toBe('false\n');
	});
});
