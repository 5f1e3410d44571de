import type { IExecuteFunctions, INode, INodeParameters, IWorkflowBase } from 'n8n-workflow';

import { AdvisedError } from '../errors';

/** A node in an execution that is parked. */
export interface ParkedNode {
	executionId: string;
	nodeName: string;
}

/** The node of a sub-execution to start. */
export interface ChildNode {
	name: string;
	/** The name of its workflow. */
	workflowName: string;
	/** Without expressions. */
	parameters: INodeParameters;
	/** Shown below the node, for people who come upon the sub-execution. */
	note: string;
	/** Markdown on a sticky note above the node, for the same people. */
	about: string;
	/**
	 * `now`: n8n resumes this execution as soon as the sub-execution ends. `whenParkedOn`: only when
	 * it is still parked on it then, within a minute.
	 */
	resumes: 'now' | 'whenParkedOn';
}

const START_NODE = 'Start';
const STICKY_NOTE = 'About';

/** What n8n says to a person who runs another's workflow (cli: `credentials-permission-checker.js`). */
const NO_ACCESS = /credential you do not have access to/;

/**
 * Starts a sub-execution of a single node, of this node's type and with its credentials. When it
 * parks, n8n parks this execution on it, and resumes this one when it has ended, because the
 * inline workflow has the id of the user's: n8n resumes executions of saved workflows only
 * (cli: `workflow-execute-additional-data.js`, `wait-tracker.js`).
 * @param input the node's only input item
 * @throws {AdvisedError} when it was not started, or has ended at once
 */
export async function startChild(
	context: IExecuteFunctions,
	child: ChildNode,
	input: object,
): Promise<ParkedNode> {
	const executionId = context.getExecutionId();
	const workflowId = context.getWorkflow().id ?? '';
	const parentExecution = {
		executionId,
		workflowId,
		...(child.resumes === 'whenParkedOn' && { shouldResume: false }),
	};
	const started = await context
		.executeWorkflow(
			{ code: childWorkflow(child, context.getNode(), workflowId) },
			[{ json: { ...input } }],
			undefined,
			{ parentExecution },
		)
		.catch((error: unknown) => {
			throw explainNoAccess(error);
		});
	if (!started.waitTill) {
		throw new AdvisedError(
			'The execution that should wait for the crawls ended at once',
			"Set 'Wait Mode' to 'In This Execution', and report this as a bug.",
		);
	}
	return { executionId: started.executionId, nodeName: child.name };
}

function explainNoAccess(error: unknown): unknown {
	if (!(error instanceof Error && NO_ACCESS.test(error.message))) return error;
	return new AdvisedError(
		'Durable mode starts helper executions, and in a manual run n8n lets them use only credentials that are shared with you',
		"Ask the owner to share the credential with you, or set 'Wait Mode' to 'In This Execution'. Runs that a trigger starts are not affected.",
	);
}

function childWorkflow(
	{ name, workflowName, parameters, note, about }: ChildNode,
	{ type, typeVersion, credentials }: INode,
	workflowId: string,
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
	const node: INode = {
		id: name,
		name,
		type,
		typeVersion,
		position: [200, 0],
		parameters,
		notes: note,
		notesInFlow: true,
		...(credentials && { credentials }),
	};
	const sticky: INode = {
		id: STICKY_NOTE,
		name: STICKY_NOTE,
		type: 'n8n-nodes-base.stickyNote',
		typeVersion: 1,
		position: [-60, -220],
		parameters: { content: about, width: 480, height: 180 },
	};
	return {
		id: workflowId,
		name: workflowName,
		nodes: [start, node, sticky],
		connections: { [START_NODE]: { main: [[{ node: name, type: 'main', index: 0 }]] } },
		// Independent of the user's workflow settings and of n8n's defaults: n8n reads how an execution
		// ended from its saved data, the wait has its own maximum, and the workflow calls itself.
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: 'all',
			saveDataErrorExecution: 'all',
			saveExecutionProgress: false,
			executionTimeout: -1,
			callerPolicy: 'workflowsFromSameOwner',
		},
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: now,
		updatedAt: now,
	};
}
