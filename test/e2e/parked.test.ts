import type { INodeExecutionData } from 'n8n-workflow';

import { runStatements } from '../support/n8n/database';
import { itemsByOutput, type Execution } from '../support/n8n/execution';
import { locateInstallation } from '../support/n8n/installation';
import {
	parkedVersions,
	readParkedWait,
	readParkedWorkflow,
	restoration,
	type ParkedItem,
	type ParkedWait,
} from './parkedWait';
import { startStage, type Stage } from './stage';
import { BRANCHES, WAIT_NODE, type Branch } from './waitWorkflow';

/** A watcher parks once more in an n8n that is young, and n8n looks for it once a minute. */
const PATIENCE_MS = 5 * 60_000;

/** Leaves room for the executions of each wait. */
const ID_STEP = 100;

interface RestoredWait {
	wait: ParkedWait;
	workflowId: string;
	/** The user's execution, when it has ended. */
	execution: Execution;
}

let stage: Stage;
let restored: Map<string, RestoredWait>;

beforeAll(async () => {
	stage = await startStage({ workers: 0 });
	const waits = [];
	for (const version of parkedVersions()) waits.push(await createWait(version));

	// As with an update of the package: n8n is down meanwhile.
	await stage.main.stop();
	const statements = waits.flatMap(({ wait, workflowId }) => restoration(wait, workflowId));
	runStatements(locateInstallation(), stage.main.userFolder, statements);
	await stage.main.start();

	const ended = waits.map(async ({ wait, workflowId }) => {
		const id = wait.executions[0]?.id ?? '';
		const execution = await stage.n8n.waitForExecution(id, PATIENCE_MS);
		return [wait.version, { wait, workflowId, execution }] as const;
	});
	restored = new Map(await Promise.all(ended));
});

afterAll(async () => {
	await stage?.close();
});

describe.each(parkedVersions())('a durable wait that version %s has parked', (version) => {
	it('ends well, in the executions that it was parked in', async () => {
		const { wait, workflowId, execution } = restoredWait(version);
		const executions = await stage.n8n.listExecutions({ workflowId });
		expect(execution.status).toBe('success');
		expect(executions.map(({ id, status }) => `${id} ${status}`).sort()).toEqual(
			wait.executions.map(({ id }) => `${id} success`).sort(),
		);
	});

	it('lets each item out once, on its output', () => {
		const { wait, execution } = restoredWait(version);
		const jobIds = outputsOf(execution).map((items) => items.map(({ json }) => json.jobId));
		expect(jobIds).toEqual(
			BRANCHES.map((branch) => itemsOn(wait, branch).map(({ jobId }) => jobId)),
		);
	});

	it('goes on counting, and adds to each item what it is to hold', () => {
		const { wait, execution } = restoredWait(version);
		const waited = wait.items.filter(({ branch }) => branch !== 'error');
		const out = outputsOf(execution).flat();
		const found = waited.map(({ jobId }) => out.find(({ json }) => json.jobId === jobId)?.json);
		expect(found).toEqual(waited.map(expectedJson));
	});

	it('gives each error with the fields of its item', () => {
		const { wait, execution } = restoredWait(version);
		const errors = outputsOf(execution)[BRANCHES.indexOf('error')] ?? [];
		expect(errors.map(({ json }) => json)).toEqual(
			itemsOn(wait, 'error').map(({ jobId }) =>
				expect.objectContaining({
					jobId,
					note: `about ${jobId}`,
					error: expect.stringMatching(/HTTP 404|is malformed/),
				}),
			),
		);
	});

	it('starts what comes behind it once for each item, and links that to what came in', () => {
		const { wait } = restoredWait(version);
		const calls = stage.simulator.crmCalls.map(
			({ path, body }) => `${path} from ${(body as { linked?: string }).linked}`,
		);
		expect(calls.filter((call) => call.includes(`/${version}-`)).sort()).toEqual(
			wait.items.map(({ branch, jobId }) => `/${branch}/${jobId} from ${jobId}`).sort(),
		);
	});
});

async function createWait(version: string): Promise<{ wait: ParkedWait; workflowId: string }> {
	const { n8n, simulator, credentials, main } = stage;
	const values = {
		simulatorUrl: simulator.url,
		n8nHost: new URL(main.url).host,
		credentialId: credentials.geonodeScraperApi?.id ?? '',
	};
	const { id: workflowId, versionId } = await n8n.createWorkflow(
		readParkedWorkflow(version, values),
	);
	const firstExecutionId = 1 + ID_STEP * parkedVersions().indexOf(version);
	const wait = readParkedWait(version, { ...values, workflowId, versionId, firstExecutionId });
	for (const { jobId, outcome } of wait.items) {
		if (outcome === null) continue;
		simulator.scriptJob({ provider: 'geonode', jobId, outcome, pages: 3, durationMs: 0 });
	}
	return { wait, workflowId };
}

function restoredWait(version: string): RestoredWait {
	const found = restored.get(version);
	if (found === undefined) throw new Error(`The wait of version ${version} was not restored`);
	return found;
}

function itemsOn({ items }: ParkedWait, branch: Branch): ParkedItem[] {
	return items.filter((item) => item.branch === branch);
}

function outputsOf(execution: Execution): INodeExecutionData[][] {
	return itemsByOutput(execution, WAIT_NODE) ?? [];
}

function expectedJson({ jobId, branch, checks }: ParkedItem): unknown {
	// Pages are for crawls that have ended.
	const hasEnded = branch !== 'stillRunning';
	const page = expect.objectContaining({ url: expect.stringContaining('https://') });
	return expect.objectContaining({
		jobId,
		note: `about ${jobId}`,
		warnings: [],
		raw: expect.objectContaining({ job_id: jobId }),
		...(hasEnded && { pages: expect.arrayContaining([page]) }),
		wait: expect.objectContaining({ checks, reason: hasEnded ? 'final' : 'deadline' }),
	});
}
