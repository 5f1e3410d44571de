/**
 * `npm run demo [-- --once]`: the example workflows in a real n8n, against simulated providers.
 * With `--once` it ends after the runs, with 0 only if all of them took the right branch.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { N8nClient, type SavedWorkflow } from '../test/support/n8n/client';
import { loadExample } from '../test/support/n8n/exampleWorkflow';
import { ensureN8n } from '../test/support/n8n/install';
import { installPackage, packProject } from '../test/support/n8n/packageInstall';
import { freePort } from '../test/support/n8n/ports';
import { N8nServer } from '../test/support/n8n/server';
import { startSimulator, type Simulator } from '../test/support/simulator';
import { createCredentials } from '../test/support/n8n/simulatorCredentials';
import { OWNER } from './demo/owner';
import { performReport, REPORT_EXAMPLE } from './demo/crawlReport';
import { describeOutcome, describeReport, describeTotal, describeTriggered } from './demo/report';
import { performRun, prepareRun } from './demo/run';
import { DEMO_RUNS } from './demo/runs';
import { performTriggers, prepareTriggers } from './demo/triggered';

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
		const { differences, workflows } = await runExamples(server.url, simulator);
		if (differences.length > 0) process.exitCode = 1;
		if (!values.once) await untilInterrupted(server.url, simulator, workflows);
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

interface Performance {
	/** What differs from the expectations; empty when all is well. */
	differences: string[];
	workflows: SavedWorkflow[];
}

async function runExamples(editorUrl: string, simulator: Simulator): Promise<Performance> {
	const n8n = new N8nClient(editorUrl);
	await n8n.setUpOwner(OWNER);
	const credentials = await createCredentials(n8n, simulator);
	const stage = { n8n, simulator, credentials };

	const prepared = [];
	for (const run of DEMO_RUNS) prepared.push(await prepareRun(run, stage));
	const triggers = await prepareTriggers(stage);
	const report = await n8n.createWorkflow(loadExample(REPORT_EXAMPLE, credentials));
	const agentTool = await n8n.createWorkflow(loadExample('agent-crawl-tool.json', credentials));
	console.log(`Running ${prepared.length} workflows, and some that start when a crawl has ended …`);
	const [outcomes, triggered] = await Promise.all([
		Promise.all(prepared.map((run) => performRun(run, stage))),
		performTriggers(triggers, stage),
	]);

	const reported = await performReport(report, n8n);

	for (const outcome of outcomes) console.log(describeOutcome(outcome));
	for (const outcome of triggered) console.log(describeTriggered(outcome));
	console.log(describeReport(reported));
	console.log(describeTotal([...outcomes, ...triggered, reported]));

	const imported = [...prepared.map(({ workflow }) => workflow), triggers.starter];
	return {
		differences: [...outcomes, ...triggered, reported].flatMap(({ differences }) => differences),
		workflows: [...imported, ...triggers.workflows, report, agentTool],
	};
}

async function untilInterrupted(
	editorUrl: string,
	{ siteUrl, ids }: Simulator,
	workflows: readonly SavedWorkflow[],
): Promise<void> {
	const links = workflows.map(({ id, name }) => `  ${name}: ${editorUrl}/workflow/${id}`);
	console.log(`
n8n keeps running: ${editorUrl}
Log in as ${OWNER.email} with the password ${OWNER.password}

Workflows, each of which can be run in the editor:
${links.join('\n')}

Websites to crawl:
  one that works:   ${siteUrl}
  a slow one:       ${siteUrl}slow/
  one that is down: ${siteUrl}down/
IDs where a form asks for them: HighLevel knowledge base ${ids.highLevel.knowledgeBaseId}; Pathors project ${ids.pathors.projectId}, knowledge base ${ids.pathors.knowledgeBaseId}

Executions: ${editorUrl}/home/executions
Ctrl-C stops it.`);
	await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
	console.log('\nStopping …');
	process.exitCode = 0;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
