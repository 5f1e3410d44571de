import { parse } from 'flatted';
import type { INodeExecutionData, IRunExecutionData } from 'n8n-workflow';

/** How an execution is doing, in n8n's words. */
export type ExecutionStatus =
	| 'new'
	| 'running'
	| 'waiting'
	| 'success'
	| 'error'
	| 'crashed'
	| 'canceled';

/** An execution as a list shows it. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	/** `webhook` and `manual` among others; `integrated` for a sub-workflow. */
	mode: string;
	/** ISO 8601; null until it starts. */
	startedAt: string | null;
	/** ISO 8601; null until it stops, or parks to wait. */
	stoppedAt: string | null;
	/** ISO 8601; null unless it is parked. */
	waitTill: string | null;
}

/** An execution with all that its nodes gave. */
export interface Execution extends ExecutionSummary {
	data: IRunExecutionData;
	/** The workflow as it was when the execution began; a durable wait's own executions have their own. */
	workflowData?: { name: string };
}

const FINAL_STATUSES: ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled'];

/** Whether an execution has ended; a waiting one has not. */
export function hasEnded({ status }: ExecutionSummary): boolean {
	return FINAL_STATUSES.includes(status);
}

/** Decodes the text that n8n stores the data of an execution as. */
export function parseExecutionData(text: string): IRunExecutionData {
	return parse(text) as IRunExecutionData;
}

/**
 * The items that a node gave the last time it ran, by output; an output without items is an
 * empty list. Undefined when the node did not run.
 */
export function itemsByOutput(
	execution: Execution,
	nodeName: string,
): INodeExecutionData[][] | undefined {
	const runs = execution.data.resultData.runData[nodeName];
	return runs?.at(-1)?.data?.main?.map((items) => items ?? []);
}
