import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { Ends, TRIGGER } from './ends';
import { log } from './log';
import { until, untilQuiet } from './quiet';
import { startStage, type Stage } from './stage';
import { node } from './waitWorkflow';

const KILLS = 3;
const COUNTS = { highLevel: 4, convocore: 74, geonode: 74, midPilot: 74, pathors: 74 };
const CRAWLS = 300;
const POLL_MS = 30_000;
const PATIENCE_MS = 6 * POLL_MS;

let stage: Stage;
let ends: Ends;

beforeAll(async () => {
	stage = await startStage({ workers: 0 });
});

afterAll(async () => {
	await stage?.close();
});

it(`with push, the trigger starts a workflow once for each of ${CRAWLS} ends, although n8n is killed ${KILLS} times, and events are lost and repeated`, async () => {
	const { simulator, webhookUrl } = stage;
	simulator.events.dropEvery = 3;
	simulator.events.doubleEvery = 5;
	ends = await Ends.start(stage, {
		counts: COUNTS,
		durationsMs: [5_000, 20_000],
		waves: { count: 4, everyMs: 40_000 },
		push: { webhookUrl, convocoreUrl: webhookUrl },
	});
	let startedAt = 0;
	for (let count = 1; count <= KILLS; count++) {
		await untilQuiet(stage, startedAt, PATIENCE_MS);
		await stage.main.kill();
		log('kill -9 of n8n');
		await sleep(3_000 * Math.random());
		startedAt = simulator.requests.length;
		await stage.main.start();
		log('n8n is back');
	}
	await ends.untilSeen(PATIENCE_MS);
	const result = await ends.counted(POLL_MS);
	log(`events: ${JSON.stringify(simulator.events.counts)}`);
	expect(result).toEqual({ crawls: CRAWLS, once: CRAWLS, repeated: 0, lost: 0 });
	// Some were believed: none refused but those that came while n8n was starting or were repeated.
	expect(simulator.events.counts[202]).toBeGreaterThan(0);
});

it('a call starts the workflow long before the next poll, and the webhook goes when it is deactivated', async () => {
	const { simulator, n8n, credentials } = stage;
	simulator.events.dropEvery = 0;
	const others = simulator.geonodeWebhooks.size;
	const jobId = randomUUID();
	simulator.scriptJob({ provider: 'geonode', jobId, durationMs: 5_000, outcome: 'succeeded' });
	const pollTimes = { item: [{ mode: 'custom', cronExpression: '0 0 1 1 *' }] };
	const parameters = { provider: 'geonode', push: true, pollTimes };
	const nodes = [
		node('Trigger', TRIGGER, 1, parameters, { credentials, webhookId: 'geonode-push-alone' }),
	];
	const workflow = await n8n.createWorkflow({ name: 'Push alone', nodes, connections: {} });
	await n8n.activateWorkflow(workflow);
	expect(simulator.geonodeWebhooks.size).toBe(others + 1);

	const executions = async () => await n8n.listExecutions({ workflowId: workflow.id });
	await until(async () => (await executions()).length === 1, PATIENCE_MS);
	await n8n.deactivateWorkflow(workflow);
	await until(async () => simulator.geonodeWebhooks.size === others, PATIENCE_MS);
});

it('*Fetch Test Event* polls, instead of waiting for a call', async () => {
	const execution = await stage.n8n.runByHand(ends.workflowOf('geonode'), 'Trigger 0');
	const { status } = await stage.n8n.waitForExecution(execution, POLL_MS);
	expect(status).toBe('success');
});

it.each([
	['no secret', 401, '{}'],
	['more than 1 MB', 413, JSON.stringify('x'.repeat(1_000_000))],
	// n8n itself refuses these two, before it asks the node.
	['a body that is no JSON', 422, 'x'],
	['100 MB', 500, 'x'.repeat(100_000_000)],
])('a call with %s is answered with %d', async (_, status, body) => {
	const url = `${stage.webhookUrl}/webhook/convocore-0/crawl-finished`;
	const headers = { 'content-type': 'application/json' };
	const response = await fetch(url, { method: 'POST', headers, body });
	expect(response.status).toBe(status);
});
