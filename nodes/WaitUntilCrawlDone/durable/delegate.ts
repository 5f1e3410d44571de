import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	IRunExecutionData,
} from 'n8n-workflow';

import { AdvisedError } from '../../shared/advisedError';
import { childWorkflow, type Step } from './childWorkflow';
import { comeBack } from './comeBack';
import { memoryIn, remember, type DurableMemory, type SavedItemError } from './memory';
import type { DurablePlan, ParkedNode } from './plan';
import type { SavedWait } from './savedWait';

/** When n8n has lost an execution so often, it is the check that crashes it. */
const MAX_LOSSES = 50;

/**
 * Starts an execution that goes on waiting, and parks this one until it ends. This node then runs
 * again and finds the execution in its memory.
 * @param parameters the node's parameters that are the same for all items, without expressions
 * @param errors of items that do not wait
 */
export async function delegate(
	context: IExecuteFunctions,
	step: Step,
	plan: DurablePlan,
	parameters: INodeParameters,
	errors: SavedItemError[] = [],
): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const executionId = context.getExecutionId();
	const workflowId = context.getWorkflow().id ?? '';
	const handedOn: DurablePlan = {
		...plan,
		parents: [...plan.parents, { executionId, nodeName: node.name }],
	};
	const child = await context.executeWorkflow(
		{ code: childWorkflow(step, node, workflowId, parameters) },
		[{ json: { ...handedOn } }],
		undefined,
		{ parentExecution: { executionId, workflowId } },
	);
	if (!child.waitTill) {
		throw new AdvisedError(
			'The execution that was to wait for the crawls has ended at once',
			'Choose the wait mode In This Execution or Check Once, and report this as a bug.',
		);
	}
	const { nodeName } = step;
	remember(context, { plan, errors, child: { executionId: child.executionId, nodeName } });
	return comeBack(context);
}

/**
 * What has become of the waits that were handed on:
 * - `over`: each has come to an end
 * - `lost`: they have to be handed on again, as they stood last
 * - `obsolete`: the same, but nobody waits any more for the execution that handed them on
 */
export type Outcome =
	| { kind: 'over'; waits: SavedWait[] }
	| { kind: 'lost' | 'obsolete'; plan: DurablePlan };

/** Finds out why n8n has resumed an execution that was parked on another one. */
export async function outcomeOf(
	context: IExecuteFunctions,
	{ plan, child }: DurableMemory,
): Promise<Outcome> {
	const word: LastWord = child ? await lastWord(context, child) : {};
	const { report, latest = plan, obsoleteFrom = Infinity } = word;
	if (report !== undefined) return { kind: 'over', waits: report };
	if (word.wasStopped) return { kind: 'over', waits: latest.waits.map(stop) };
	if (latest.losses >= MAX_LOSSES) return { kind: 'over', waits: latest.waits.map(giveUp) };
	return {
		kind: plan.parents.length < obsoleteFrom ? 'lost' : 'obsolete',
		plan: { ...latest, parents: plan.parents, losses: latest.losses + 1 },
	};
}

/** What an execution and those that it was parked on have left in their saved data. */
interface LastWord {
	report?: SavedWait[] | undefined;
	/** Whether a person stopped one of them. */
	wasStopped?: boolean | undefined;
	obsoleteFrom?: number | undefined;
	latest?: DurablePlan | undefined;
}

async function lastWord(
	context: IExecuteFunctions,
	{ executionId, nodeName }: ParkedNode,
): Promise<LastWord> {
	const data = await context.getExecutionDataById(executionId);
	const memory = memoryIn(data, nodeName);
	const deeper: LastWord = memory?.child ? await lastWord(context, memory.child) : {};
	return {
		report: deeper.report ?? memory?.report,
		wasStopped: deeper.wasStopped || wasStopped(data),
		obsoleteFrom: deeper.obsoleteFrom ?? memory?.obsoleteFrom,
		latest: deeper.latest ?? memory?.plan,
	};
}

/**
 * Whether a person stopped an execution. Any other error in its data is a fault of n8n's, such as a
 * shutdown in the middle of a check, and says nothing about the wait.
 */
function wasStopped(data: IRunExecutionData | undefined): boolean {
	const error: object = data?.resultData.error ?? {};
	return 'reason' in error && error.reason === 'manual';
}

function stop(wait: SavedWait): SavedWait {
	if (wait.verdict.kind !== 'continue') return wait;
	const message = 'The execution that waited for the crawl was stopped';
	const advice = 'Run the workflow again to go on waiting.';
	return { ...wait, verdict: { kind: 'error', error: { message, advice, fault: null } } };
}

function giveUp(wait: SavedWait): SavedWait {
	if (wait.verdict.kind !== 'continue') return wait;
	const warning =
		'n8n has lost the executions that waited for this crawl again and again; it may have ended since.';
	return { ...wait, warnings: [...wait.warnings, warning] };
}
