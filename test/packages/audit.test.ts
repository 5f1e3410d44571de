import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '..', '..', 'scripts', 'audit.mjs');

const ADVISORY = {
	id: 1,
	url: 'https://advisories.example.com/1',
	title: 'A hole',
	severity: 'high',
	vulnerable_versions: '<2.0.0',
};

/** What the registry answers when it is asked for vulnerabilities. */
let answer: { status: number; body: object };
let registry: Server;
let folder: string;

beforeAll(async () => {
	registry = createServer(({ method, url = '' }, response) => {
		const name = url.slice(1);
		const versions = { '1.0.0': { name, version: '1.0.0', dist: {} } };
		const { status, body } = method === 'POST' ? answer : { status: 200, body: { name, versions } };
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(body));
	});
	await new Promise<void>((done) => registry.listen(0, '127.0.0.1', done));
});

afterAll(async () => {
	await new Promise((done) => registry.close(done));
});

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'crawl-jobs-audit-'));
});

afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

/** Audits a project with these packages, of version 1.0.0. */
async function audit(packages: string[], settings: NodeJS.ProcessEnv = {}) {
	const dependencies = Object.fromEntries(packages.map((name) => [name, '1.0.0']));
	const project = { name: 'project', version: '1.0.0', dependencies };
	const installed = Object.fromEntries(
		packages.map((name) => [`node_modules/${name}`, { version: '1.0.0' }]),
	);
	const lock = {
		...project,
		lockfileVersion: 3,
		packages: { '': project, ...installed },
	};
	writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
	writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
	return await run(settings);
}

async function run(settings: NodeJS.ProcessEnv = {}) {
	const { port } = registry.address() as AddressInfo;
	const env = {
		...process.env,
		npm_config_registry: `http://127.0.0.1:${port}/`,
		npm_config_fetch_retries: '0',
		npm_config_cache: join(folder, 'cache'),
		...settings,
	};
	const child = spawn(process.execPath, [SCRIPT, folder], { env });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk) => (output += String(chunk)));
	}
	const status = await new Promise((done) => child.on('close', done));
	return { status, output };
}

it('fails for a known vulnerability of what ships', async () => {
	answer = { status: 200, body: { shipped: [ADVISORY] } };
	expect(await audit(['shipped'])).toEqual({
		status: 1,
		output: '1 known vulnerabilities in the 1 packages that ship.\n',
	});
});

it('passes when the registry knows of none', async () => {
	answer = { status: 200, body: {} };
	expect(await audit(['shipped'])).toEqual({
		status: 0,
		output: '0 known vulnerabilities in the 1 packages that ship.\n',
	});
});

it('says that nothing is known when the registry does not answer', async () => {
	answer = { status: 405, body: {} };
	const { status, output } = await audit(['shipped']);
	expect(status).toBe(0);
	expect(output).toMatch(/^Skipped, nothing is known: the registry gives no answer: 405 /);
});

it('asks although npm is set to work offline', async () => {
	answer = { status: 200, body: { shipped: [ADVISORY] } };
	expect(await audit(['shipped'], { npm_config_offline: 'true' })).toMatchObject({ status: 1 });
});

it('says that there is nothing to ask about when nothing of others ships', async () => {
	expect(await audit([])).toEqual({
		status: 0,
		output: 'Nothing to audit: no package of others ships.\n',
	});
});

it('fails when there is nothing to ask with', async () => {
	writeFileSync(join(folder, 'package.json'), '{}');
	expect(await run()).toMatchObject({ status: 1, output: expect.stringMatching(/lockfile/) });
});
