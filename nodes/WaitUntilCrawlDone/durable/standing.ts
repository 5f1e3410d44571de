import type { IExecuteFunctions } from 'n8n-workflow';

import { isParked, memoryIn } from './memory';
import type { ParkedNode } from './plan';

/**
 * Whether an execution still waits for this one:
 * - `needed`: all that it was started for are parked, each on the next
 * - `replaced`: another one has been started in its place
 * - `abandoned`: the user's execution was stopped, has ended or is gone
 */
export type Standing = 'needed' | 'replaced' | 'abandoned';

/** @param parents the executions that this one was started for, the user's first */
export async function standingOf(
	context: IExecuteFunctions,
	parents: readonly ParkedNode[],
): Promise<Standing> {
	const ids = [...parents.map(({ executionId }) => executionId), context.getExecutionId()];
	for (const [index, { executionId, nodeName }] of parents.entries()) {
		const data = await context.getExecutionDataById(executionId);
		if (!isParked(data)) return index === 0 ? 'abandoned' : 'replaced';
		if (memoryIn(data, nodeName)?.child?.executionId !== ids[index + 1]) return 'replaced';
	}
	return 'needed';
}
