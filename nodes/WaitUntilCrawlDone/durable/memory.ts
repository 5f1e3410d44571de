import type { IExecuteFunctions, IRunExecutionData } from 'n8n-workflow';

import type { DurablePlan, ParkedNode } from './plan';
import type { SavedWait } from './savedWait';

const MEMORY_KEY = 'durable';

/** One input item that never had a wait, since what it says cannot be read. */
export interface SavedItemError {
	itemIndex: number;
	message: string;
	advice: string;
}

/** What a node of a durable wait keeps in its execution, from one run of it to the next. */
export interface DurableMemory {
	/** The execution it was written in. One that retries another has a copy of its context. */
	executionId: string;
	/** The wait as it stood when the execution parked last. */
	plan: DurablePlan;
	/** The node and execution that it is parked on. */
	child?: ParkedNode;
	/** Of items of the user's node; they go no further. */
	errors?: SavedItemError[];
	/** What has become of the waits, once all are over. */
	report?: SavedWait[];
	/**
	 * Of a watcher that has ended without a report: from which execution of the wait on nobody waits
	 * for one any more; the user's is number 0.
	 */
	obsoleteFrom?: number;
}

/** What this node has kept in this execution. */
export function recall(context: IExecuteFunctions): DurableMemory | undefined {
	const memory = context.getContext('node')[MEMORY_KEY] as DurableMemory | undefined;
	return memory?.executionId === context.getExecutionId() ? memory : undefined;
}

export function remember(
	context: IExecuteFunctions,
	memory: Omit<DurableMemory, 'executionId'>,
): void {
	const executionId = context.getExecutionId();
	context.getContext('node')[MEMORY_KEY] = { executionId, ...memory };
}

export function forget(context: IExecuteFunctions): void {
	delete context.getContext('node')[MEMORY_KEY];
}

/**
 * What a node keeps in another execution, in its saved data. The way there is n8n's own and
 * undocumented; it is the same that `getContext('node')` takes.
 */
export function memoryIn(
	data: IRunExecutionData | undefined,
	nodeName: string,
): DurableMemory | undefined {
	return data?.executionData?.contextData[`node:${nodeName}`]?.[MEMORY_KEY] as
		| DurableMemory
		| undefined;
}

/**
 * Whether an execution still waits. When it is stopped, n8n writes an error into its data; when it
 * goes on or ends, it no longer waits.
 */
export function isParked(data: IRunExecutionData | undefined): boolean {
	return data?.waitTill !== undefined && data.resultData.error === undefined;
}
