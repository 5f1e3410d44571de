import {
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ExecutionError,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IRun,
	type IRunExecutionData,
	type IWebhookData,
	type IWebhookFunctions,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
	type NodeExecutionHint,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { parse, stringify } from 'flatted';
import { randomUUID } from 'node:crypto';

import { MemoryCredentialsHelper, type CredentialValues } from './credentialsHelper';
import { nodeTypes } from './nodeTypes';
import { checkItems } from '../schemas/checkItems';

export const START = 'Start';

/** A node of a test workflow: the type, its parameters and any of n8n's node settings. */
export type TestNode = Pick<INode, 'name' | 'type'> & Partial<INode>;

export interface TestWorkflow {
	/** The nodes after the start, which has the name `Start`. */
	nodes: TestNode[];
	connections: IConnections;
	/** What the start gives. */
	items: IDataObject[];
	credentials: CredentialValues;
	mode?: WorkflowExecuteMode;
	/** Without any, n8n runs the workflow in the legacy order. */
	settings?: IWorkflowSettings;
	/** When n8n's timeout ends the execution, in milliseconds since the epoch. */
	timeoutAt?: number;
	/** Default: that of a saved workflow. */
	workflowId?: string;
	executionId?: string;
	/** The data of other executions that n8n has saved. */
	savedExecution?: IWorkflowExecuteAdditionalData['getRunExecutionData'];
	/** Where n8n takes calls of resume addresses; without it, nowhere. */
	waitingUrl?: string;
	/** Runs a sub-workflow. */
	executeWorkflow?: IWorkflowExecuteAdditionalData['executeWorkflow'];
}

export interface WorkflowRun {
	/** The outputs of a node in its last run, items only. */
	outputsOf(nodeName: string): INodeExecutionData[][];
	hintsOf(nodeName: string): NodeExecutionHint[];
	error: ExecutionError | undefined;
	/** What the nodes showed to the person who runs the workflow by hand. */
	messages: string[];
	run: IRun;
}

/** A workflow under way in n8n's engine. */
export interface RunningWorkflow {
	finished: Promise<WorkflowRun>;
	/** What n8n does on Stop. */
	stop: () => void;
}

/** Runs a workflow in n8n's own engine: real nodes, expressions, credentials and HTTP. */
export async function runWorkflow(definition: TestWorkflow): Promise<WorkflowRun> {
	return await startWorkflow(definition).finished;
}

export function startWorkflow(definition: TestWorkflow): RunningWorkflow {
	const workflow = createWorkflow(definition);
	const start = workflow.getNode(START);
	if (start === null) throw new Error('The workflow has no start');
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [
				{
					node: start,
					data: { main: [[{ json: {} }]] },
					source: null,
				},
			],
		},
		resultData: {
			pinData: { [START]: definition.items.map((json) => ({ json })) },
		},
	});
	return execute(definition, workflow, data);
}

/** Goes on with a workflow that has parked, from its data as n8n keeps it in the database. */
export function resumeWorkflow(definition: TestWorkflow, savedData: string): RunningWorkflow {
	const data = parse(savedData) as IRunExecutionData;
	return execute(definition, createWorkflow(definition), data);
}

/** Asks a node about a call of the resume address of an execution that is parked in it. */
export async function askWebhook(
	definition: TestWorkflow,
	nodeName: string,
	data: IRunExecutionData,
): Promise<IWebhookResponseData> {
	const workflow = createWorkflow(definition);
	const node = workflow.getNode(nodeName);
	if (node === null) throw new Error('The workflow has no such node');
	const type = nodeTypes.getByNameAndVersion(node.type);
	const [webhookDescription] = type.description.webhooks ?? [];
	if (type.webhook === undefined || webhookDescription?.restartWebhook !== true) {
		throw new Error('The node takes no calls');
	}
	const mode = definition.mode ?? 'trigger';
	const additionalData = createAdditionalData(definition, workflow, mode, []);
	const webhookData: IWebhookData = {
		httpMethod: 'POST',
		node: nodeName,
		path: webhookDescription.path,
		webhookDescription,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: additionalData,
	};
	const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], data);
	return await type.webhook.call(context as IWebhookFunctions);
}

/** The data of a run as n8n keeps it in the database. */
export function savedData({ run }: WorkflowRun): string {
	return stringify(run.data);
}

function execute(
	definition: TestWorkflow,
	workflow: Workflow,
	data: IRunExecutionData,
): RunningWorkflow {
	const mode = definition.mode ?? 'trigger';
	const messages: string[] = [];
	const execution = new WorkflowExecute(
		createAdditionalData(definition, workflow, mode, messages),
		mode,
		data,
	).processRunExecutionData(workflow);

	return {
		finished: execution.then((run) => {
			checkOutputs(workflow, run);
			return describeRun(run, messages);
		}),
		stop: () => execution.cancel(),
	};
}

/** The nodes of a test workflow as n8n saves them, the start first. */
export function savedNodes({ nodes, credentials }: TestWorkflow): INode[] {
	const start: TestNode = { name: START, type: 'n8n-nodes-base.manualTrigger' };
	return [start, ...nodes].map((node) => ({
		id: randomUUID(),
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: Object.fromEntries(
			Object.keys(credentials).map((type) => [type, { id: type, name: type }]),
		),
		...node,
	}));
}

export function createWorkflow(definition: TestWorkflow): Workflow {
	return new Workflow({
		id: definition.workflowId ?? 'test-workflow',
		nodes: savedNodes(definition),
		connections: definition.connections,
		active: false,
		nodeTypes,
		...(definition.settings && { settings: definition.settings }),
	});
}

export function createAdditionalData(
	definition: TestWorkflow,
	workflow: Workflow,
	mode: WorkflowExecuteMode,
	messages: string[],
): IWorkflowExecuteAdditionalData {
	const unavailable = () => {
		throw new Error('Not part of the engine tests');
	};
	const url = 'http://localhost:5678';
	return {
		credentialsHelper: new MemoryCredentialsHelper(definition.credentials),
		executeWorkflow: definition.executeWorkflow ?? unavailable,
		getRunExecutionData: definition.savedExecution ?? (async () => undefined),
		getRuntimeCredential: unavailable,
		startRunnerTask: unavailable,
		logAiEvent: () => {},
		executionId: definition.executionId ?? '1',
		...(definition.timeoutAt !== undefined && {
			executionTimeoutTimestamp: definition.timeoutAt,
		}),
		workflowId: workflow.id,
		currentNodeExecutionIndex: 0,
		externalSecretsProxy: new ExternalSecretsProxy(),
		variables: {},
		restApiUrl: url,
		instanceBaseUrl: url,
		formBaseUrl: url,
		formWaitingBaseUrl: url,
		formTestBaseUrl: url,
		webhookBaseUrl: url,
		webhookWaitingBaseUrl: definition.waitingUrl ?? url,
		webhookTestBaseUrl: url,
		mcpBaseUrl: url,
		mcpTestBaseUrl: url,
		sendDataToUI: (_type, data) => {
			const { messages: shown } = data as { messages: string[] };
			messages.push(...shown);
		},
		hooks: new ExecutionLifecycleHooks(mode, '1', {
			id: workflow.id,
			name: 'Test',
			active: false,
			isArchived: false,
			activeVersionId: null,
			createdAt: new Date(),
			updatedAt: new Date(),
			nodes: Object.values(workflow.nodes),
			connections: definition.connections,
		}),
	};
}

/** Holds every item of the package's nodes to the schema of the operation that gave it. */
function checkOutputs(workflow: Workflow, run: IRun): void {
	for (const [name, tasks] of Object.entries(run.data.resultData.runData)) {
		const node = workflow.getNode(name);
		const outputs = tasks.flatMap(({ data }) => data?.main ?? []);
		const items = outputs.flatMap((output) => output ?? []);
		if (node !== null)
			checkItems(
				node,
				items.map(({ json }) => json),
			);
	}
}

function describeRun(run: IRun, messages: string[]): WorkflowRun {
	const { runData, error } = run.data.resultData;
	return {
		outputsOf: (name) => (runData[name]?.at(-1)?.data?.main ?? []).map((items) => items ?? []),
		hintsOf: (name) => runData[name]?.at(-1)?.hints ?? [],
		error,
		messages,
		run,
	};
}
