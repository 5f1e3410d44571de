import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../../shared/http/connection';
import { isStarting, rerunOnResume, STARTUP_MS } from '../../shared/n8nEngine';
import { toNodeError } from '../../shared/node/nodeError';
import { systemClock } from '../../shared/node/systemClock';
import { isWaiting } from '../../shared/waiting/poll';
import { checkCrawls } from '../check';
import { cancelRemaining, fetchMissingRaw, fetchPages } from '../finish';
import { readNodeSettings, type ItemWait } from '../input';
import { DURABLE } from '../waitModes';
import { needFor } from './chain';
import { loadCheckpoint, readChildInput, saveCheckpoint, type ChildInput } from './checkpoint';
import { restoreItemWaits, takeSnapshot, takeSnapshotWithExtras } from './snapshot';

/** What is due so soon is checked by the same wake-up. */
const SAME_WAKE_UP_MS = 5_000;

/** Each wake-up is put off by up to this time, so that waits that began together drift apart. */
const WAKE_UP_JITTER_MS = 8_000;

/**
 * Begins to watch by parking, since whoever started the watcher waits for that. Each wake-up then
 * checks the crawls that are due, and parks until the next check or reports that all waits have
 * come to an end. An error of its own is part of the report: what ends it otherwise is taken for a
 * loss, and another watcher goes on.
 */
export async function watch(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const checkpoint = loadCheckpoint(context);
	const input = checkpoint ?? readChildInput(context);
	const items = restoreItemWaits(context, input.waits);
	if (checkpoint === undefined) return await park(context, items, input, systemClock.now());
	// A watcher that fails is replaced. The user's execution could not be, so no wait ends now.
	if (isStarting()) return await park(context, items, input, systemClock.now() + STARTUP_MS);

	const need = await needFor(context, input.parents);
	if (need !== 'needed') {
		if (need === 'abandoned') await cancelAbandoned(context, items);
		saveCheckpoint(context, { ...input, ending: 'unneeded' });
		return [[]];
	}
	const checked = await check(context, items, input);
	if (goesOn(checked, input)) {
		return await park(context, checked, input, systemClock.now() + DURABLE.minGapMs);
	}
	saveCheckpoint(context, {
		...input,
		waits: checked.map(takeSnapshotWithExtras),
		ending: 'reported',
	});
	// Whoever is parked on this execution looks into its checkpoint.
	return [[]];
}

function goesOn(items: readonly ItemWait[], { stopOnError }: ChildInput): boolean {
	const hasFailed = items.some(({ wait }) => wait.verdict.kind === 'error');
	return items.some(({ wait }) => isWaiting(wait)) && !(stopOnError && hasFailed);
}

/** Checks the crawls that are due, and fetches what is wanted beside them once all waits are over. */
async function check(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	input: ChildInput,
): Promise<ItemWait[]> {
	const signal = context.getExecutionCancelSignal();
	let checked = [...items];
	try {
		const { connection } = await readNodeSettings(context);
		checked = await checkDue(context, items, connection, input);
		if (!goesOn(checked, input)) {
			checked = await fetchMissingRaw(checked, connection.send);
			checked = await fetchPages(checked, connection.send, systemClock, signal);
		}
	} catch (error) {
		const verdict = { kind: 'error', error: toNodeError(context.getNode(), error) } as const;
		checked = checked.map((item) =>
			isWaiting(item.wait) ? { ...item, wait: { ...item.wait, verdict } } : item,
		);
	}
	if (signal?.aborted) {
		throw new NodeOperationError(
			context.getNode(),
			'The wait was stopped in the middle of a check',
		);
	}
	return checked;
}

async function checkDue(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	connection: Connection,
	{ stopOnError }: ChildInput,
): Promise<ItemWait[]> {
	const soon = systemClock.now() + SAME_WAKE_UP_MS;
	const due = items.filter(({ wait }) => isWaiting(wait) && wait.state.nextCheckAt <= soon);
	const options = { stopOnError, maxRounds: 1, endsWhenStopped: false };
	const checked = await checkCrawls(context, due, connection, options);
	const byIndex = new Map(checked.map((item) => [item.itemIndex, item]));
	return items.map((item) => byIndex.get(item.itemIndex) ?? item);
}

/** Nobody waits for the crawls any more: the user's execution was stopped, or is gone. */
async function cancelAbandoned(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
): Promise<void> {
	if (!items.some(({ options }) => options.cancelRemote)) return;
	const { connection } = await readNodeSettings(context);
	await cancelRemaining(items, connection.send, true, systemClock);
}

/** Parks until the next check, but not before `earliest`. */
async function park(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	input: ChildInput,
	earliest: number,
): Promise<INodeExecutionData[][]> {
	saveCheckpoint(context, { ...input, waits: items.map(takeSnapshot) });
	const dueAt = items
		.filter(({ wait }) => isWaiting(wait))
		.map(({ wait }) => wait.state.nextCheckAt);
	const wakeAt = Math.max(Math.min(...dueAt), earliest) + WAKE_UP_JITTER_MS * Math.random();
	await context.putExecutionToWait(new Date(wakeAt));
	return rerunOnResume(context);
}
