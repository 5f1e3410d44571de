import type { INode } from 'n8n-workflow';

import type { WorkflowDefinition } from '../support/n8n/client';
import type { Stage } from './stage';
import { node, to, WAIT_NODE } from './waitWorkflow';

export const START_NODE = 'Start';

/** The node that calls the other workflow. */
export const CALL_NODE = 'Call';

/** A workflow for others to call, which waits durably for one crawl. */
export function calledWorkflow(stage: Stage, jobId: string): WorkflowDefinition {
	const input = { inputSource: 'passthrough' };
	const start = node(START_NODE, 'n8n-nodes-base.executeWorkflowTrigger', 1.1, input);
	return waitBehind(start, stage, jobId);
}

/** A workflow to run by hand, which waits durably for one crawl. */
export function manualWorkflow(stage: Stage, jobId: string): WorkflowDefinition {
	return waitBehind(node(START_NODE, 'n8n-nodes-base.manualTrigger', 1, {}), stage, jobId);
}

function waitBehind(start: INode, stage: Stage, jobId: string): WorkflowDefinition {
	return {
		name: jobId,
		nodes: [
			start,
			node(
				WAIT_NODE,
				'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
				1,
				{ provider: 'geonode', jobId, waitMode: 'durable', options: {} },
				{ credentials: stage.credentials },
			),
		],
		connections: { [start.name]: { main: [to(WAIT_NODE)] } },
	};
}

/** A workflow that a webhook starts, and that calls another one and waits for it. */
export function callingWorkflow(path: string, calledId: string): WorkflowDefinition {
	return {
		name: 'Calling',
		nodes: [
			node(
				START_NODE,
				'n8n-nodes-base.webhook',
				2,
				{ httpMethod: 'POST', path },
				{ webhookId: path },
			),
			node(CALL_NODE, 'n8n-nodes-base.executeWorkflow', 1.2, {
				workflowId: { __rl: true, mode: 'id', value: calledId },
				options: {},
			}),
		],
		connections: { [START_NODE]: { main: [to(CALL_NODE)] } },
	};
}
