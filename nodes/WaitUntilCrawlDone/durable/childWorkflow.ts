import type { INode, INodeParameters, IWorkflowBase } from 'n8n-workflow';

/** What a node of a durable wait's own workflows does. */
export interface Step {
	/** The hidden value of `waitMode` by which the node knows it. */
	waitMode: string;
	nodeName: string;
	/** Of the workflow, for those who find its execution in n8n. */
	workflowName: string;
}

export const SUPERVISE: Step = {
	waitMode: 'durableSupervise',
	nodeName: 'Supervise',
	workflowName: 'Durable wait: supervisor',
};

export const WATCH: Step = {
	waitMode: 'durableWatch',
	nodeName: 'Watch',
	workflowName: 'Durable wait: watcher',
};

const START_NODE = 'Start';

/**
 * A workflow of a single node, of the type and with the credentials of the one that starts it.
 * @param workflowId of the user's workflow: n8n resumes executions of saved workflows only
 * @param parameters the node's parameters that are the same for all items, without expressions
 */
export function childWorkflow(
	{ waitMode, nodeName, workflowName }: Step,
	{ type, typeVersion, credentials }: INode,
	workflowId: string,
	parameters: INodeParameters,
): IWorkflowBase {
	const now = new Date();
	const start: INode = {
		id: START_NODE,
		name: START_NODE,
		type: 'n8n-nodes-base.executeWorkflowTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const step: INode = {
		id: nodeName,
		name: nodeName,
		type,
		typeVersion,
		position: [200, 0],
		parameters: { ...parameters, waitMode },
		...(credentials && { credentials }),
	};
	return {
		id: workflowId,
		name: workflowName,
		nodes: [start, step],
		connections: { [START_NODE]: { main: [[{ node: nodeName, type: 'main', index: 0 }]] } },
		// Of its own, whatever the user's workflow says: n8n finds the end of an execution in its
		// data, and the wait has a deadline of its own.
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: 'all',
			saveDataErrorExecution: 'all',
			saveExecutionProgress: false,
			executionTimeout: -1,
		},
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: now,
		updatedAt: now,
	};
}
