import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { itemsByOutput } from '../support/n8n/execution';
import { packSingle } from '../support/n8n/packageInstall';
import { log } from './log';
import { startStage, type Stage } from './stage';
import { node, to } from './waitWorkflow';

const SINGLE = 'n8n-nodes-geonode-crawls';

/** n8n looks for parked executions once a minute, and a round of checks is 65 seconds. */
const PATIENCE_MS = 6 * 60_000;

describe('the package for one provider beside the one for all', () => {
	let stage: Stage;

	beforeAll(async () => {
		const folder = mkdtempSync(join(tmpdir(), 'crawl-jobs-single-'));
		stage = await startStage({ workers: 0, packages: [await packSingle(folder, 'geonode')] });
	});

	afterAll(async () => {
		await stage?.close();
	});

	const crawler = (name: string, parameters: INodeParameters): INode =>
		node(
			name,
			`${SINGLE}.geonodeCrawler`,
			1,
			{ resource: 'crawl', url: stage.simulator.siteUrl, ...parameters },
			{ credentials: stage.credentials },
		);

	/** Runs nodes one after another, and gives what came out of the last, from all of its outputs. */
	const run = async (nodes: INode[]): Promise<IDataObject[][]> => {
		const names = ['Start', ...nodes.map(({ name }) => name)];
		const { id } = await stage.n8n.createWorkflow({
			name: names.join(', '),
			nodes: [node('Start', 'n8n-nodes-base.manualTrigger', 1, {}), ...nodes],
			connections: Object.fromEntries(
				nodes.map(({ name }, index) => [names[index] ?? '', { main: [to(name)] }]),
			),
		});
		const started = await stage.n8n.runByHand(id, 'Start');
		const execution = await stage.n8n.waitForExecution(started, PATIENCE_MS);
		expect(execution.status).toBe('success');
		const outputs = itemsByOutput(execution, names.at(-1) ?? '') ?? [];
		log(`${names.join(', ')}: ${outputs.map(({ length }) => length).join(', ')} items`);
		return outputs.map((items) => items.map(({ json }) => json));
	};

	const succeeded = () =>
		expect.objectContaining({
			provider: 'geonode',
			status: 'succeeded',
			url: stage.simulator.siteUrl,
		});

	it('starts a crawl and waits for its end, with the credential of the other', async () => {
		const parameters = { operation: 'startAndWait', waitMode: 'inExecution' };
		expect(await run([crawler('Crawl', parameters)])).toEqual([[succeeded()]]);
	});

	it('waits durably in executions of its own nodes', async () => {
		const parameters = { operation: 'startAndWait', waitMode: 'durable' };
		expect(await run([crawler('Crawl', parameters)])).toEqual([[succeeded()]]);
	});

	it('starts a crawl that the wait node of the other waits for', async () => {
		const wait = node(
			'Wait',
			'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
			1.1,
			{},
			{ credentials: stage.credentials },
		);
		const [success] = await run([crawler('Crawl', { operation: 'start' }), wait]);
		expect(success).toEqual([succeeded()]);
	});

	it('has a trigger of its own that starts a workflow', async () => {
		const { n8n, simulator, credentials } = stage;
		const workflow = await n8n.createWorkflow({
			name: 'Trigger',
			nodes: [node('Trigger', `${SINGLE}.crawlFinishedTrigger`, 1, {}, { credentials })],
			connections: {},
		});
		await n8n.activateWorkflow(workflow);
		const jobId = '9b3e7f12-8c4a-43d9-b5e2-1a9c8f7d6e5b';
		simulator.scriptJob({ provider: 'geonode', jobId, durationMs: 0, outcome: 'succeeded' });
		const id = await n8n.untilStarted(workflow.id, PATIENCE_MS);
		const execution = await n8n.waitForExecution(id, PATIENCE_MS);
		const [items] = itemsByOutput(execution, 'Trigger') ?? [];
		expect(items?.map(({ json }) => json.jobId)).toEqual([jobId]);
		await n8n.deactivateWorkflow(workflow);
	});
});
