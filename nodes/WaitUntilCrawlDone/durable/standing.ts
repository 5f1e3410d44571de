import type { IExecuteFunctions } from 'n8n-workflow';

import { isParked, memoryIn } from './memory';
import type { ParkedNode } from './plan';

/**
 * Whether an execution still waits for this one:
 * - `needed`: all that it was started for are parked, each on the next
 * - `replaced`: one of them has ended, or started another one in place of the next
 * - `abandoned`: the user's execution was stopped, has ended or is gone
 */
export type Standing =
	| { kind: 'needed' }
	| {
			kind: 'replaced' | 'abandoned';
			/** From which execution of the wait on nobody waits any more; the user's is number 0. */
			obsoleteFrom: number;
	  };

/** @param parents the executions that this one was started for, the user's first */
export async function standingOf(
	context: IExecuteFunctions,
	parents: readonly ParkedNode[],
): Promise<Standing> {
	const ids = [...parents.map(({ executionId }) => executionId), context.getExecutionId()];
	for (const [index, { executionId, nodeName }] of parents.entries()) {
		const data = await context.getExecutionDataById(executionId);
		const obsoleteFrom = index + 1;
		if (!isParked(data)) return { kind: index === 0 ? 'abandoned' : 'replaced', obsoleteFrom };
		const child = memoryIn(data, nodeName)?.child;
		if (child?.executionId !== ids[obsoleteFrom]) return { kind: 'replaced', obsoleteFrom };
	}
	return { kind: 'needed' };
}
