import { randomUUID } from 'node:crypto';
import {
	ErrorReporter,
	HookContext,
	PollContext,
	PollTriggerExecutor,
	Tracing,
	TriggersAndPollers,
	WebhookContext,
} from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IPollFunctions,
	type IHookFunctions,
	type IWebhookData,
	type IWebhookFunctions,
	type IWorkflowExecuteAdditionalData,
	type WebhookSetupMethodNames,
	type WorkflowActivateMode,
} from 'n8n-workflow';

import { checkItems } from '../schemas/checkItems';
import type { CredentialValues } from './credentialsHelper';
import { nodeTypes } from './nodeTypes';
import { createAdditionalData } from './runWorkflow';

/** A polling trigger and where n8n keeps what it remembers. */
export interface TriggerSetup {
	/** The package that it is from; default: the one for all providers. */
	package?: string;
	/** The node's internal name. */
	type: string;
	parameters: INodeParameters;
	credentials: CredentialValues;
	/**
	 * Whether n8n saves what a poll remembers after every poll and together with the execution, as
	 * with N8N_POLLER_DURABLE_CURSORS_ENABLED; else it does when a poll has given items.
	 */
	isDurable?: boolean;
}

/** A call to the trigger's webhook. */
export interface TriggerCall {
	headers?: Record<string, string>;
	body: string;
}

/** As n8n describes the webhook to the node. */
const WEBHOOK = {
	node: 'Trigger',
	webhookDescription: { name: 'default' },
} as IWebhookData;

const nothing = () => {};
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
type Logger = ConstructorParameters<typeof PollTriggerExecutor>[0];
const silentLogger = { ...silent, scoped: () => silentLogger } as unknown as Logger;

const executor = new PollTriggerExecutor(
	silentLogger,
	new TriggersAndPollers(),
	new Tracing(),
	new ErrorReporter(silentLogger, new Tracing()),
);

/** A registration of the trigger in a running n8n. */
interface Registration {
	reason: WorkflowActivateMode;
	workflow: Workflow;
	/** Of all polls; with durable cursors, each gets its own. */
	context: IPollFunctions | null;
}

/**
 * A polling trigger in n8n's own poll executor and contexts. What n8n itself does around them,
 * which is to save and to start executions, is done here as it does it
 * (`trigger-execution-context.factory.js`, `active-workflow-manager.js`), so that a test can kill n8n
 * at the moment it wants.
 */
export class ActiveTrigger {
	/** The items that started the workflow, by its executions. */
	readonly executions: IDataObject[][] = [];

	/** The failed executions that n8n lists for the trigger. */
	readonly failures: Error[] = [];

	/** What the trigger wrote into n8n's log. */
	readonly log: Array<[level: 'info' | 'warn', message: string]> = [];

	/** How long n8n lets a poll take, in milliseconds. */
	pollBudgetMs = 300_000;

	/** What is in n8n's database: of the workflow, and of the trigger's cursor. */
	private savedData = '{}';

	private savedCursor: string | null = null;

	/** What was there before the latest save. */
	private earlierCursor: string | null = null;

	private registration: Registration | null = null;

	/** Whether n8n's database has the polls scheduled, which takes durable cursors. */
	private isScheduled = false;

	private losesNextSave = false;

	private failsToStart = false;

	private readonly underWay = new Set<Promise<unknown>>();

	/** Another one for each process of n8n, as what a process knows of a trigger goes by it. */
	private nodeId = randomUUID();

	constructor(private readonly setup: TriggerSetup) {}

	/** All items so far. */
	get items(): IDataObject[] {
		return this.executions.flat();
	}

	/** How much n8n keeps for the trigger, in characters. */
	get savedSize(): number {
		return (this.savedCursor ?? this.savedData).length;
	}

	/**
	 * What n8n does when a user activates the workflow, or when it starts.
	 * @throws what n8n shows to the user, and the workflow stays inactive
	 */
	async activate(reason: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.createWorkflow(JSON.parse(this.savedData) as IDataObject);
		this.registration = { reason, workflow, context: null };
		// n8n does both at once, with one copy of what it has saved.
		const phases = await Promise.allSettled([
			this.addWebhook(workflow, reason),
			this.isScheduled ? undefined : this.run(this.registration, reason, true),
		]);
		const failed = phases.find(({ status }) => status === 'rejected');
		if (failed?.status === 'rejected') {
			this.registration = null;
			throw failed.reason;
		}
		if (workflow.staticData.__dataChanged === true) this.save(workflow);
		this.isScheduled = this.setup.isDurable === true;
	}

	/** What n8n does when a user deactivates the workflow. */
	async deactivate(): Promise<void> {
		this.registration = null;
		this.isScheduled = false;
		const workflow = this.createWorkflow(JSON.parse(this.savedData) as IDataObject);
		if (this.listensIn(workflow)) await this.runHook(workflow, 'delete', 'update');
		if (workflow.staticData.__dataChanged === true) this.save(workflow);
	}

	/** What n8n does when the webhook of a trigger that it polls cannot be registered. */
	async unregister(): Promise<void> {
		if (this.registration !== null)
			await this.runHook(this.registration.workflow, 'delete', 'update');
	}

	/** What n8n does next then, while it goes on with the polls. */
	async registerAgain(): Promise<void> {
		if (this.registration === null) return;
		const { workflow, reason } = this.registration;
		await this.runHook(workflow, 'create', reason);
		this.save(workflow);
	}

	/** Whether n8n would register a webhook for the trigger, in an active workflow or in the editor. */
	listens({ isActive }: { isActive: boolean }): boolean {
		return this.listensIn(this.createWorkflow({}, isActive));
	}

	/**
	 * What n8n does with a call to the webhook of the active workflow. If the call leads to a poll,
	 * waits until that is over, as n8n does not.
	 * @returns the HTTP status of the answer
	 */
	async receive({ headers = {}, body }: TriggerCall): Promise<number> {
		const workflow = this.createWorkflow(JSON.parse(this.savedData) as IDataObject);
		const node = nodeOf(workflow);
		let answer = 0;
		const response = {
			status: (code: number) => {
				answer = code;
				return { end: nothing };
			},
		};
		const request = { headers, rawBody: Buffer.from(body), body: {}, params: {}, query: {} };
		const additionalData = {
			...this.additionalData(workflow, 'webhook'),
			httpRequest: request as never,
			httpResponse: response as never,
		};
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			'webhook',
			WEBHOOK,
			[],
			null,
		);
		const type = nodeTypes.getByNameAndVersion(node.type);
		const result = await type.webhook?.call(context as unknown as IWebhookFunctions);
		if (workflow.staticData.__dataChanged === true) throw new Error('A call has left something');
		if (result?.workflowData !== undefined) throw new Error('A call has started the workflow');
		await this.untilPolled();
		return answer;
	}

	/** Waits until the polls that have begun are over. */
	async untilPolled(): Promise<void> {
		await new Promise(setImmediate);
		await Promise.all(this.underWay);
	}

	private async addWebhook(workflow: Workflow, reason: WorkflowActivateMode): Promise<void> {
		if (!this.listensIn(workflow)) return;
		try {
			const exists = await this.runHook(workflow, 'checkExists', reason);
			if (!exists) await this.runHook(workflow, 'create', reason);
		} catch (error) {
			await this.runHook(workflow, 'delete', 'update');
			throw error;
		}
	}

	private async runHook(
		workflow: Workflow,
		name: WebhookSetupMethodNames,
		reason: WorkflowActivateMode,
	): Promise<boolean> {
		const node = nodeOf(workflow);
		const context = new HookContext(
			workflow,
			node,
			this.additionalData(workflow, 'trigger'),
			'trigger',
			reason,
			WEBHOOK,
		);
		this.record(context);
		const { webhookMethods } = nodeTypes.getByNameAndVersion(node.type);
		const hook = webhookMethods?.default?.[name];
		return (await hook?.call(context as IHookFunctions)) ?? false;
	}

	/** n8n registers no webhook that has no method (`webhook.service.js`). */
	private listensIn(workflow: Workflow): boolean {
		const node = nodeOf(workflow);
		const { webhooks = [] } = nodeTypes.getByNameAndVersion(node.type).description;
		return webhooks.some(({ httpMethod }) => {
			const method = workflow.expression.getSimpleParameterValue(node, httpMethod, 'internal', {});
			return method !== '';
		});
	}

	/** What n8n does at each point in time of the trigger. */
	async poll(): Promise<void> {
		await this.pollWith(this.savedCursor);
	}

	/** With durable cursors: a poll for which n8n has read the cursor before the latest save of it. */
	async pollLate(): Promise<void> {
		await this.pollWith(this.earlierCursor);
	}

	private async pollWith(savedCursor: string | null): Promise<void> {
		if (this.registration === null) throw new Error('The workflow is not active');
		const activation = this.setup.isDurable ? 'update' : this.registration.reason;
		await this.run(this.registration, activation, false, savedCursor);
	}

	/** n8n is killed and started again: what was not saved is lost. */
	async restart(): Promise<void> {
		this.nodeId = randomUUID();
		await this.activate('init');
	}

	/** With durable cursors: n8n cannot save what the next poll gives, so that it starts nothing. */
	failNextStart(): void {
		this.failsToStart = true;
	}

	/** n8n is killed the next time when it has started an execution and not yet saved. */
	loseNextSave(): void {
		this.losesNextSave = true;
	}

	/** Changes what n8n has saved of the node, as another process of it can. */
	changeSaved(change: (data: IDataObject) => void): void {
		const data = JSON.parse(this.savedData) as Record<string, IDataObject>;
		change((data['node:Trigger'] ??= {}));
		this.savedData = JSON.stringify(data);
	}

	/** Changes the node's parameters, as saving the workflow does. */
	setParameters(parameters: INodeParameters): void {
		this.setup.parameters = parameters;
	}

	/** What *Fetch Test Event* gives in the editor. */
	async fetchTestEvent(): Promise<INodeExecutionData[][] | null> {
		const workflow = this.createWorkflow(JSON.parse(this.savedData) as IDataObject, false);
		const node = nodeOf(workflow);
		const context = new PollContext(
			workflow,
			node,
			this.additionalData(workflow, 'manual'),
			'manual',
			'manual',
		);
		const type = nodeTypes.getByNameAndVersion(node.type);
		const items = await type.poll?.call(context as IPollFunctions);
		if (workflow.staticData.__dataChanged === true) throw new Error('A test has left something');
		for (const output of items ?? []) this.check(node, output);
		return items ?? null;
	}

	private async run(
		registration: Registration,
		activation: WorkflowActivateMode,
		isActivation: boolean,
		savedCursor = this.savedCursor,
	): Promise<void> {
		const { workflow } = registration;
		const isShared = this.setup.isDurable !== true;
		const context =
			(isShared && registration.context) || this.createContext(workflow, activation, savedCursor);
		if (isShared) registration.context = context;
		const isCurrent = () => this.registration === registration;
		await executor.create(workflow, nodeOf(workflow), context, isCurrent)(isActivation);
	}

	private createContext(
		workflow: Workflow,
		activation: WorkflowActivateMode,
		savedCursor: string | null,
	): IPollFunctions {
		const node = nodeOf(workflow);
		let seed = '';
		let cursor: IDataObject | null = null;
		const commit = async () => {
			if (cursor === null || JSON.stringify(cursor) === seed) return;
			this.earlierCursor = this.savedCursor;
			this.savedCursor = JSON.stringify(cursor);
		};
		const emit = (data: INodeExecutionData[][]) => {
			for (const output of data) this.check(node, output);
			const isFailure = this.failsToStart;
			this.failsToStart = false;
			if (isFailure) return;
			const isLost = this.losesNextSave;
			this.losesNextSave = false;
			if (!isLost && cursor !== null) void commit();
			else if (!isLost && workflow.staticData.__dataChanged === true) this.save(workflow);
			this.executions.push(data.flat().map(({ json }) => json));
		};
		const runPoll = async <Result>(poll: () => Promise<Result>) => {
			if (this.setup.isDurable) {
				seed = savedCursor ?? JSON.stringify(workflow.getStaticData('node', node));
				cursor = JSON.parse(seed) as IDataObject;
			}
			const polled = poll();
			const settled = polled.catch(nothing).finally(() => this.underWay.delete(settled));
			this.underWay.add(settled);
			return await polled;
		};
		const context = new PollContext(
			workflow,
			node,
			this.additionalData(workflow, 'trigger'),
			'trigger',
			activation,
			emit,
			(error: Error) => this.failures.push(error),
			commit,
			runPoll,
			() => cursor ?? workflow.getStaticData('node', node),
			() => this.pollBudgetMs,
		);
		this.record(context);
		// n8n's types tell a missing name from an undefined one in one of the two only.
		return context as IPollFunctions;
	}

	/** Keeps what the node writes into n8n's log. */
	private record(context: object): void {
		const write = (level: 'info' | 'warn') => (message: string) => this.log.push([level, message]);
		const logger = { ...silent, info: write('info'), warn: write('warn') };
		Object.defineProperty(context, 'logger', { value: logger });
	}

	private save(workflow: Workflow): void {
		this.savedData = JSON.stringify(workflow.staticData);
		workflow.staticData.__dataChanged = false;
	}

	private check(node: INode, items: readonly INodeExecutionData[]): void {
		checkItems(
			node,
			items.map(({ json }) => json),
		);
	}

	private createWorkflow(staticData: IDataObject, active = true): Workflow {
		const { type, parameters, credentials } = this.setup;
		const node: INode = {
			id: this.nodeId,
			webhookId: 'trigger-webhook',
			name: 'Trigger',
			type: `${this.setup.package ?? 'n8n-nodes-crawl-jobs'}.${type}`,
			typeVersion: 1,
			position: [0, 0],
			parameters: { ...parameters, pollTimes: { item: [{ mode: 'everyMinute' }] } },
			credentials: Object.fromEntries(
				Object.keys(credentials).map((name) => [name, { id: name, name }]),
			),
		};
		const nodes = [node];
		return new Workflow({
			id: 'test-workflow',
			nodes,
			connections: {},
			active,
			nodeTypes,
			staticData,
		});
	}

	private additionalData(
		workflow: Workflow,
		mode: 'trigger' | 'manual' | 'webhook',
	): IWorkflowExecuteAdditionalData {
		const { credentials } = this.setup;
		const definition = { nodes: [], connections: {}, items: [], credentials };
		return createAdditionalData(definition, workflow, mode, []);
	}
}

function nodeOf(workflow: Workflow): INode {
	const node = workflow.getNode('Trigger');
	if (node === null) throw new Error('The workflow has no trigger');
	return node;
}
