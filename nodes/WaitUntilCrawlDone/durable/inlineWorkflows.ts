import type { IConnections, INode, INodeParameters, IWorkflowBase } from 'n8n-workflow';

/** The hidden values of `waitMode` by which the nodes of these workflows know their part. */
export const SUPERVISE = 'durableSupervise';
export const DELIVER = 'durableDeliver';
export const WATCH = 'durableWatch';

export const WATCH_NODE = 'Watch';

/** The output of the node Deliver that leads back; those before it are for the user's node. */
export const RESTART_OUTPUT = 5;

const START_NODE = 'Start';
const SUPERVISE_NODE = 'Supervise';
const DELIVER_NODE = 'Deliver';

/**
 * The workflow between the user's execution and the watcher. It does nothing but to start another
 * watcher when one is lost, and to deliver what the last one reports; so it is hardly ever running
 * at the moment when n8n is killed.
 * @param node the wait node of the user's workflow
 * @param workflowId of the user's workflow: n8n resumes executions of saved workflows only
 * @param parameters the node's parameters that are the same for all items, without expressions
 */
export function supervisorWorkflow(
	node: INode,
	workflowId: string,
	parameters: INodeParameters,
): IWorkflowBase {
	const toDeliver = [{ node: DELIVER_NODE, type: 'main', index: 0 } as const];
	const toSupervise = [{ node: SUPERVISE_NODE, type: 'main', index: 0 } as const];
	return inlineWorkflow(
		'Durable wait: supervisor',
		workflowId,
		[
			{
				...stepNode(node, SUPERVISE_NODE, { ...parameters, waitMode: SUPERVISE }),
				// An error of the watcher comes out on the output after the node's own four.
				onError: 'continueErrorOutput',
			},
			stepNode(node, DELIVER_NODE, { ...parameters, waitMode: DELIVER }),
		],
		{
			[START_NODE]: { main: [toSupervise] },
			[SUPERVISE_NODE]: { main: [toDeliver, toDeliver, [], [], toDeliver] },
			[DELIVER_NODE]: { main: [[], [], [], [], [], toSupervise] },
		},
	);
}

/**
 * The workflow that makes the checks: one node in a loop, which parks between them.
 * @param node the node that starts it, of the same type and with the same credentials
 */
export function watcherWorkflow(node: INode, workflowId: string): IWorkflowBase {
	const toWatch = [{ node: WATCH_NODE, type: 'main', index: 0 } as const];
	return inlineWorkflow(
		'Durable wait: watcher',
		workflowId,
		[stepNode(node, WATCH_NODE, { ...node.parameters, waitMode: WATCH })],
		// The second output of Watch is open: its items are the watcher's report.
		{ [START_NODE]: { main: [toWatch] }, [WATCH_NODE]: { main: [toWatch] } },
	);
}

function stepNode(node: INode, name: string, parameters: INodeParameters): INode {
	const { type, typeVersion, credentials } = node;
	return {
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		...(credentials && { credentials }),
	};
}

function inlineWorkflow(
	name: string,
	id: string,
	nodes: INode[],
	connections: IConnections,
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
	return {
		id,
		name,
		nodes: [start, ...nodes],
		connections,
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
