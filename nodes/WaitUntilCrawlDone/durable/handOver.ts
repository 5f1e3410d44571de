import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { AdvisedError } from '../../shared/advisedError';
import type { ItemError } from '../outputs';
import type { WaitingItem } from '../waitingItems';
import { supervisorWorkflow } from './inlineWorkflows';
import { interruptedOutcomes } from './interrupted';
import { keepInput, parkParent } from './parentExecution';
import { parentOutputs } from './parentOutputs';
import type { DurablePlan, ParentExecution } from './plan';
import { saveWait } from './savedWait';

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
