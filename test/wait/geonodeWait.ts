import type { INode, INodeParameters } from 'n8n-workflow';

import type { CredentialValues } from '../support/engine/credentialsHelper';
import { runWorkflow, START, type WorkflowRun } from '../support/engine/runWorkflow';

/** Runs a workflow of a wait node for Geonode's crawls, with all that n8n keeps of its execution. */
export async function waitForCrawls(
	credentials: CredentialValues,
	jobIds: string[],
	options: INodeParameters = {},
	settings: Partial<INode> = {},
): Promise<WorkflowRun> {
	return await runWorkflow({
		nodes: [
			{
				name: 'Wait',
				type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
				parameters: { provider: 'geonode', options },
				...settings,
			},
		],
		connections: { [START]: { main: [[{ node: 'Wait', type: 'main', index: 0 }]] } },
		items: jobIds.map((jobId) => ({ jobId })),
		credentials,
	});
}
