import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { n8n } from '../../package.json';

const ROOT = resolve(__dirname, '..', '..');
const REGISTERED = [...n8n.credentials, ...n8n.nodes];
const BUNDLER = pathToFileURL(join(ROOT, 'scripts/bundle.mjs')).href;
const BUILD = `import(${JSON.stringify(BUNDLER)}).then(({ bundle }) => bundle({ folder: process.cwd() }))`;

/** Loads all that is registered as n8n does. */
const LOAD = `
for (const file of ${JSON.stringify(REGISTERED)}) require('./' + file);
const sayIfLoaded = () => console.log(Object.keys(require.cache).some((path) => path.endsWith('bundle.js')));
`;

let folder: string;
const built = new Map<string, object>();
/** When the package has loaded its code, five seconds after the descriptions. Jest allows it no later. */
let allLoaded: Promise<void>;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'crawl-jobs-package-'));
	cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
	run(BUILD);
	for (const file of REGISTERED) built.set(file, load(join(folder, file)));
	allLoaded = sleep(6_000);
});
afterAll(async () => {
	await allLoaded;
	rmSync(folder, { recursive: true, force: true });
});

const run = (code: string) =>
	execFileSync(process.execPath, ['-e', code], { cwd: folder, encoding: 'utf8' });

describe('the code behind the descriptions', () => {
	it('is not loaded with them', () => {
		expect(run(`${LOAD} sayIfLoaded();`)).toBe('false\n');
	});

	it('is loaded by the first call of a function', () => {
		const sign = `new Type().authenticate({ apiKey: 'k' }, { url: '' })`;
		expect(
			run(
				`const { GeonodeScraperApi: Type } = require('./dist/credentials/GeonodeScraperApi.credentials.js');
				${sign}.then(({ headers }) => console.log(headers['X-Api-Key']));`,
			),
		).toBe('k\n');
	});

	it('is loaded soon after, since an update can replace the files', () => {
		expect(run(`${LOAD} setTimeout(sayIfLoaded, 7_000);`)).toBe('true\n');
	});

	it('stays the same after an update, for what n8n still holds', () => {
		cpSync(join(folder, 'dist'), join(folder, 'updated/dist'), { recursive: true });
		const answer = run(
			`process.chdir('updated');
			const load = (name) => new (require(process.cwd() + '/dist/credentials/' + name + '.credentials.js')[name])();
			const [geonode, pathors] = ['GeonodeScraperApi', 'PathorsDeveloperApi'].map(load);
			geonode.authenticate({ apiKey: 'k' }, { url: '' }).then(async () => {
				for (const path of Object.keys(require.cache)) delete require.cache[path];
				require('node:fs').writeFileSync('dist/bundle.js', '');
				const { headers } = await pathors.authenticate({ developerKey: 'k' }, { url: '' });
				console.log(headers.Authorization);
			});`,
		);
		expect(answer).toBe('Bearer k\n');
	});

	it('keeps no process from ending until then', () => {
		expect(run(`${LOAD} process.on('exit', sayIfLoaded);`)).toBe('false\n');
	});
});

describe.each(REGISTERED)('%s', (file) => {
	it('has the name that n8n notes', () => {
		expect(built.get(file)?.constructor.name).toBe(nameOf(file));
	});

	it('says the same as its source, and has the same functions', () => {
		const source = load(join(ROOT, file.replace(/^dist\/|\.js$/g, '')));
		expect(shapeOf(built.get(file))).toEqual(shapeOf(source));
	});
});

function load(path: string): object {
	const { [nameOf(path)]: Type } = jest.requireActual<Record<string, new () => object>>(path);
	if (Type === undefined) throw new Error(`${path} has no ${nameOf(path)}`);
	return new Type();
}

function nameOf(path: string): string {
	return basename(path).split('.')[0] ?? '';
}

/** What something has, with the functions that n8n calls as mere marks. */
function shapeOf(value: unknown): unknown {
	if (typeof value === 'function' && value !== String) return 'a function';
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(shapeOf);
	const prototype: object = Object.getPrototypeOf(value) as object;
	const methods = Object.getOwnPropertyNames(prototype === Object.prototype ? {} : prototype);
	const names = new Set([...Object.keys(value), ...methods.filter((key) => key !== 'constructor')]);
	return Object.fromEntries(
		[...names].map((key) => [key, shapeOf((value as Record<string, unknown>)[key])]),
	);
}
