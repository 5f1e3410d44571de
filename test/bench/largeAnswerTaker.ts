/* Takes a large answer in this process, and prints what it took. */
import './sideBySide/engineSettings';

import { monitorEventLoopDelay } from 'node:perf_hooks';

import { addNodeTypes } from '../support/engine/nodeTypes';
import { runNode } from '../support/engine/runNode';
import { runWorkflow, START } from '../support/engine/runWorkflow';
import { forgetPeak, peakMemory } from './peakMemory';
import { loadNode } from './sideBySide/loadNode';
import { shareN8n } from './sideBySide/oneN8n';
import { sleep } from './sideBySide/sleep';
import { statusAnswer } from './statusAnswers';

export interface Taken {
	/** Above the process as it was before, in MiB. */
	peakMiB: number;
	/** The longest time in which the process could do nothing else. */
	blockedMs: number;
}

const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

async function getStatus(baseUrl: string): Promise<unknown> {
	const { reference, credential } = statusAnswer('highLevel', 0, 'plain');
	const { json } = await runNode({
		type: 'highLevelCrawler',
		parameters: { authentication: 'privateIntegration', resource: 'crawl', operation: 'getStatus' },
		credentials: { highLevelPrivateIntegrationApi: { ...credential, baseUrl } },
		items: [{ jobId: reference.operationId, reference }],
	});
	return json[0]?.status;
}

async function requestPlainly(baseUrl: string): Promise<unknown> {
	const run = await runWorkflow({
		nodes: [
			{
				name: 'Request',
				type: HTTP_REQUEST,
				typeVersion: 4.5,
				parameters: { url: baseUrl, options: {} },
			},
		],
		connections: { [START]: { main: [[{ node: 'Request', type: 'main', index: 0 }]] } },
		items: [{}],
		credentials: {},
	});
	return run.outputsOf('Request')[0]?.[0]?.json.success;
}

async function main(taker: string, baseUrl: string, n8nNodes: string): Promise<void> {
	shareN8n();
	const file = 'dist/nodes/HttpRequest/HttpRequest.node.js';
	addNodeTypes({ [HTTP_REQUEST]: loadNode({ packageFolder: n8nNodes, file }) });
	const take = taker === 'HTTP Request' ? requestPlainly : getStatus;
	// What is loaded and compiled for the first answer is not what an answer takes.
	for (let count = 0; count < 3; count++) await take(`${baseUrl}/small`);
	forgetPeak();
	const before = peakMemory();
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const answer = await take(`${baseUrl}/large`);
	// What blocked last is counted once the clock ticks again.
	await sleep(50);
	delay.disable();
	if (answer !== true && answer !== 'succeeded') throw new Error(`The answer is ${String(answer)}`);
	const MIB = 1024 * 1024;
	const taken: Taken = { peakMiB: (peakMemory() - before) / MIB, blockedMs: delay.max / 1e6 };
	process.stdout.write(JSON.stringify(taken));
}

const [taker = '', baseUrl = '', n8nNodes = ''] = process.argv.slice(2);
void main(taker, baseUrl, n8nNodes).then(() => process.exit());
