import type { IExecuteFunctions, IRunExecutionData } from 'n8n-workflow';

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

/** Changes what {@link savedContext} gives, in data that n8n has not yet saved. */
export function setSavedContext(
	data: IRunExecutionData,
	nodeName: string,
	key: string,
	value: object,
): void {
	const context = data.executionData?.contextData[`node:${nodeName}`];
	if (context !== undefined) context[key] = value;
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
