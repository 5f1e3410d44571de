import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type IRunExecutionData,
} from 'n8n-workflow';

import { AdvisedError } from '../../shared/advisedError';
import { systemClock } from '../../shared/waiting/clock';
import type { ItemError } from '../outputs';
import { toResults } from '../result';
import type { WaitingItem } from '../waitingItems';
import { RESTART_OUTPUT, WATCH_NODE } from './inlineWorkflows';
import { interruptedOutcomes } from './interrupted';
import { keptInput } from './parentExecution';
import { parentOutputs } from './parentOutputs';
import { foreignWorkflow, savedContext, type DurablePlan, type SavedItemError } from './plan';
import { restoreWaits, type SavedWait } from './savedWait';
import type { SupervisorMemory } from './supervise';

/** When n8n has crashed so often in the middle of a check, it is the check that crashes it. */
const MAX_LOST_WATCHERS = 50;

/**
 * Delivers what the watcher reports to the user's execution; when it has ended without a report,
 * starts another one that goes on from its last check.
 */
export async function deliver(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { plan, watcherId = '' }: SupervisorMemory = context.getContext('flow');
	if (plan === undefined) throw foreignWorkflow();
	const { waits, failure } = (context.getInputData()[0]?.json ?? {}) as WatcherOutput;
	if (failure !== undefined) throw new NodeOperationError(context.getNode(), failure);
	if (waits !== undefined) return await deliverEnded(context, plan, restoreWaits(context, waits));

	const watcher = await context.getExecutionDataById(watcherId);
	const latest = (savedContext(watcher, WATCH_NODE).plan as DurablePlan | undefined) ?? plan;
	const reason = ownFailure(watcher);
	if (reason !== null) {
		const items = restoreWaits(context, latest.waits).map((item) => fail(item, reason));
		return await deliverEnded(context, latest, items);
	}
	if (plan.lostWatchers >= MAX_LOST_WATCHERS) return await deliverInterrupted(context, latest);
	return onRestartOutput({ ...latest, lostWatchers: plan.lostWatchers + 1 });
}

/** What comes from the node before: a watcher's report, why there is no watcher, or neither. */
interface WatcherOutput {
	waits?: SavedWait[];
	failure?: string;
}

/**
 * Why a watcher ended, if not by a crash: it failed, or a person stopped it. An execution that
 * crashed has no error; one that the queue gave up has nothing but the queue's own.
 */
function ownFailure(watcher: IRunExecutionData | undefined): string | null {
	const { error, runData = {} } = watcher?.resultData ?? {};
	return error === undefined || Object.keys(runData).length === 0 ? null : error.message;
}

function fail(item: WaitingItem, reason: string): WaitingItem {
	if (item.watch.verdict.kind !== 'continue') return item;
	const error = new AdvisedError(
		`The execution that waited for the crawl has ended: ${reason}`,
		'Run the workflow again to go on waiting.',
	);
	return { ...item, watch: { ...item.watch, verdict: { kind: 'error', error } } };
}

async function deliverEnded(
	context: IExecuteFunctions,
	plan: DurablePlan,
	items: readonly WaitingItem[],
): Promise<INodeExecutionData[][]> {
	// Errors name the node that the user knows.
	const node: INode = { ...context.getNode(), name: plan.parent.nodeName };
	const inputFields = await inputOf(plan, context);
	const results = toResults(node, items, {
		stopOnError: plan.parent.onError === 'stop',
		inputFields,
		now: systemClock.now(),
	});
	const errors = plan.errors.map((error) => restoreItemError(node, error));
	return parentOutputs([...errors, ...results], plan.parent, inputFields);
}

async function deliverInterrupted(
	context: IExecuteFunctions,
	plan: DurablePlan,
): Promise<INodeExecutionData[][]> {
	const inputFields = await inputOf(plan, context);
	const outcomes = interruptedOutcomes(restoreWaits(context, plan.waits), inputFields);
	return parentOutputs(outcomes, plan.parent, inputFields);
}

async function inputOf(
	{ parent }: DurablePlan,
	context: IExecuteFunctions,
): Promise<IDataObject[]> {
	if (!parent.keepsInput) return [];
	return keptInput(await context.getExecutionDataById(parent.executionId), parent);
}

function restoreItemError(node: INode, { itemIndex, message, advice }: SavedItemError): ItemError {
	return {
		itemIndex,
		error: new NodeOperationError(node, message, { itemIndex, description: advice }),
	};
}

function onRestartOutput(plan: DurablePlan): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = Array.from({ length: RESTART_OUTPUT }, () => []);
	return [...outputs, [{ json: { ...plan } }]];
}
