import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorText, toNodeError } from '../../shared/nodeError';
import { requireProvider } from '../../shared/providers';
import { requireWaitMode } from '../waitModes';
import { watcherWorkflow } from './inlineWorkflows';
import { interruptedOutcomes } from './interrupted';
import { parentOutputs } from './parentOutputs';
import { receivedPlan, type DurablePlan } from './plan';
import { restoreWait } from './savedWait';

/** What the supervisor's execution keeps for the node Deliver. */
export interface SupervisorMemory {
	plan?: DurablePlan;
	watcherId?: string;
}

/** Starts a watcher and parks on it. When the watcher ends, n8n goes on behind this node. */
export async function supervise(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const plan = receivedPlan(context);
	const memory: SupervisorMemory = context.getContext('flow');
	memory.plan = plan;
	delete memory.watcherId;
	try {
		const workflowId = context.getWorkflow().id ?? '';
		const watcher = await context.executeWorkflow(
			{ code: watcherWorkflow(context.getNode(), workflowId) },
			[{ json: { ...plan } }],
			undefined,
			{ parentExecution: { executionId: context.getExecutionId(), workflowId } },
		);
		memory.watcherId = watcher.executionId;
		context.setMetadata({ forwardAllOutputs: true });
		return watcher.waitTill
			? whileParked(context, plan)
			: watcher.data.map((output) => output ?? []);
	} catch (error) {
		// Thrown, it would send the plan on as if it were a report.
		return [[{ json: { failure: errorText(toNodeError(context.getNode(), error)) } }]];
	}
}

/** What n8n takes for the outcome of the wait if it loses this very execution. */
function whileParked(context: IExecuteFunctions, plan: DurablePlan): INodeExecutionData[][] {
	const provider = requireProvider(String(context.getNodeParameter('provider', 0)));
	const { minGapMs } = requireWaitMode('durable');
	const items = plan.waits.map((wait) => restoreWait(wait, provider, minGapMs));
	return parentOutputs(interruptedOutcomes(items, []), plan.parent, []);
}
