import {
	WAIT_FOR_SUB_EXECUTION,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeParameters,
} from 'n8n-workflow';

import { AdvisedError } from '../../shared/advisedError';
import type { ItemError } from '../outputs';
import type { WaitingItem } from '../waitingItems';
import { supervisorWorkflow } from './inlineWorkflows';
import { interruptedOutcomes } from './interrupted';
import { keepInput, parkParent } from './parentExecution';
import { parentOutputs } from './parentOutputs';
import type { DurablePlan, ParentExecution } from './plan';
import { saveWait } from './savedWait';

/** n8n's stand-in for the id of a workflow that was never saved. */
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
			'The wait mode Durable needs n8n 2.41 or newer (or 2.39.10 and newer of 2.39): older versions lose outputs, or a wait that n8n was checking when it was killed',
			'Update n8n, or choose the wait mode In This Execution or Check Once.',
		);
	}
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

/**
 * Hands the waits to a supervisor in an execution of its own and parks this one. When the
 * supervisor ends, n8n goes on behind this node, with what it delivers on the four outputs.
 * @param parameters the node's parameters that are the same for all items, without expressions
 */
export async function handOver(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
	errors: readonly ItemError[],
	parameters: INodeParameters,
): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const workflowId = context.getWorkflow().id ?? '';
	const executionId = context.getExecutionId();
	const onError = errorHandling(context);
	const keepsInput =
		onError === 'errorOutput' || items.some(({ options }) => options.includeInputFields);
	if (keepsInput) keepInput(context);
	const plan: DurablePlan = {
		waits: items.map(saveWait),
		errors: errors.map(({ itemIndex, error: { message, description } }) => ({
			itemIndex,
			message,
			advice: description ?? '',
		})),
		parent: { executionId, nodeName: node.name, keepsInput, onError },
		lostWatchers: 0,
	};
	const supervisor = await context.executeWorkflow(
		{ code: supervisorWorkflow(node, workflowId, parameters) },
		[{ json: { ...plan } }],
		undefined,
		{ parentExecution: { executionId, workflowId } },
	);
	if (!supervisor.waitTill) {
		throw new AdvisedError(
			'The execution that was to wait for the crawls has ended at once',
			'Choose the wait mode In This Execution or Check Once, and report this as a bug.',
		);
	}
	const inputFields = context.getInputData().map(({ json }) => json);
	const lost = [...errors, ...interruptedOutcomes(items, inputFields)];
	parkParent(context, parentOutputs(lost, plan.parent, inputFields));
	return [];
}

function errorHandling(context: IExecuteFunctions): ParentExecution['onError'] {
	if (!context.continueOnFail()) return 'stop';
	return context.getNode().onError === 'continueErrorOutput' ? 'errorOutput' : 'stillRunning';
}
