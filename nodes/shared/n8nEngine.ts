import {
	WAIT_FOR_SUB_EXECUTION,
	type IExecuteData,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IRunData,
	type IRunExecutionData,
	type IWorkflowBase,
} from 'n8n-workflow';

import { AdvisedError } from './errors';
import type { RequestContext } from './http/connection';

/*
 * All that this package relies on without n8n documenting it, each with the file of n8n 2.41 that
 * it was read in. An upgrade of n8n is checked here. `core` stands for the package n8n-core, `cli`
 * for n8n itself.
 */

/** How n8n names the type of a node that an AI agent uses as a tool (cli: `node-types.js`). */
export function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}

/**
 * A context for requests that go on after the execution was stopped: the HTTP helpers look for the
 * signal to abort by in the context they are called with
 * (core: `execution-engine/node-execution-context/utils/request-helper-functions.js`).
 */
export function withoutCancelSignal(context: RequestContext): RequestContext {
	const parts: Pick<RequestContext, 'helpers' | 'logger' | 'getNode' | 'getCredentials'> = {
		helpers: context.helpers,
		logger: context.logger,
		getNode: () => context.getNode(),
		getCredentials: async (type) => await context.getCredentials(type),
	};
	return parts as RequestContext;
}

/**
 * Turns *Always Output Data* off for this run of the node. The engine reads the setting from the
 * execution's copy of the node after the node has run; the workflow itself stays as it is
 * (core: `execution-engine/workflow-execute.js`).
 * @returns whether it was on
 */
export function turnOffAlwaysOutputData(context: IExecuteFunctions): boolean {
	const executeData = context.getExecuteData();
	if (executeData.node.alwaysOutputData !== true) return false;
	executeData.node = { ...executeData.node, alwaysOutputData: false };
	return true;
}

/** n8n's stand-ins for the ids of what was never saved (cli: `constants.js`, `workflow-helpers.js`). */
const UNSAVED_WORKFLOW = '__EMPTY__';
const UNSAVED_EXECUTION = '__UNKNOWN__';

/**
 * Makes sure that this n8n can park an execution on another one and find both again.
 * @throws {AdvisedError} which says what is in the way and what to do
 */
export function requireParking(context: IExecuteFunctions): void {
	if (isTool(context.getNode())) {
		throw new AdvisedError(
			'An AI agent cannot wait in the mode Durable: it needs the answer in the same execution',
			'Choose the wait mode In This Execution or Check Once for the tool.',
		);
	}
	// n8n-workflow exports the constant since n8n can tell how a sub-execution has ended.
	if ((WAIT_FOR_SUB_EXECUTION as Date | undefined) === undefined) {
		throw new AdvisedError(
			'The wait mode Durable needs n8n 2.41 or newer (or 2.39.10 and newer of 2.39): older versions lose a wait when they are killed in the middle of a check',
			'Update n8n, or choose the wait mode In This Execution or Check Once.',
		);
	}
	engineData(context);
	const workflowId = context.getWorkflow().id ?? '';
	const isSaved =
		!['', UNSAVED_WORKFLOW].includes(workflowId) &&
		!['', UNSAVED_EXECUTION].includes(context.getExecutionId());
	if (!isSaved) {
		throw new AdvisedError(
			'The wait mode Durable needs a saved workflow: n8n cannot resume the execution of another',
			'Save the workflow and run it again.',
		);
	}
}

/** What n8n's engine keeps in a node's context without declaring it. */
interface EngineContext {
	readonly runExecutionData?: IRunExecutionData | null;
}

function engineData({ runExecutionData }: IExecuteFunctions & EngineContext): {
	stack: IExecuteData[];
	runData: IRunData;
} {
	const stack = runExecutionData?.executionData?.nodeExecutionStack;
	const runData = runExecutionData?.resultData.runData;
	if (stack !== undefined && runData !== undefined) return { stack, runData };
	throw new AdvisedError(
		'The wait mode Durable does not know how this version of n8n keeps its executions',
		'Choose the wait mode In This Execution or Check Once, or update the package n8n-nodes-crawl-jobs.',
	);
}

/**
 * Lets n8n run this node once more, with the same input, when it resumes the execution that is
 * about to park. By itself n8n passes over a parked node and sends its input, or the outputs of the
 * sub-execution it was parked on, out on its outputs (core: `execution-engine/workflow-execute.js`,
 * cli: `wait-tracker.js`). So that is emptied here, and a second entry for the node is put behind it
 * on the stack. What the node has to remember belongs into its context.
 * @returns what the node has to give meanwhile: nothing
 */
export function rerunOnResume(context: IExecuteFunctions): INodeExecutionData[][] {
	const { stack, runData } = engineData(context);
	const parked = context.getExecuteData();
	const { node, data, source } = parked;
	// The second run takes the place of the passed-over one in what n8n shows and keeps.
	const runIndex = parked.runIndex ?? runData[node.name]?.length ?? 0;
	stack.unshift({ node, data, source, runIndex });

	const nothing: INodeExecutionData[][] = [[]];
	parked.data = { main: nothing };
	parked.node = {
		...node,
		alwaysOutputData: false,
		continueOnFail: false,
		// An error of the sub-execution would stop this one, or start the first branch. On an error
		// output that is not there it is lost, and the node sees for itself what has happened.
		onError: node.onError === 'continueErrorOutput' ? 'stopWorkflow' : 'continueErrorOutput',
	};
	return nothing;
}

/** A node in an execution that is parked. */
export interface ParkedNode {
	executionId: string;
	nodeName: string;
}

/** What a node of a sub-execution is to be. */
export interface ChildNode {
	name: string;
	/** Of its workflow, for those who find its execution in n8n. */
	workflowName: string;
	/** Without expressions. */
	parameters: INodeParameters;
}

const START_NODE = 'Start';

/**
 * Starts a sub-execution of a single node, of this node's type and with its credentials. When it
 * parks, n8n parks this execution on it, and resumes this one when it has ended, because the
 * inline workflow has the id of the user's: n8n resumes executions of saved workflows only
 * (cli: `workflow-execute-additional-data.js`, `wait-tracker.js`).
 * @param input the node's only input item
 * @throws {AdvisedError} when it has ended at once
 */
export async function startChild(
	context: IExecuteFunctions,
	child: ChildNode,
	input: object,
): Promise<ParkedNode> {
	const executionId = context.getExecutionId();
	const workflowId = context.getWorkflow().id ?? '';
	const started = await context.executeWorkflow(
		{ code: childWorkflow(child, context.getNode(), workflowId) },
		[{ json: { ...input } }],
		undefined,
		{ parentExecution: { executionId, workflowId } },
	);
	if (!started.waitTill) {
		throw new AdvisedError(
			'The execution that was to wait for the crawls has ended at once',
			'Choose the wait mode In This Execution or Check Once, and report this as a bug.',
		);
	}
	return { executionId: started.executionId, nodeName: child.name };
}

function childWorkflow(
	{ name, workflowName, parameters }: ChildNode,
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
		...(credentials && { credentials }),
	};
	return {
		id: workflowId,
		name: workflowName,
		nodes: [start, node],
		connections: { [START_NODE]: { main: [[{ node: name, type: 'main', index: 0 }]] } },
		// Of its own, whatever the user's workflow says: n8n finds the end of an execution in its
		// data, and the wait has a maximum of its own.
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

/** The saved data of an execution; `undefined` when n8n has it no longer. */
export async function readExecution(
	context: IExecuteFunctions,
	executionId: string,
): Promise<IRunExecutionData | undefined> {
	return await context.getExecutionDataById(executionId);
}

/**
 * What a node of a saved execution keeps in its context under a key. `getContext('node')` takes the
 * same way (core: `execution-engine/node-execution-context/node-execution-context.js`).
 */
export function savedContext(
	data: IRunExecutionData | undefined,
	nodeName: string,
	key: string,
): unknown {
	return data?.executionData?.contextData[`node:${nodeName}`]?.[key];
}

/**
 * Whether an execution still waits. When it is stopped, n8n writes an error into its data; when it
 * goes on or ends, it no longer waits (cli: `execution.service.js`, `wait-tracker.js`).
 */
export function isParked(data: IRunExecutionData | undefined): boolean {
	return data?.waitTill !== undefined && data.resultData.error === undefined;
}

/**
 * Whether a person stopped an execution. Any other error in its data is a fault of n8n's, such as a
 * shutdown in the middle of a check, and says nothing about the wait
 * (n8n-workflow: `errors/execution-cancelled.error.js`).
 */
export function wasStoppedByUser(data: IRunExecutionData | undefined): boolean {
	const error: object = data?.resultData.error ?? {};
	return 'reason' in error && error.reason === 'manual';
}

/**
 * How long n8n may take to start, in milliseconds, on slow machines as well. It resumes what is
 * overdue before it has finished starting, and fails some of what runs then (cli: `start.js`; 2.41:
 * "OTel settings not yet initialized"), and its crash recovery writes "crashed" over it.
 */
export const STARTUP_MS = 30_000;

/** Whether this n8n process is so young that what runs in it may fail through no fault of its own. */
export function isStarting(): boolean {
	return performance.now() < STARTUP_MS;
}
