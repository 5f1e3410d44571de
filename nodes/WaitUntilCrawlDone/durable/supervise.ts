import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorText, toNodeError } from '../../shared/nodeError';
import { watcherWorkflow } from './inlineWorkflows';
import { interruptedOutcomes } from './interrupted';
import { parentOutputs } from './parentOutputs';
import { receivedPlan, type DurablePlan } from './plan';
import { restoreWaits } from './savedWait';

/** What the supervisor's execution keeps for the node Deliver. */
export interface SupervisorMemory {
	plan?: DurablePlan;
	watcherId?: string;
}

/**
 * Starts a watcher, which parks at once, and parks on it. When the watcher ends, n8n goes on behind
 * this node, with the watcher's last outputs on its own.
 */
export async function supervise(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const plan = receivedPlan(context);
	const memory: SupervisorMemory = context.getContext('flow');
	memory.plan = plan;
	try {
		const workflowId = context.getWorkflow().id ?? '';
		const watcher = await context.executeWorkflow(
			{ code: watcherWorkflow(context.getNode(), workflowId) },
			[{ json: { ...plan } }],
			undefined,
			{ parentExecution: { executionId: context.getExecutionId(), workflowId } },
		);
		memory.watcherId = watcher.executionId;
	} catch (error) {
		// Thrown, it would send the plan on as if it were a report.
		return [[{ json: { failure: errorText(toNodeError(context.getNode(), error)) } }]];
	}
	context.setMetadata({ forwardAllOutputs: true });
	// n8n takes this for the outcome of the wait if it loses this very execution.
	const outcomes = interruptedOutcomes(restoreWaits(context, plan.waits), []);
	return parentOutputs(outcomes, plan.parent, []);
}
