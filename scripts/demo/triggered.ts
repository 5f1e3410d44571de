import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';

import type { CrawlJob } from '../../nodes/shared/crawlJob';
import type { SavedWorkflow, WorkflowDefinition } from '../../test/support/n8n/client';
import { loadExample } from '../../test/support/n8n/exampleWorkflow';
import { itemsByOutput } from '../../test/support/n8n/execution';
import type { DemoStage } from './run';

/** An example that begins with Crawl Finished Trigger. */
interface TriggeredRun {
	title: string;
	/** The name of the workflow's file in `examples/`. */
	example: string;
	/** Its node that hands on what the trigger gives. */
	caller: string;
	/** Where that node sends it, below the simulated CRM. */
	path: string;
}

/** What an ended crawl led to. */
export interface TriggeredOutcome {
	run: TriggeredRun;
	/** How often the workflow has called with the crawl's ID. */
	calls: number;
	/** What differs from the expectation; empty when all is well. */
	differences: string[];
}

const TRIGGERED_RUNS: readonly TriggeredRun[] = [
	{
		title: 'Nightly ingestion: the pages of each crawl that has ended are stored',
		example: 'nightly-ingestion-finished.json',
		caller: 'Store page',
		path: '/documents',
	},
	{
		title: 'A crawl has ended: the CRM is told',
		example: 'crawl-finished-to-crm.json',
		caller: 'Update CRM',
		path: '/ended',
	},
];

const STARTER = { example: 'nightly-ingestion-start.json', trigger: 'Every night' };
const EXECUTION_TIMEOUT_MS = 60_000;
/** n8n polls once a minute. */
const END_TIMEOUT_MS = 180_000;
const LOOK_MS = 500;

/** The workflows of these runs, imported; those with the trigger look for ended crawls already. */
export interface PreparedTriggers {
	starter: SavedWorkflow;
	workflows: SavedWorkflow[];
}

/** Imports the workflows and activates those that begin with the trigger. */
export async function prepareTriggers(stage: DemoStage): Promise<PreparedTriggers> {
	const { n8n, simulator } = stage;
	const workflows = [];
	for (const { example, caller, path } of TRIGGERED_RUNS) {
		const definition = adapt(example, stage, {
			'Crawl Finished Trigger': { pollTimes: { item: [{ mode: 'everyMinute' }] } },
			[caller]: { url: `${simulator.url}/crm${path}` },
		});
		const workflow = await n8n.createWorkflow(definition);
		await n8n.activateWorkflow(workflow);
		workflows.push(workflow);
	}
	const value = `={{ ['${simulator.siteUrl}handbook/'] }}`;
	const starter = await n8n.createWorkflow(
		adapt(STARTER.example, stage, {
			Websites: {
				assignments: { assignments: [{ id: 'urls', name: 'urls', value, type: 'array' }] },
			},
		}),
	);
	return { starter, workflows };
}

/** Starts the nightly crawls, and waits until their ends have started the other workflows. */
export async function performTriggers(
	{ starter }: PreparedTriggers,
	{ n8n, simulator }: DemoStage,
): Promise<TriggeredOutcome[]> {
	const executionId = await n8n.runByHand(starter.id, STARTER.trigger);
	const execution = await n8n.waitForExecution(executionId, EXECUTION_TIMEOUT_MS);
	const [items = []] = itemsByOutput(execution, 'Start crawl') ?? [];
	const jobId = (items[0]?.json as CrawlJob | undefined)?.jobId;
	return await Promise.all(
		TRIGGERED_RUNS.map(async (run) => {
			const calls = () =>
				simulator.crmCalls.filter(
					({ path, body }) =>
						path === run.path && (body as { crawlJobId?: string }).crawlJobId === jobId,
				).length;
			const deadline = Date.now() + END_TIMEOUT_MS;
			while (calls() === 0 && Date.now() < deadline) await sleep(LOOK_MS);
			const differences = calls() === 0 ? ['The end of the crawl has started nothing'] : [];
			return { run, calls: calls(), differences };
		}),
	);
}

/**
 * An example with other values for some parameters, without the nodes of services that are not
 * simulated.
 */
function adapt(
	example: string,
	{ credentials }: DemoStage,
	changes: Record<string, INode['parameters']>,
): WorkflowDefinition {
	const hasCredentials = ({ credentials: needed = {} }: INode) =>
		Object.keys(needed).every((type) => type in credentials);
	const definition = loadExample(example, credentials, hasCredentials);
	return {
		...definition,
		nodes: definition.nodes.map((node) => ({
			...node,
			parameters: { ...node.parameters, ...changes[node.name] },
		})),
	};
}
