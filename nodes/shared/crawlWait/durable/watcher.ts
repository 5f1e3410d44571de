import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { isStarting, parkAfterStartMs, rerunOnResume } from '../../n8nEngine';
import { toNodeError } from '../../node/nodeError';
import { systemClock } from '../../node/systemClock';
import { isWaiting } from '../../waiting/poll';
import { checkCrawls } from '../check';
import { Connections } from '../connections';
import { cancelRemaining, fetchMissingRaw, fetchPages } from '../finish';
import type { ItemWait } from '../input';
import { goesOn, isThrownAway } from '../itemError';
import type { WaitingNode } from '../waitingNode';
import { DURABLE } from '../waitModes';
import { needFor } from './chain';
import { loadCheckpoint, readChildInput, saveCheckpoint, type ChildInput } from './checkpoint';
import { restoreItemWaits, takeSnapshot, takeSnapshotWithExtras } from './snapshot';

/** Checks that are due within this time are made in the same wake-up. */
const SAME_WAKE_UP_MS = 5_000;

/**
 * The number of wake-ups for each look whether somebody still waits. A look reads the user's
 * execution with all its data, which can be large.
 */
const WAKE_UPS_PER_LOOK = 5;

/** Each wake-up is delayed by up to this time, so that waits that began together drift apart. */
const WAKE_UP_JITTER_MS = 8_000;

/**
 * Runs the watcher. It parks at once, since n8n parks the execution that started it only then. Each
 * wake-up checks the crawls that are due, then parks until the next check or reports that all waits
 * are over. The watcher's own errors are part of the report: if it ended with an error, that would
 * count as a loss, and another watcher would continue.
 */
export async function watch(
	context: IExecuteFunctions,
	node: WaitingNode,
): Promise<INodeExecutionData[][]> {
	const checkpoint = loadCheckpoint(context);
	const input = checkpoint ?? readChildInput(context);
	const items = restoreItemWaits(context, node, input.waits);
	const connections = new Connections(context, node);
	if (checkpoint === undefined) return await park(context, items, input, systemClock.now());
	// A watcher that fails now is replaced, but the user's execution cannot be: no wait may end now.
	if (isStarting()) {
		return await park(context, items, input, systemClock.now() + parkAfterStartMs(Math.random()));
	}
	const { wakeUps = 0 } = checkpoint;
	const need = wakeUps % WAKE_UPS_PER_LOOK === 0 ? await needFor(context, input.parents) : 'needed';
	if (need !== 'needed') {
		if (need === 'abandoned') await cancelAbandoned(items, connections);
		saveCheckpoint(context, { ...input, ending: 'unneeded' });
		return [];
	}
	const checked = await check(context, items, connections, input);
	// Whatever it found, this check has not brought n8n down.
	const next = { ...input, wakeUps: wakeUps + 1, killedInRow: 0 };
	if (goesOn(checked, input.stopOnError)) {
		return await park(context, checked, next, systemClock.now() + DURABLE.minGapMs);
	}
	saveCheckpoint(context, {
		...next,
		waits: checked.map(takeSnapshotWithExtras),
		ending: 'reported',
	});
	// The executions parked on this one read its checkpoint.
	return [];
}

/**
 * Checks the crawls that are due. Once all waits are over, fetches raw responses and pages, unless the
 * user's execution will throw an error instead.
 */
async function check(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	connections: Connections,
	input: ChildInput,
): Promise<ItemWait[]> {
	const signal = context.getExecutionCancelSignal();
	let checked = [...items];
	try {
		checked = await checkDue(context, items, connections, input);
		const { stopOnError } = input;
		if (!goesOn(checked, stopOnError) && !isThrownAway(checked, stopOnError)) {
			checked = await fetchMissingRaw(checked, connections.sender, systemClock);
			checked = await fetchPages(checked, connections.sender, systemClock, signal);
		}
	} catch (error) {
		const verdict = { kind: 'error', error: toNodeError(context.getNode(), error) } as const;
		checked = checked.map((item) =>
			isWaiting(item.wait) ? { ...item, wait: { ...item.wait, verdict } } : item,
		);
	}
	if (signal?.aborted) {
		throw new NodeOperationError(context.getNode(), 'The wait was stopped during a check', {
			description:
				'If n8n was shut down, the wait continues by itself. If you stopped this execution, see the execution of the workflow that waits.',
		});
	}
	return checked;
}

async function checkDue(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	connections: Connections,
	{ stopOnError }: ChildInput,
): Promise<ItemWait[]> {
	const soon = systemClock.now() + SAME_WAKE_UP_MS;
	const due = items.filter(({ wait }) => isWaiting(wait) && wait.state.nextCheckAt <= soon);
	const options = { stopOnError, maxRounds: 1, endsWhenStopped: false };
	const checked = await checkCrawls(context, due, connections, options);
	const byIndex = new Map(checked.map((item) => [item.itemIndex, item]));
	return items.map((item) => byIndex.get(item.itemIndex) ?? item);
}

/** Cancels crawls that nobody waits for: the user's execution was stopped or is gone. */
async function cancelAbandoned(items: readonly ItemWait[], { sender }: Connections): Promise<void> {
	await cancelRemaining(items, sender, true, systemClock);
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
