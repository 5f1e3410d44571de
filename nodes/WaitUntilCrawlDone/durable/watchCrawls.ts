import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { systemClock } from '../../shared/waiting/clock';
import { checkCrawls } from '../checkCrawls';
import { fetchPages } from '../fetchPages';
import { readNodeSettings } from '../nodeSettings';
import { cancelRemaining } from '../remoteCancel';
import type { WaitingItem } from '../waitingItems';
import { requireWaitMode } from '../waitModes';
import { comeBack } from './comeBack';
import { fetchMissingRaw } from './fetchMissingRaw';
import { recall, remember } from './memory';
import { receivedPlan, type DurablePlan } from './plan';
import { standingOf } from './standing';
import { restoreWaits, saveWait, saveWithExtras, type SavedWait } from './savedWait';

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
	const memory = recall(context);
	if (memory === undefined) {
		const plan = receivedPlan(context);
		return await park(context, restoreWaits(context, plan.waits), plan, systemClock.now());
	}
	const { plan } = memory;
	const items = restoreWaits(context, plan.waits);
	const soon = systemClock.now() + SAME_WAKE_UP_MS;
	const due = items.filter((item) => isWaiting(item) && item.watch.state.nextCheckAt <= soon);
	const standing = await standingOf(context, plan.parents);
	if (standing !== 'needed') {
		if (standing === 'abandoned') await cancelAbandoned(context, items);
		// Without a report, it would be taken for lost, and another one started.
		return report(context, plan, plan.waits);
	}

	await check(context, due, plan);
	const hasFailed = items.some(({ watch }) => watch.verdict.kind === 'error');
	if (items.some(isWaiting) && !(plan.stopOnError && hasFailed)) {
		const earliest = systemClock.now() + requireWaitMode('durable').minGapMs;
		return await park(context, items, plan, earliest);
	}
	await fetchExtras(context, items);
	return report(context, plan, items.map(saveWithExtras));
}

function report(
	context: IExecuteFunctions,
	plan: DurablePlan,
	waits: SavedWait[],
): INodeExecutionData[][] {
	remember(context, { plan, report: waits });
	return [[]];
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
	await checkCrawls(context, due, connection, { stopOnError: plan.stopOnError, maxRounds: 1 });
	if (context.getExecutionCancelSignal()?.aborted) {
		throw new NodeOperationError(
			context.getNode(),
			'The wait was stopped in the middle of a check',
		);
	}
}

/** Nobody waits for the crawls any more: the user's execution was stopped, or is gone. */
async function cancelAbandoned(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
): Promise<void> {
	if (!items.some(({ options }) => options.cancelRemote)) return;
	const { connection } = await readNodeSettings(context);
	await cancelRemaining(items, connection.send, true, systemClock);
}

async function fetchExtras(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
): Promise<void> {
	const { connection } = await readNodeSettings(context);
	await fetchMissingRaw(items, connection.send);
	await fetchPages(items, connection.send, systemClock, context.getExecutionCancelSignal());
}

/** Parks until the next check, but not before `earliest`. */
async function park(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
	plan: DurablePlan,
	earliest: number,
): Promise<INodeExecutionData[][]> {
	remember(context, { plan: { ...plan, waits: items.map(saveWait) } });
	const dueAt = items.filter(isWaiting).map(({ watch }) => watch.state.nextCheckAt);
	const wakeAt = Math.max(Math.min(...dueAt), earliest) + WAKE_UP_JITTER_MS * Math.random();
	await context.putExecutionToWait(new Date(wakeAt));
	return comeBack(context);
}
