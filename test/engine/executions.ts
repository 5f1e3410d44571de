import {
	WAIT_FOR_SUB_EXECUTION,
	type ExecuteWorkflowOptions,
	type IExecuteWorkflowInfo,
	type IRunExecutionData,
	type ITaskDataConnections,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { parse, stringify } from 'flatted';

import {
	resumeWorkflow,
	runWorkflow,
	savedData,
	START,
	type TestWorkflow,
	type WorkflowRun,
} from './runWorkflow';

/** How an execution that is running can get lost: with n8n, or with a worker. */
export type Loss = 'lose' | 'giveUp';

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

	/** The latest execution of a workflow; that of the user has the name `user`. */
	latest(name: string): string {
		const ids = [...this.saved].filter(([, execution]) => execution.name === name);
		const id = ids.at(-1)?.[0];
		if (id === undefined) throw new Error(`There is no execution of "${name}"`);
		return id;
	}

	/** How many executions of a workflow there have been. */
	countOf(name: string): number {
		return [...this.saved.values()].filter((execution) => execution.name === name).length;
	}

	run(id: string): WorkflowRun {
		return this.find(id).run;
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
		const run = await resumeWorkflow(execution.definition, execution.data);
		Object.assign(execution, { run, data: savedData(run) });
		if (run.run.status === 'waiting') return;
		if (fate === undefined) await this.tellParent(execution);
		else await this[fate](execution.parentId ?? '');
	}

	/** What becomes of an execution that was running when n8n was killed. */
	async lose(id: string): Promise<void> {
		await this.endWith(id);
	}

	/** What becomes of one whose worker was killed, once the queue gives it up. */
	async giveUp(id: string): Promise<void> {
		const error = {
			message: 'job stalled more than allowable limit',
			name: 'MaxStalledCountError',
		};
		await this.endWith(id, { resultData: { runData: {}, error } } as unknown as IRunExecutionData);
	}

	/** What n8n does when somebody stops an execution that is parked. */
	async stop(id: string): Promise<void> {
		const data = parse(this.find(id).data) as IRunExecutionData;
		Object.assign(data.resultData, { error: { message: 'The execution was cancelled manually' } });
		await this.endWith(id, data);
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

	private async endWith(id: string, data?: IRunExecutionData): Promise<void> {
		const execution = this.find(id);
		execution.isGone = true;
		if (data !== undefined) execution.data = stringify(data);
		await this.tellParent(execution);
	}

	private async tellParent({ id, parentId, data }: SavedExecution): Promise<void> {
		if (parentId === undefined) return;
		const parent = this.find(parentId);
		const parentData = parse(parent.data) as IRunExecutionData;
		const entry = parentData.executionData?.nodeExecutionStack[0];
		if (!entry?.metadata?.waitingChildExecutionIds?.includes(id)) return;
		if (parent.isGone || parentData.waitTill === undefined) return;
		const { error, runData, lastNodeExecuted = '' } = (parse(data) as IRunExecutionData).resultData;
		if (error) entry.metadata = { ...entry.metadata, resumeError: error };
		else entry.data = runData[lastNodeExecuted]?.at(-1)?.data as ITaskDataConnections;
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
