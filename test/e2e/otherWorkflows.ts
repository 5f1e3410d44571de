import type { INode, INodeParameters } from 'n8n-workflow';

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
	return { ...waitBehind(start, stage, jobId), settings: { callerPolicy: 'any' } };
}

/** A workflow that a webhook starts, and that answers it with what its last node gives. */
export function answeringWorkflow(stage: Stage, jobId: string): WorkflowDefinition {
	return waitBehind(webhook(jobId, { responseMode: 'lastNode' }), stage, jobId);
}

/** The node that has two inputs. */
export const MERGE_NODE = 'Merge';

/**
 * A workflow that a webhook starts. Its durable wait leads to one input of a Merge, and to the other
 * one what is there at once.
 * @param executionOrder n8n's setting; without one, the legacy order
 */
export function mergingWorkflow(
	stage: Stage,
	jobId: string,
	input: 0 | 1,
	executionOrder?: 'v1',
): WorkflowDefinition {
	const start = webhook(jobId);
	const { nodes, connections } = waitBehind(start, stage, jobId);
	const toInput = (index: number) => [[{ node: MERGE_NODE, type: 'main' as const, index }]];
	return {
		name: jobId,
		nodes: [
			...nodes,
			node('Other', 'n8n-nodes-base.noOp', 1, {}),
			node(MERGE_NODE, 'n8n-nodes-base.merge', 3, {}),
		],
		connections: {
			...connections,
			[start.name]: { main: [[to(WAIT_NODE), to('Other')].flatMap((nodes) => nodes ?? [])] },
			[WAIT_NODE]: { main: toInput(input) },
			Other: { main: toInput(1 - input) },
		},
		...(executionOrder && { settings: { executionOrder } }),
	};
}

function webhook(path: string, parameters: INodeParameters = {}): INode {
	return node(
		START_NODE,
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', path, ...parameters },
		{ webhookId: path },
	);
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
			webhook(path),
			node(CALL_NODE, 'n8n-nodes-base.executeWorkflow', 1.2, {
				workflowId: { __rl: true, mode: 'id', value: calledId },
				options: {},
			}),
		],
		connections: { [START_NODE]: { main: [to(CALL_NODE)] } },
	};
}
