import type { IExecuteFunctions } from 'n8n-workflow';

import { runIndexOf } from '../n8nEngine';

/**
 * What a node keeps in its context for one of its runs alone. n8n saves the context with the execution:
 * a retried execution has a copy of it, and each pass of a loop runs the node anew, while *Retry On
 * Fail* repeats a run, also after an output whose first item has an error (core:
 * `execution-engine/workflow-execute.js`).
 */
export interface NodeRun {
	executionId: string;
	runIndex: number;
}

export function currentRun(context: IExecuteFunctions): NodeRun {
	return { executionId: context.getExecutionId(), runIndex: runIndexOf(context) };
}

export function isCurrentRun(context: IExecuteFunctions, run: NodeRun): boolean {
	const { executionId, runIndex } = currentRun(context);
	return run.executionId === executionId && run.runIndex === runIndex;
}
