import type { WorkflowDefinition } from '../n8n/client';
import type { Stage } from './stage';
import { node, to, WAIT_NODE } from './waitWorkflow';

/** The node that calls the other workflow. */
export const CALL_NODE = 'Call';

/** A workflow for others to call, which waits durably for one crawl. */
export function calledWorkflow(stage: Stage, jobId: string): WorkflowDefinition {
	return {
		name: 'Called',
		nodes: [
			node('Start', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
			node(
				WAIT_NODE,
				'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
				1,
				{ provider: 'geonode', jobId, waitMode: 'durable', options: {} },
				{ credentials: stage.credentials },
			),
		],
		connections: { Start: { main: [to(WAIT_NODE)] } },
	};
}

/** A workflow that a webhook starts, and that calls another one and waits for it. */
export function callingWorkflow(path: string, calledId: string): WorkflowDefinition {
	return {
		name: 'Calling',
		nodes: [
			node('Start', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path }, { webhookId: path }),
			node(CALL_NODE, 'n8n-nodes-base.executeWorkflow', 1.2, {
				workflowId: { __rl: true, mode: 'id', value: calledId },
				options: {},
			}),
		],
		connections: { Start: { main: [to(CALL_NODE)] } },
	};
}
