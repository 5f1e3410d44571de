/**
 * `npm run dev [-- --fresh]`: the package in a running n8n, built and loaded again on every change
 * of `nodes/` or `credentials/`, with the simulated providers beside it. The n8n's data is kept for
 * the next time; `--fresh` throws it away first.
 */
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { N8nApiError, N8nClient } from '../test/support/n8n/client';
import { loadExample } from '../test/support/n8n/exampleWorkflow';
import { ensureN8n } from '../test/support/n8n/install';
import { cacheFolder } from '../test/support/n8n/installation';
import { installPackage, packProject } from '../test/support/n8n/packageInstall';
import { freePort } from '../test/support/n8n/ports';
import { N8nServer } from '../test/support/n8n/server';
import { createCredentials } from '../test/support/n8n/simulatorCredentials';
import { startSimulator, type Simulator } from '../test/support/simulator';
import { OWNER } from './demo/owner';
import { rebuildOnChange } from './dev/rebuild';

const EXAMPLES_FOLDER = resolve(__dirname, '..', 'examples');

const N8N_PORT = 5678;
/** Always the same, since it is part of the credentials that n8n keeps. */
const SIMULATOR_PORT = 5699;

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });
	const userFolder = join(cacheFolder(process.env), 'dev');
	if (values.fresh) rmSync(userFolder, { recursive: true, force: true });

	const simulator = await startSimulator({ port: SIMULATOR_PORT });
	const end = new AbortController();
	try {
		console.log('Building and installing the nodes …');
		const packageFolder = await buildAndInstall(userFolder);
		const logFile = join(userFolder, 'build.log');
		void rebuildOnChange({ packageFolder, logFile }, end.signal);
		await runN8n(userFolder, simulator);
	} finally {
		end.abort();
		await simulator.close();
	}
}

/** @returns where n8n loads the package from */
async function buildAndInstall(userFolder: string): Promise<string> {
	const packageFolder = join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-crawl-jobs');
	const tarball = await packProject(join(userFolder, 'packed'));
	// npm would keep an installed package of the same version.
	rmSync(packageFolder, { recursive: true, force: true });
	await installPackage(userFolder, tarball);
	return packageFolder;
}

/** Runs n8n until this process is interrupted. */
async function runN8n(userFolder: string, simulator: Simulator): Promise<void> {
	const installation = await ensureN8n();
	console.log(`Starting n8n ${installation.version} …`);
	const port = await freePort(N8N_PORT);
	// n8n loads a package again when its files change.
	const env = { N8N_DEV_RELOAD: 'true' };
	const server = await N8nServer.start({ installation, userFolder, port, env });
	try {
		await furnish(new N8nClient(server.url), simulator);
		tellAddresses(server, simulator);
		await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
		console.log('\nStopping …');
	} finally {
		await server.stop();
	}
}

/** Gives a new n8n its owner, credentials for the simulator, and the examples. */
async function furnish(n8n: N8nClient, simulator: Simulator): Promise<void> {
	if (await hasOwner(n8n)) return;
	await n8n.setUpOwner(OWNER);
	const credentials = await createCredentials(n8n, simulator);
	for (const file of readdirSync(EXAMPLES_FOLDER)) {
		await n8n.createWorkflow(loadExample(file, credentials));
	}
}

async function hasOwner(n8n: N8nClient): Promise<boolean> {
	try {
		await n8n.login(OWNER);
		return true;
	} catch (error) {
		if (error instanceof N8nApiError && error.status === 401) return false;
		throw error;
	}
}

function tellAddresses(server: N8nServer, simulator: Simulator): void {
	console.log(`
n8n:        ${server.url}
            log in as ${OWNER.email} with the password ${OWNER.password}
Simulator:  ${simulator.url}, a website to crawl: ${simulator.siteUrl}
n8n's log:  ${server.logFile}

The nodes are built and loaded again when a file changes. Ctrl-C stops everything.
`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
