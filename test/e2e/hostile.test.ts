import { setTimeout as sleep } from 'node:timers/promises';

import { itemsByOutput } from '../support/n8n/execution';
import { startHostileServer, type HostileServer, type Hostility } from './hostileServer';
import { startStage, type Stage } from './stage';
import { BRANCHES, WAIT_NODE, waitWorkflow } from './waitWorkflow';

const HOSTILITIES: Hostility[] = ['trickle', 'gzipBomb', 'silence'];
const MAX_WAIT_MINUTES = 3;
/** The deadline, the last check, and what n8n takes to go on. */
const PATIENCE_MS = 8 * 60_000;
const SERVED_EVERY_MS = 5_000;
const SERVED_WITHIN_MS = 15_000;

let stage: Stage;
let servers: HostileServer[] = [];
let executions: Map<Hostility, string>;
/** How many other executions were started meanwhile, and how many of them n8n served. */
const others = { started: 0, served: 0 };

beforeAll(async () => {
	stage = await startStage({ workers: 0 });
	await createOther();
	executions = new Map();
	for (const hostility of HOSTILITIES) executions.set(hostility, await startWait(hostility));
	const ended = Promise.allSettled(
		[...executions.values()].map(async (id) => await stage.n8n.waitForExecution(id, PATIENCE_MS)),
	);
	await serveOthersUntil(ended);
});

afterAll(async () => {
	await Promise.all(servers.map(async (server) => await server.close()));
	await stage?.close();
});

describe.each(HOSTILITIES)('a durable wait at a server of the hostility %s', (hostility) => {
	it('ends on Still Running', async () => {
		const execution = await stage.n8n.getExecution(executions.get(hostility) ?? '');
		expect(execution.data.resultData.error).toBeUndefined();
		const items = itemsByOutput(execution, WAIT_NODE)?.[BRANCHES.indexOf('stillRunning')] ?? [];
		expect(items).toMatchObject([{ json: { jobId: hostility } }]);
	});

	it('is checked by one watcher, which n8n never loses', async () => {
		const { workflowId } = await stage.n8n.getExecution(executions.get(hostility) ?? '');
		const all = await stage.n8n.listExecutions({ workflowId });
		expect(all.filter(({ status }) => status === 'crashed')).toEqual([]);
	});
});

it('n8n serves other executions while hostile servers are waited for', () => {
	expect(others.started).toBeGreaterThan(10);
	expect(others.served).toBe(others.started);
});

async function startWait(hostility: Hostility): Promise<string> {
	const server = await startHostileServer(hostility);
	servers = [...servers, server];
	const { n8n, credentials } = stage;
	const geonodeScraperApi = await n8n.createCredential(hostility, 'geonodeScraperApi', {
		apiKey: 'a-key-for-hostile-servers',
		baseUrl: server.url,
	});
	const definition = waitWorkflow(
		{ ...stage, credentials: { ...credentials, geonodeScraperApi } },
		{ path: hostility, options: { maxWaitMinutes: MAX_WAIT_MINUTES, maxConsecutiveFailures: 0 } },
	);
	const workflow = await n8n.createWorkflow(definition);
	await n8n.activateWorkflow(workflow);
	return await n8n.startByWebhook(workflow.id, hostility, { jobs: [{ jobId: hostility }] });
}

/** A workflow that has ended when its webhook is answered. */
async function createOther(): Promise<void> {
	const { n8n, simulator } = stage;
	simulator.scriptJob({ provider: 'geonode', jobId: 'other', outcome: 'succeeded', durationMs: 0 });
	const definition = waitWorkflow(stage, { path: 'other', waitMode: 'inExecution' });
	await n8n.activateWorkflow(await n8n.createWorkflow(definition));
}

async function serveOthersUntil(ended: Promise<unknown>): Promise<void> {
	let isOver = false;
	void ended.then(() => (isOver = true));
	while (!isOver) {
		others.started++;
		const before = stage.simulator.crmCalls.length;
		await stage.n8n.triggerWebhook('other', { jobs: [{ jobId: 'other' }] }).catch(() => {});
		const giveUpAt = Date.now() + SERVED_WITHIN_MS;
		while (stage.simulator.crmCalls.length === before && Date.now() < giveUpAt) await sleep(100);
		if (stage.simulator.crmCalls.length > before) others.served++;
		await Promise.race([ended, sleep(SERVED_EVERY_MS)]);
	}
}
