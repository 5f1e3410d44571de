import {
	ManualExecutionCancelledError,
	SystemShutdownExecutionCancelledError,
	WAIT_FOR_SUB_EXECUTION,
	type ExecuteWorkflowOptions,
	type ExecutionCancelledError,
	type IExecuteWorkflowInfo,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { parse, stringify } from 'flatted';

import {
	askWebhook,
	resumeWorkflow,
	runWorkflow,
	savedData,
	START,
	type TestNode,
	type TestWorkflow,
	type WorkflowRun,
} from './runWorkflow';

/** How an execution that is running can get lost: with n8n, with a worker, or by a fault of n8n's. */
export type Loss = 'lose' | 'giveUp' | 'fail';

interface SavedExecution {
	id: string;
	name: string;
	definition: TestWorkflow;
	parentId: string | undefined;
	/** As n8n keeps it in the database; `run` is what led there. */
	data: string;
	run: WorkflowRun;
	/** Whether n8n has it as crashed, failed or stopped. */
	isGone: boolean;
}

/**
 * Executions that start each other, park and resume in n8n's own engine. What n8n itself does between
 * them is done here as it does it, so that a test can lose an execution at the moment it wants; the
 * end-to-end tests do the same to a whole n8n, at moments of chance.
 */
export class Executions {
	private readonly saved = new Map<string, SavedExecution>();
	private count = 0;

	/** @param definition of the user's workflow */
	constructor(private readonly definition: TestWorkflow) {}

	/** Runs the user's workflow until it ends or parks. */
	async start(): Promise<string> {
		return await this.begin(this.definition, 'user');
	}

	/** The executions of a workflow in the order of their starts; the user's has the name `user`. */
	idsOf(name: string): string[] {
		return [...this.saved.values()]
			.filter((execution) => execution.name === name)
			.map(({ id }) => id)
			.sort((a, b) => Number(a) - Number(b));
	}

	/** The latest execution of a workflow. */
	latest(name: string): string {
		const id = this.idsOf(name).at(-1);
		if (id === undefined) throw new Error(`There is no execution of "${name}"`);
		return id;
	}

	run(id: string): WorkflowRun {
		return this.find(id).run;
	}

	/** The nodes of an execution's workflow. */
	nodes(id: string): readonly TestNode[] {
		return this.find(id).definition.nodes;
	}

	data(id: string): IRunExecutionData | undefined {
		const execution = this.saved.get(id);
		return execution && (parse(execution.data) as IRunExecutionData);
	}

	/**
	 * What n8n does when the time has come for which an execution has parked.
	 * @param fate what becomes of the parent, should it be resumed then
	 */
	async resume(id: string, fate?: Loss): Promise<void> {
		const execution = this.find(id);
		const run = await resumeWorkflow(execution.definition, execution.data).finished;
		Object.assign(execution, { run, data: savedData(run) });
		if (run.run.status === 'waiting') return;
		if (fate === undefined) await this.tellParent(execution);
		else await this[fate](execution.parentId ?? '');
	}

	/**
	 * What n8n does when somebody calls the resume address of an execution (`waiting-webhooks.js`,
	 * `webhook-helpers.js`).
	 * @param isKilled whether n8n is killed when it has resumed the execution
	 * @returns the body of its answer; an error where n8n takes no call
	 */
	async call(id: string, token: string | undefined, isKilled = false): Promise<unknown> {
		const execution = this.saved.get(id);
		const data = this.data(id);
		const [entry] = data?.executionData?.nodeExecutionStack ?? [];
		if (execution === undefined || data?.waitTill === undefined || entry === undefined) {
			throw new Error('There is nothing that waits');
		}
		if (data.resumeToken !== token) throw new Error('Invalid token');
		entry.node.disabled = true;
		delete data.waitTill;
		data.resultData.runData[entry.node.name]?.pop();
		const answer = await askWebhook(execution.definition, entry.node.name, data);
		if (answer.workflowData !== undefined) {
			entry.data.main = answer.workflowData;
			entry.metadata = { ...entry.metadata, forwardAllOutputs: true };
			execution.data = stringify(data);
			if (isKilled) await this.lose(id);
			else await this.resume(id);
			return 'firstEntryJson';
		}
		return answer.webhookResponse;
	}

	/** What becomes of an execution that was running when n8n was killed. */
	async lose(id: string): Promise<void> {
		await this.endWith(id);
	}

	/** The same of several, each resumed for the loss of the one before and lost in its turn. */
	async loseInTurn(ids: string[]): Promise<void> {
		const last = ids.at(-1);
		for (const id of ids) this.find(id).isGone = true;
		if (last !== undefined) await this.lose(last);
	}

	/** What becomes of one whose worker was killed, once the queue gives it up. */
	async giveUp(id: string): Promise<void> {
		const error = {
			message: 'This execution failed to be processed too many times and will no longer retry.',
		};
		await this.endWith(id, { resultData: { runData: {}, error } } as unknown as IRunExecutionData);
	}

	/**
	 * What becomes of one that n8n fails before it has run a node, as it does in its first seconds.
	 * @param meanwhile what happens before n8n looks for executions that are parked on it
	 */
	async fail(id: string, meanwhile?: () => Promise<void>): Promise<void> {
		const data = parse(this.find(id).data) as IRunExecutionData;
		Object.assign(data.resultData, { error: { message: 'OTel settings not yet initialized' } });
		delete data.waitTill;
		await this.endWith(id, data, meanwhile);
	}

	/**
	 * What n8n does when somebody stops an execution that is parked.
	 * @param meanwhile what happens before n8n looks for executions that are parked on it
	 */
	async stop(id: string, meanwhile?: () => Promise<void>): Promise<void> {
		const data = parse(this.find(id).data) as IRunExecutionData;
		await this.endWith(id, cancelled(data, new ManualExecutionCancelledError(id)), meanwhile);
	}

	/**
	 * What n8n does when it is shut down while an execution that has just been resumed still runs.
	 * @param untilThen resolves when n8n has waited for long enough
	 */
	async shutDown(id: string, untilThen: () => Promise<void>): Promise<void> {
		const { definition, data } = this.find(id);
		const resumed = resumeWorkflow(definition, data);
		await untilThen();
		resumed.stop();
		const { run } = await resumed.finished;
		await this.endWith(id, cancelled(run.data, new SystemShutdownExecutionCancelledError(id)));
	}

	/** What n8n does when somebody deletes an execution in its list. */
	delete(id: string): void {
		this.saved.delete(id);
	}

	/** Changes the data that n8n has saved of an execution. */
	change(id: string, change: (data: IRunExecutionData) => void): void {
		const execution = this.find(id);
		const data = parse(execution.data) as IRunExecutionData;
		change(data);
		execution.data = stringify(data);
	}

	/** Deletes a credential in n8n. */
	deleteCredential(type: string): void {
		delete this.definition.credentials[type];
	}

	private async begin(definition: TestWorkflow, name: string, parentId?: string): Promise<string> {
		const executionId = String(++this.count);
		const complete: TestWorkflow = {
			...definition,
			executionId,
			savedExecution: async (id) => this.data(id),
			executeWorkflow: this.executeWorkflow,
		};
		const run = await runWorkflow(complete);
		this.saved.set(executionId, {
			id: executionId,
			name,
			definition: complete,
			parentId,
			data: savedData(run),
			run,
			isGone: false,
		});
		return executionId;
	}

	private async endWith(
		id: string,
		data?: IRunExecutionData,
		meanwhile?: () => Promise<void>,
	): Promise<void> {
		const execution = this.find(id);
		execution.isGone = true;
		if (data !== undefined) execution.data = stringify(data);
		await meanwhile?.();
		await this.tellParent(execution);
	}

	private async tellParent({ id, parentId, data }: SavedExecution): Promise<void> {
		if (parentId === undefined) return;
		const parent = this.saved.get(parentId);
		if (parent === undefined) return;
		const parentData = parse(parent.data) as IRunExecutionData;
		const entry = parentData.executionData?.nodeExecutionStack[0];
		if (!entry?.metadata?.waitingChildExecutionIds?.includes(id)) return;
		if (parent.isGone || parentData.waitTill === undefined) return;
		const { error, runData, lastNodeExecuted = '' } = (parse(data) as IRunExecutionData).resultData;
		const given = runData[lastNodeExecuted]?.at(-1)?.data;
		if (error) entry.metadata = { ...entry.metadata, resumeError: error };
		else if (given) entry.data = given;
		else return;
		parent.data = stringify(parentData);
		await this.resume(parentId);
	}

	private readonly executeWorkflow: IWorkflowExecuteAdditionalData['executeWorkflow'] = async (
		{ code }: IExecuteWorkflowInfo,
		_additionalData,
		{ inputData = [], parentExecution }: ExecuteWorkflowOptions,
	) => {
		if (code === undefined || parentExecution === undefined) {
			throw new Error('Only workflows of their own, with a parent, are run here');
		}
		const executionId = await this.begin(
			{
				nodes: code.nodes.filter(({ name }) => name !== START),
				connections: code.connections,
				items: inputData.map(({ json }) => json),
				...(code.settings && { settings: code.settings }),
				credentials: this.definition.credentials,
			},
			code.name,
			parentExecution.executionId,
		);
		const { waitTill } = this.run(executionId).run.data;
		return { executionId, data: [], waitTill: waitTill ? WAIT_FOR_SUB_EXECUTION : null };
	};

	private find(id: string): SavedExecution {
		const execution = this.saved.get(id);
		if (execution === undefined) throw new Error(`There is no execution ${id}`);
		return execution;
	}
}

function cancelled(
	data: IRunExecutionData,
	{ message, reason }: ExecutionCancelledError,
): IRunExecutionData {
	Object.assign(data.resultData, { error: { message, reason } });
	delete data.waitTill;
	return data;
}
