import type {
	IConnections,
	IExecuteData,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	IPollFunctions,
	IRunData,
	IRunExecutionData,
	ITaskMetadata,
	IWorkflowBase,
} from 'n8n-workflow';

import { AdvisedError } from './errors';

/*
 * Everything undocumented in n8n that this package relies on, each with the file of n8n 2.41 that it
 * was read in. Check it here when n8n is upgraded. `core` is the package n8n-core, `cli` is n8n.
 */

/** The node contexts that can send requests. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** How n8n names the type of a node that an AI agent uses as a tool (cli: `node-types.js`). */
export function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}

/**
 * A context whose requests end with a signal of ours. For a request with a credential, n8n's helper
 * takes the signal from the context that it is called with, whatever the request's own options say;
 * in a context that has none, such as an editor's list, it takes none at all
 * (core: `execution-engine/node-execution-context/utils/request-helpers/authentication.js`; before
 * 2.31 `request-helper-functions.js` beside it. Read in 2.0, 2.7, 2.20, 2.33 and 2.41).
 */
export function withSignal(context: RequestContext, signal: AbortSignal): RequestContext {
	const parts: Pick<
		IExecuteFunctions,
		'helpers' | 'logger' | 'getNode' | 'getMode' | 'getCredentials' | 'getExecutionCancelSignal'
	> = {
		helpers: context.helpers as IExecuteFunctions['helpers'],
		logger: context.logger,
		getNode: () => context.getNode(),
		getMode: () => context.getMode?.() ?? 'internal',
		getCredentials: async (type) => await context.getCredentials(type),
		getExecutionCancelSignal: () => signal,
	};
	return parts as IExecuteFunctions;
}

/** The signal by which n8n stops an execution; none in an editor's list. */
export function cancelSignal(context: RequestContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
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

/** n8n's placeholders for ids of what was never saved (cli: `constants.js`, `workflow-helpers.js`). */
const UNSAVED_WORKFLOW = '__EMPTY__';
const UNSAVED_EXECUTION = '__UNKNOWN__';

/**
 * n8n's second engine, which a workflow is set to with `engineType: "v2"`, numbers its executions
 * with UUIDs (cli: `services/engine-v2-dispatcher.service.js`, `executions/execution-id.js`).
 */
const STEP_ENGINE_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Makes sure that what a node keeps in its context is there when it runs again in the execution.
 * n8n's second engine gives each run of a node a context and a stack of its own, which it drops
 * afterwards (`@n8n/node-engine-compatibility`: `v1-adapters.js`).
 * @param waitMode as the editor names it
 * @throws {AdvisedError} in the second engine
 */
export function requireMemory(context: IExecuteFunctions, waitMode: string): void {
	if (!STEP_ENGINE_ID.test(context.getExecutionId())) return;
	throw new AdvisedError(
		`${waitMode} mode does not work in n8n's engine "v2", which does not keep the state of a wait`,
		"Set 'Wait Mode' to 'In This Execution', or run the workflow in n8n's default engine.",
	);
}

/**
 * Makes sure that this n8n can park an execution on another one and find both again.
 * @throws {AdvisedError} that names the obstacle and the remedy
 */
export async function requireParking(context: IExecuteFunctions): Promise<void> {
	if (isTool(context.getNode())) {
		throw new AdvisedError(
			'Durable mode does not work as the tool of an AI agent: the agent needs the result in the same execution',
			"Set 'Wait Mode' of the tool to 'In This Execution' or 'Check Once'.",
		);
	}
	if (!(await findsParkedExecutions(context))) {
		throw new AdvisedError(
			'Durable mode needs n8n 2.41 or newer, or a 2.39 from 2.39.8 on: older versions lose a wait when they are killed during a check',
			"Update n8n, or set 'Wait Mode' to 'In This Execution' or 'Check Once'.",
		);
	}
	engineData(context);
	const workflowId = context.getWorkflow().id ?? '';
	const isSaved =
		!['', UNSAVED_WORKFLOW].includes(workflowId) &&
		!['', UNSAVED_EXECUTION].includes(context.getExecutionId());
	if (!isSaved) {
		throw new AdvisedError(
			'Durable mode needs a saved workflow: n8n cannot resume an execution of an unsaved one',
			'Save the workflow and run it again.',
		);
	}
}

/**
 * Whether the running n8n looks by itself for executions that are parked on one it has lost. If so,
 * its engine notes on which execution another one is parked; so the engine is made to park a stand-in
 * of the context, which changes nothing (core:
 * `execution-engine/node-execution-context/base-execute-context.js`, cli: `wait-tracker.js`; both
 * since 2.39.8, but not in 2.40). The exports of n8n-workflow do not tell: npm can have installed
 * another copy of it for this package.
 */
async function findsParkedExecutions(context: IExecuteFunctions): Promise<boolean> {
	let noted: ITaskMetadata = {};
	const standIn = Object.create(context, {
		additionalData: {
			value: {
				executeWorkflow: () => ({ executionId: '', data: [], waitTill: new Date() }),
			},
		},
		setMetadata: { value: (metadata: ITaskMetadata) => (noted = { ...noted, ...metadata }) },
		putExecutionToWait: { value: async () => {} },
	}) as IExecuteFunctions;
	await standIn.executeWorkflow({}, []);
	return noted.waitingChildExecutionIds !== undefined;
}

/** Fields of a node's context that n8n does not declare. */
interface EngineContext {
	readonly runExecutionData?: IRunExecutionData | null;
	readonly workflow?: { connectionsBySourceNode?: IConnections };
	readonly additionalData?: { executionTimeoutTimestamp?: number };
}

function engineData({ runExecutionData }: IExecuteFunctions & EngineContext): {
	stack: IExecuteData[];
	runData: IRunData;
} {
	const stack = runExecutionData?.executionData?.nodeExecutionStack;
	const runData = runExecutionData?.resultData.runData;
	if (stack !== undefined && runData !== undefined) return { stack, runData };
	throw new AdvisedError(
		'Durable mode does not support this version of n8n',
		"Set 'Wait Mode' to 'In This Execution' or 'Check Once', or update the package n8n-nodes-crawl-jobs.",
	);
}

/**
 * When n8n ends this execution by a timeout, that of the workflow or that of all workflows
 * (cli: `workflow-runner.js`, `workflow-execute-additional-data.js`).
 * @returns milliseconds since the epoch; `Infinity` if there is none
 */
export function timeoutOf({ additionalData }: IExecuteFunctions & EngineContext): number {
	return additionalData?.executionTimeoutTimestamp ?? Infinity;
}

/**
 * Whether n8n responds to the HTTP request that started this execution with the output of the last
 * node. It responds as soon as the execution parks, with HTTP 500 if the first output of the parked
 * node is empty (cli: `webhooks/webhook-last-node-response-extractor.js`).
 */
export function respondsWithLastNode(context: IExecuteFunctions): boolean {
	if (context.getMode() !== 'webhook') return false;
	return context
		.getParentNodes(context.getNode().name, { includeNodeParameters: true })
		.some(({ parameters }) => parameters?.responseMode === 'lastNode');
}

/**
 * Makes n8n run this node again, with the same input, when it resumes the execution that is about to
 * park. Normally n8n skips a parked node and sends its input, or the outputs of the sub-execution it
 * was parked on, to its outputs (core: `execution-engine/workflow-execute.js`,
 * cli: `wait-tracker.js`). So that data is removed here, and a second entry for the node is put on
 * the stack behind the first. The first has no output at all, not even an empty one: in the legacy
 * execution order, n8n passes an empty output to a Merge node. State that the node needs later
 * belongs in its context.
 * @param shown what n8n shows as the node's first output until it is resumed; it is sent nowhere
 * @returns the node's outputs for now
 */
export function rerunOnResume(
	context: IExecuteFunctions,
	shown: INodeExecutionData[] = [],
): INodeExecutionData[][] {
	const { stack, runData } = engineData(context);
	const parked = context.getExecuteData();
	const { node, data, source } = parked;
	// The second run replaces the skipped one in the data that n8n shows and saves.
	const runIndex = parked.runIndex ?? runData[node.name]?.length ?? 0;
	stack.unshift({ node, data, source, runIndex });

	parked.data = { main: [] };
	parked.node = {
		...node,
		alwaysOutputData: false,
		continueOnFail: false,
		onError: onErrorOfSubExecution(context, node),
	};
	return shown.length === 0 ? [] : [shown];
}

/**
 * What is to become of an error of the sub-execution. It must not stop this one, nor start a branch,
 * since the node sees for itself what has happened. On an error output that is not there it is lost,
 * at the price of empty outputs; where those or the error would go on to somebody, only stopping is
 * safe.
 */
function onErrorOfSubExecution(
	context: IExecuteFunctions & EngineContext,
	{ name, onError }: INode,
): NonNullable<INode['onError']> {
	const outputs = context.workflow?.connectionsBySourceNode?.[name]?.main ?? [];
	if (outputs.length === 0) return 'continueRegularOutput';
	const isLegacyOrder = context.getWorkflowSettings().executionOrder !== 'v1';
	const leadsToLaterInput = outputs.flat().some((connection) => (connection?.index ?? 0) > 0);
	const wouldGoOn = onError === 'continueErrorOutput' || (isLegacyOrder && leadsToLaterInput);
	return wouldGoOn ? 'stopWorkflow' : 'continueErrorOutput';
}

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
	/** Shown below the node, for the same people. */
	note: string;
	/**
	 * `now`: n8n resumes this execution as soon as the sub-execution ends. `whenParkedOn`: only when
	 * it is still parked on it then, within a minute.
	 */
	resumes: 'now' | 'whenParkedOn';
}

const START_NODE = 'Start';

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
			"Set 'Wait Mode' to 'In This Execution' or 'Check Once', and report this as a bug.",
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
	{ name, workflowName, parameters, note }: ChildNode,
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
	return {
		id: workflowId,
		name: workflowName,
		nodes: [start, node],
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

/** The saved data of an execution; `undefined` when n8n no longer has it. */
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
 * Whether an execution is still parked. When it is stopped, n8n writes an error into its data; when
 * it is resumed or ends, `waitTill` is cleared (cli: `execution.service.js`, `wait-tracker.js`).
 */
export function isParked(data: IRunExecutionData | undefined): boolean {
	return data?.waitTill !== undefined && data.resultData.error === undefined;
}

/**
 * Whether a person stopped an execution. Any other error in its data is a fault in n8n, such as a
 * shutdown during a check, and says nothing about the wait
 * (n8n-workflow: `errors/execution-cancelled.error.js`).
 */
export function wasStoppedByUser(data: IRunExecutionData | undefined): boolean {
	const error: object = data?.resultData.error ?? {};
	return 'reason' in error && error.reason === 'manual';
}

/** What n8n writes into an execution that its queue has given up (cli: `errors/max-stalled-count.error.js`). */
const GIVEN_UP_BY_QUEUE = /failed to be processed too many times|stalled/;

/**
 * Whether an execution that was lost ran when its process was killed. n8n leaves the data of such a
 * one as they were, or writes into them that the queue has given it up; what it fails or shuts down
 * has another error in it (cli: `executions/execution-recovery.service.js`, `workflow-runner.js`).
 */
export function wasKilled(data: IRunExecutionData | undefined): boolean {
	const error = data?.resultData.error;
	return data !== undefined && (error === undefined || GIVEN_UP_BY_QUEUE.test(error.message));
}

/** The age of this process when n8n loaded this package, in milliseconds: early in its start. */
const LOADED_AT_MS = performance.now();

/** The least and the most time that n8n may need from there to the end of its start, in milliseconds. */
const SHORTEST_START_MS = 30_000;
const LONGEST_START_MS = 120_000;

/** On a machine that is slow to load n8n, the rest of the start takes longer as well. */
const STARTED_AT_MS =
	LOADED_AT_MS + Math.min(LONGEST_START_MS, Math.max(SHORTEST_START_MS, 2 * LOADED_AT_MS));

/**
 * Whether this n8n process is so young that an execution can fail without any fault of its own. n8n
 * resumes overdue executions before it has finished starting, and fails some that run then (cli:
 * `start.js`; 2.41: "OTel settings not yet initialized"), or its crash recovery marks them as crashed.
 */
export function isStarting(): boolean {
	return performance.now() < STARTED_AT_MS;
}

/** How often n8n's wait tracker looks for what is due, in milliseconds. */
const TRACKER_MS = 60_000;

/**
 * For how long to park an execution that n8n has resumed while it was starting, in milliseconds. All
 * that is overdue is resumed at the same moment then, and only what parks past the next look of the
 * wait tracker, a minute later, is resumed each at its own time (cli: `wait-tracker.js`).
 * @param random from 0 to below 1, at each call another
 */
export function parkAfterStartMs(random: number): number {
	return TRACKER_MS + random * TRACKER_MS;
}

/** The contexts of the polls that {@link isActivationPoll} was asked about. */
const polled = new WeakSet<IPollFunctions>();

/**
 * Whether this is the poll with which n8n activates a workflow because a user wants it, not because
 * n8n starts or the workflow has changed. n8n polls once at each activation, and all later polls get
 * the same context, which keeps the reason; with a scheduler in the database they get one each, with
 * another reason (core: `execution-engine/active-workflow-triggers.js`; cli:
 * `workflows/triggers/trigger-execution-context.factory.js`).
 */
export function isActivationPoll(context: IPollFunctions): boolean {
	const isFirst = !polled.has(context);
	polled.add(context);
	return isFirst && ['activate', 'create'].includes(context.getActivationMode());
}

/** n8n's own default (core: `execution-engine/node-execution-context/poll-context.js`). */
const USUAL_POLL_BUDGET_MS = 5 * 60_000;

/** How long a poll may take, in milliseconds; older versions of n8n do not say. */
export function pollBudgetMs(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return context.getPollBudgetMs?.() ?? USUAL_POLL_BUDGET_MS;
}

/**
 * Keeps what a poll has noted when n8n keeps poll cursors durably; otherwise it does nothing. n8n
 * does so by itself after all polls but the one at an activation, so that what ends before the next
 * one would count as ended before (core: `execution-engine/poll-trigger-executor.js`).
 */
export async function keepPollCursor(context: IPollFunctions): Promise<void> {
	await context.__commitCursor?.();
}

/**
 * Adds a failed execution with an error to n8n's list, and starts the error workflow, as n8n does
 * when a poll throws. But a poll that throws does not keep what it has noted when n8n keeps poll
 * cursors durably (core: `execution-engine/poll-trigger-executor.js`).
 */
export function reportPollError(context: IPollFunctions, error: Error): void {
	context.__emitError(error);
}
