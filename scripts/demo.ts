/**
 * `npm run demo [-- --once]`: the example workflows in a real n8n, against simulated providers.
 * With `--once` it ends after the runs, with 0 only if all of them took the right branch.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { N8nClient } from '../test/support/n8n/client';
import { ensureN8n } from '../test/support/n8n/install';
import { installPackage, packProject } from '../test/support/n8n/packageInstall';
import { freePort } from '../test/support/n8n/ports';
import { N8nServer } from '../test/support/n8n/server';
import { startSimulator, type Simulator } from '../test/support/simulator';
import { createCredentials } from '../test/support/n8n/simulatorCredentials';
import type { Outcome } from './demo/outcome';
import { OWNER } from './demo/owner';
import { describeOutcome, describeTotal } from './demo/report';
import { performRun, prepareRun } from './demo/run';
import { DEMO_RUNS } from './demo/runs';

const N8N_PORT = 5678;

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
	const userFolder = temporaryFolder();

	console.log('Building and packing the nodes …');
	const tarball = await packProject(join(userFolder, 'packed'));
	const installation = await ensureN8n();
	await installPackage(userFolder, tarball);

	console.log(`Starting n8n ${installation.version} …`);
	const port = await freePort(N8N_PORT);
	const server = await N8nServer.start({ installation, userFolder, port });
	const simulator = await startSimulator();
	try {
		const outcomes = await runExamples(server.url, simulator);
		if (outcomes.some(({ differences }) => differences.length > 0)) process.exitCode = 1;
		if (!values.once) await untilInterrupted(server.url);
	} finally {
		await server.stop();
		await simulator.close();
	}
}

/** A folder that goes when this process ends, unless that is a failure to look into. */
function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'crawl-jobs-demo-'));
	process.once('exit', (code) => {
		if (code === 1) console.error(`The data and logs are kept in ${folder}`);
		else rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	});
	return folder;
}

async function runExamples(editorUrl: string, simulator: Simulator): Promise<Outcome[]> {
	const n8n = new N8nClient(editorUrl);
	await n8n.setUpOwner(OWNER);
	const credentials = await createCredentials(n8n, simulator);
	const stage = { n8n, simulator, credentials };

	const prepared = [];
	for (const run of DEMO_RUNS) prepared.push(await prepareRun(run, stage));
	console.log(`Running ${prepared.length} workflows …`);
	const outcomes = await Promise.all(prepared.map((run) => performRun(run, stage)));

	for (const outcome of outcomes) console.log(describeOutcome(outcome));
	console.log(describeTotal(outcomes));
	return outcomes;
}

async function untilInterrupted(editorUrl: string): Promise<void> {
	console.log(`\nn8n keeps running: ${editorUrl}/home/executions`);
	console.log(`Log in as ${OWNER.email} with the password ${OWNER.password}`);
	console.log('Ctrl-C stops it.');
	await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
	console.log('\nStopping …');
	process.exitCode = 0;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
