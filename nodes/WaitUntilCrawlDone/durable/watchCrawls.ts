import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { systemClock } from '../../shared/waiting/clock';
import { checkCrawls } from '../checkCrawls';
import { fetchPages } from '../fetchPages';
import { readNodeSettings } from '../nodeSettings';
import { cancelRemaining } from '../remoteCancel';
import type { WaitingItem } from '../waitingItems';
import { requireWaitMode } from '../waitModes';
import { fetchMissingRaw } from './fetchMissingRaw';
import { isParked } from './parentExecution';
import { receivedPlan, type DurablePlan } from './plan';
import { restoreWaits, saveWait, saveWithExtras } from './savedWait';

/** What a watcher keeps between its checks, and where a supervisor finds it. */
interface WatcherMemory {
	plan?: DurablePlan;
}

/** What is due so soon is checked by the same wake-up. */
const SAME_WAKE_UP_MS = 5_000;

/** Each wake-up is put off by up to this time, so that waits that began together drift apart. */
const WAKE_UP_JITTER_MS = 8_000;

/**
 * Begins to watch by parking, since whoever started the watcher waits for that. Each wake-up then
 * checks the crawls that are due, and parks until the next check or reports that all waits have
 * come to an end.
 */
export async function watchCrawls(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const memory: WatcherMemory = context.getContext('node');
	if (memory.plan === undefined) {
		memory.plan = receivedPlan(context);
		return await park(context, restoreWaits(context, memory.plan.waits), systemClock.now());
	}
	const { plan } = memory;
	const items = restoreWaits(context, plan.waits);
	const soon = systemClock.now() + SAME_WAKE_UP_MS;
	const due = items.filter((item) => isWaiting(item) && item.watch.state.nextCheckAt <= soon);
	const parent = await context.getExecutionDataById(plan.parent.executionId);
	if (!isParked(parent)) return await abandon(context, items);

	await check(context, due, plan);
	const hasFailed = items.some(({ watch }) => watch.verdict.kind === 'error');
	if (!items.some(isWaiting) || (stopsOnError(plan) && hasFailed)) {
		return await report(context, items);
	}
	memory.plan = { ...plan, waits: items.map(saveWait) };
	return await park(context, items, systemClock.now() + requireWaitMode('durable').minGapMs);
}

function stopsOnError({ parent }: DurablePlan): boolean {
	return parent.onError === 'stop';
}

function isWaiting({ watch }: WaitingItem): boolean {
	return watch.verdict.kind === 'continue';
}

async function check(
	context: IExecuteFunctions,
	due: readonly WaitingItem[],
	plan: DurablePlan,
): Promise<void> {
	const { connection } = await readNodeSettings(context);
	await checkCrawls(context, due, connection, { stopOnError: stopsOnError(plan), maxRounds: 1 });
	if (context.getExecutionCancelSignal()?.aborted) {
		throw new NodeOperationError(
			context.getNode(),
			'The wait was stopped in the middle of a check',
		);
	}
}

/** Nobody waits for the crawls any more: the user's execution was stopped, or is gone. */
async function abandon(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
): Promise<INodeExecutionData[][]> {
	if (items.some(({ options }) => options.cancelRemote)) {
		const { connection } = await readNodeSettings(context);
		await cancelRemaining(items, connection.send, true, systemClock);
	}
	return reportOutput([]);
}

async function report(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
): Promise<INodeExecutionData[][]> {
	const { connection } = await readNodeSettings(context);
	await fetchMissingRaw(items, connection.send);
	await fetchPages(items, connection.send, systemClock, context.getExecutionCancelSignal());
	return reportOutput(items);
}

function reportOutput(items: readonly WaitingItem[]): INodeExecutionData[][] {
	return [[], [{ json: { waits: items.map(saveWithExtras) } }]];
}

/**
 * Parks until the next check, but not before `earliest`. When n8n resumes the node, it forwards its
 * input on the first output, which leads back here.
 */
async function park(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
	earliest: number,
): Promise<INodeExecutionData[][]> {
	const dueAt = items.filter(isWaiting).map(({ watch }) => watch.state.nextCheckAt);
	const wakeAt = Math.max(Math.min(...dueAt), earliest) + WAKE_UP_JITTER_MS * Math.random();
	const again: INodeExecutionData[][] = [[{ json: {} }]];
	// Every round leaves its input in the execution's data, so that has to be as small as can be.
	Object.assign(context.getExecuteData(), { data: { main: again }, source: null });
	await context.putExecutionToWait(new Date(wakeAt));
	return again;
}
