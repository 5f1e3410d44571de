import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../../shared/nodeError';
import { systemClock } from '../../shared/waiting/clock';
import type { Verdict } from '../../shared/waiting/watch';
import { checkCrawls } from '../checkCrawls';
import { fetchPages } from '../fetchPages';
import { readNodeSettings } from '../nodeSettings';
import { cancelRemaining } from '../remoteCancel';
import type { WaitingItem } from '../waitingItems';
import { requireWaitMode } from '../waitModes';
import { comeBack } from './comeBack';
import { fetchMissingRaw } from './fetchMissingRaw';
import { recall, remember, type DurableMemory } from './memory';
import { receivedPlan, type DurablePlan } from './plan';
import { standingOf } from './standing';
import { restoreWaits, saveWait, saveWithExtras } from './savedWait';

/** What is due so soon is checked by the same wake-up. */
const SAME_WAKE_UP_MS = 5_000;

/** Each wake-up is put off by up to this time, so that waits that began together drift apart. */
const WAKE_UP_JITTER_MS = 8_000;

/**
 * n8n resumes what is overdue before it has finished starting, and fails some of what runs then
 * (2.41: "OTel settings not yet initialized"). A watcher that failed is replaced. The user's
 * execution could not be, so no wait ends before n8n is so old, on slow machines as well.
 */
const STARTUP_MS = 30_000;

/**
 * Begins to watch by parking, since whoever started the watcher waits for that. Each wake-up then
 * checks the crawls that are due, and parks until the next check or reports that all waits have
 * come to an end. An error of its own is part of the report: what ends it otherwise is taken for a
 * loss, and another watcher goes on.
 */
export async function watchCrawls(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const memory = recall(context);
	if (memory === undefined) {
		const plan = receivedPlan(context);
		return await park(context, restoreWaits(context, plan.waits), plan, systemClock.now());
	}
	const { plan } = memory;
	const items = restoreWaits(context, plan.waits);
	if (performance.now() < STARTUP_MS) {
		return await park(context, items, plan, systemClock.now() + STARTUP_MS);
	}
	const standing = await standingOf(context, plan.parents);
	if (standing.kind !== 'needed') {
		if (standing.kind === 'abandoned') await cancelAbandoned(context, items);
		return end(context, { plan, obsoleteFrom: standing.obsoleteFrom });
	}

	await check(context, items, plan);
	if (goesOn(items, plan)) {
		const earliest = systemClock.now() + requireWaitMode('durable').minGapMs;
		return await park(context, items, plan, earliest);
	}
	return end(context, { plan, report: items.map(saveWithExtras) });
}

/** Ends without an output: whoever is parked on this execution looks into its memory. */
function end(
	context: IExecuteFunctions,
	memory: Pick<DurableMemory, 'plan' | 'report' | 'obsoleteFrom'>,
): INodeExecutionData[][] {
	remember(context, memory);
	return [[]];
}

function isWaiting({ watch }: WaitingItem): boolean {
	return watch.verdict.kind === 'continue';
}

function goesOn(items: readonly WaitingItem[], { stopOnError }: DurablePlan): boolean {
	const hasFailed = items.some(({ watch }) => watch.verdict.kind === 'error');
	return items.some(isWaiting) && !(stopOnError && hasFailed);
}

/** Checks the crawls that are due, and fetches what is wanted beside them once all waits are over. */
async function check(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
	plan: DurablePlan,
): Promise<void> {
	const { stopOnError } = plan;
	const signal = context.getExecutionCancelSignal();
	const soon = systemClock.now() + SAME_WAKE_UP_MS;
	const due = items.filter((item) => isWaiting(item) && item.watch.state.nextCheckAt <= soon);
	try {
		const { connection } = await readNodeSettings(context);
		const options = { stopOnError, maxRounds: 1, endsWhenStopped: false };
		await checkCrawls(context, due, connection, options);
		if (!goesOn(items, plan)) {
			await fetchMissingRaw(items, connection.send);
			await fetchPages(items, connection.send, systemClock, signal);
		}
	} catch (error) {
		const verdict: Verdict = { kind: 'error', error: toNodeError(context.getNode(), error) };
		for (const { watch } of items.filter(isWaiting)) watch.verdict = verdict;
	}
	if (signal?.aborted) {
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
