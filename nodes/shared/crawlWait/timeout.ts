import type { IExecuteFunctions } from 'n8n-workflow';

import { timeoutOf } from '../n8nEngine';
import { deadlineAt } from '../waiting/wait';
import type { ItemWait } from './input';

/**
 * Warns at the start of a wait if n8n's timeout can end it. The node has no output then, so this is
 * the only time to say it.
 */
export function warnOfTimeout(context: IExecuteFunctions, items: readonly ItemWait[]): void {
	const endsAt = timeoutOf(context);
	const isTooLong = items.some(({ wait }) => deadlineAt(wait.state, wait.policy) > endsAt);
	if (!isTooLong) return;
	const message = "The workflow's timeout ends the execution before 'Maximum Wait' is over";
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	context.logger.warn(
		`${message}. Increase the timeout in the workflow's settings, or reduce 'Maximum Wait'.`,
		{
			executionId: context.getExecutionId(),
			nodeName: context.getNode().name,
		},
	);
}
