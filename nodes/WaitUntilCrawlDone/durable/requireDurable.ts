import { WAIT_FOR_SUB_EXECUTION, type IExecuteFunctions } from 'n8n-workflow';

import { AdvisedError } from '../../shared/advisedError';
import { requireComeBack } from './comeBack';

/** n8n's stand-ins for the ids of what was never saved. */
const UNSAVED_WORKFLOW = '__EMPTY__';
const UNSAVED_EXECUTION = '__UNKNOWN__';

/**
 * Makes sure that this n8n can park the execution and find it again.
 * @throws {AdvisedError} which says what is in the way and what to do
 */
export function requireDurable(context: IExecuteFunctions): void {
	if (context.getNode().type.endsWith('Tool')) {
		throw new AdvisedError(
			'An AI agent cannot wait in the mode Durable: it needs the answer in the same execution',
			'Choose the wait mode In This Execution or Check Once for the tool.',
		);
	}
	if ((WAIT_FOR_SUB_EXECUTION as Date | undefined) === undefined) {
		throw new AdvisedError(
			'The wait mode Durable needs n8n 2.41 or newer (or 2.39.10 and newer of 2.39): older versions lose a wait when they are killed in the middle of a check',
			'Update n8n, or choose the wait mode In This Execution or Check Once.',
		);
	}
	requireComeBack(context);
	const workflowId = context.getWorkflow().id ?? '';
	const isSaved =
		!['', UNSAVED_WORKFLOW].includes(workflowId) &&
		!['', UNSAVED_EXECUTION].includes(context.getExecutionId());
	if (!isSaved) {
		throw new AdvisedError(
			'The wait mode Durable needs a saved workflow: n8n cannot resume the execution of another',
			'Save the workflow and run it again.',
		);
	}
}
