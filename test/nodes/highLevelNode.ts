import type { INodeParameters } from 'n8n-workflow';

import { runNode, type NodeCall, type NodeRun } from '../support/engine/runNode';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import type { JobScript, Simulator } from '../support/simulator';

export const OPERATION_ID = '688e410c8a18870ecf4d13bb';

/** The ids of the scripted crawl, as a CrawlJob names it. */
export function referenceTo({ ids }: Simulator) {
	return { ...ids.highLevel, operationId: OPERATION_ID };
}

/** An item as *Start* and *Get Status* give it, as far as later nodes read it. */
export function crawlItem(simulator: Simulator) {
	return { jobId: OPERATION_ID, reference: referenceTo(simulator) };
}

/** Runs the HighLevel node on an item that names the scripted crawl. */
export async function highLevel(
	simulator: Simulator,
	parameters: INodeParameters,
	change: Partial<NodeCall> = {},
): Promise<NodeRun> {
	return await runNode({
		type: 'highLevelCrawler',
		parameters,
		credentials: simulatorCredentials(simulator),
		items: [crawlItem(simulator)],
		...change,
	});
}

type CrawlScript = Extract<JobScript, { provider: 'highLevel' }>;

/** Makes the simulator know a crawl: a discovery that has ended well, unless told otherwise. */
export function scriptCrawl(simulator: Simulator, change: Partial<CrawlScript> = {}): void {
	simulator.scriptJob({
		provider: 'highLevel',
		jobId: OPERATION_ID,
		durationMs: 0,
		outcome: 'succeeded',
		...change,
	});
}
