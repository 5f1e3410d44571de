import type { N8nClient, SavedWorkflow } from '../../test/support/n8n/client';
import type { Simulator } from '../../test/support/simulator';
import { loadExample, type CredentialsByType } from '../../test/support/n8n/exampleWorkflow';
import { readOutcome, type Outcome } from './outcome';
import type { DemoRun } from './runs';

const WAIT_NODE_TYPE = 'n8n-nodes-crawl-jobs.waitUntilCrawlDone';
const EXECUTION_TIMEOUT_MS = 180_000;

/** What the runs share. */
export interface DemoStage {
	n8n: N8nClient;
	simulator: Simulator;
	credentials: CredentialsByType;
}

/** A run whose workflow is imported and listens. */
export interface PreparedRun {
	run: DemoRun;
	workflow: SavedWorkflow;
	/** The name of the workflow's last node Wait Until Crawl Done. */
	waitNode: string;
}

/** Imports and activates the workflow of a run. */
export async function prepareRun(run: DemoRun, stage: DemoStage): Promise<PreparedRun> {
	const definition = loadExample(run.example, stage.credentials);
	const waitNode = definition.nodes.filter(({ type }) => type === WAIT_NODE_TYPE).at(-1)?.name;
	if (waitNode === undefined) throw new Error(`${run.example} has no node ${WAIT_NODE_TYPE}`);
	const workflow = await stage.n8n.createWorkflow(definition);
	await stage.n8n.activateWorkflow(workflow);
	return { run, workflow, waitNode };
}

/** Calls the workflow's webhook and waits for the execution to end. */
export async function performRun(
	{ run, workflow, waitNode }: PreparedRun,
	{ n8n, simulator }: DemoStage,
): Promise<Outcome> {
	// An address of its own tells the calls of the runs apart.
	const crmPath = `/opportunities/${run.webhookPath}`;
	const payload = {
		url: `${simulator.siteUrl}${run.sitePath}`,
		crmUrl: `${simulator.url}/crm${crmPath}`,
		...run.ids?.(simulator),
	};
	const executionId = await n8n.startByWebhook(workflow.id, run.webhookPath, payload);
	const execution = await n8n.waitForExecution(executionId, EXECUTION_TIMEOUT_MS);
	const crmCalls = simulator.crmCalls.filter(({ path }) => path === crmPath);
	return readOutcome(run, execution, waitNode, crmCalls);
}
