import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { isStarting, parkAfterStartMs, rerunOnResume } from '../../n8nEngine';
import { toNodeError } from '../../node/nodeError';
import { systemClock } from '../../node/systemClock';
import { isWaiting } from '../../waiting/itemWait';
import { deadlineAt, pausedState } from '../../waiting/wait';
import { checkCrawls } from '../check';
import { Connections } from '../connections';
import { Cancellation, fetchMissingRaw, fetchPages } from '../finish';
import type { ItemWait } from '../input';
import { goesOn, isThrownAway } from '../itemError';
import { showChecking, showHelper } from '../summary';
import type { WaitingNode } from '../waitingNode';
import { DURABLE } from '../waitModes';
import { needFor } from './chain';
import {
	loadCheckpoint,
	readChildInput,
	saveCheckpoint,
	type Checkpoint,
	type ChildInput,
} from './checkpoint';
import { restoreItemWaits, takeSnapshot, takeSnapshotWithExtras } from './snapshot';

/** Checks that are due within this time are made in the same wake-up. */
const SAME_WAKE_UP_MS = 5_000;

/**
 * The number of wake-ups for each look whether somebody still waits. A look reads the user's
 * execution with all its data, which can be large.
 */
const WAKE_UPS_PER_LOOK = 5;
/** After this time, a wake-up looks whatever their number is: checks can be hours apart. */
const LOOK_AFTER_MS = 5 * 60_000;

/** Each wake-up is delayed by up to this time, so that waits that began together drift apart. */
const WAKE_UP_JITTER_MS = 8_000;

type WatcherInput = ChildInput & Partial<Pick<Checkpoint, 'isWoken'>>;

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
	const { isWoken = false, ...input }: WatcherInput = checkpoint ?? readChildInput(context);
	const items = restoreItemWaits(context, node, input.waits);
	const connections = new Connections(context, node);
	const now = systemClock.now();
	if (checkpoint === undefined) return await park(context, items, input, now);
	// A watcher that fails now is replaced, but the user's execution cannot be: no wait may end now.
	if (isStarting()) {
		return await park(context, items, input, now + parkAfterStartMs(Math.random()));
	}
	// After a call, n8n resumes the watcher once more at the time for which it had parked before.
	const waiting = items.filter(({ wait }) => isWaiting(wait));
	if (!isWoken && waiting.length > 0 && waiting.every((item) => isEarly(item, now))) {
		return await park(context, items, input, now);
	}
	const { wakeUps = 0, lookedAt = 0 } = checkpoint;
	const isLookDue = wakeUps % WAKE_UPS_PER_LOOK === 0 || now - lookedAt >= LOOK_AFTER_MS;
	const need = isLookDue ? await needFor(context, input.parents) : 'needed';
	if (need !== 'needed') {
		if (need === 'abandoned') {
			await new Cancellation(items, connections.sender, systemClock).afterStop();
		}
		saveCheckpoint(context, { ...input, ending: 'unneeded' });
		return [];
	}
	const checked = await check(context, items, connections, input, isWoken);
	// Whatever it found, this check has not brought n8n down.
	const next = {
		...input,
		wakeUps: wakeUps + 1,
		lookedAt: isLookDue ? now : lookedAt,
		killedInRow: 0,
	};
	if (goesOn(checked, input.stopOnError)) {
		const gapMs = isWoken ? 0 : DURABLE.minGapMs;
		return await park(context, checked, next, systemClock.now() + gapMs);
	}
	showChecking(context, checked);
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
	isWoken: boolean,
): Promise<ItemWait[]> {
	const signal = context.getExecutionCancelSignal();
	let checked = [...items];
	try {
		checked = await checkDue(context, items, connections, input, isWoken);
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

/**
 * @param isWoken whether a call has asked for a check of all crawls. What is checked before its time
 * because of that counts only where the crawl was found, so that calls use up no failures
 */
async function checkDue(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	connections: Connections,
	{ stopOnError }: ChildInput,
	isWoken: boolean,
): Promise<ItemWait[]> {
	const now = systemClock.now();
	const due = items
		.filter(
			(item) => isWaiting(item.wait) && (!isEarly(item, now) || (isWoken && mayBeEarly(item, now))),
		)
		.map((item) => (isEarly(item, now) ? dueAt(item, now) : item));
	const options = { stopOnError, maxRounds: 1, endsWhenStopped: false };
	const checked = await checkCrawls(context, due, connections, options);
	const byIndex = new Map(checked.map((item) => [item.itemIndex, item]));
	return items.map((item) => {
		const next = byIndex.get(item.itemIndex) ?? item;
		return isEarly(item, now) && !isWell(next) ? pausedAs(item, next) : next;
	});
}

/** Whether a crawl is not to be checked yet. */
function isEarly({ wait }: ItemWait, now: number): boolean {
	return isWaiting(wait) && wait.state.nextCheckAt > now + SAME_WAKE_UP_MS;
}

/** Whether a check is of use that comes before its time. */
function mayBeEarly(item: ItemWait, now: number): boolean {
	const { policy, state } = item.wait;
	return isWell(item) && now >= state.pausedUntil && now < deadlineAt(state, policy);
}

/** The item from before a check, with the pause that the check was asked for. */
function pausedAs(item: ItemWait, { wait: { state } }: ItemWait): ItemWait {
	const { wait } = item;
	return {
		...item,
		wait: { ...wait, state: pausedState(wait.state, wait.policy, state.pausedUntil) },
	};
}

/** Whether the latest check has found the crawl. */
function isWell({ wait: { fault, verdict } }: ItemWait): boolean {
	return fault === null && verdict.kind !== 'error';
}

function dueAt(item: ItemWait, nextCheckAt: number): ItemWait {
	const { wait } = item;
	return { ...item, wait: { ...wait, state: { ...wait.state, nextCheckAt } } };
}

/** Parks until the next check, but not before `earliest`. */
async function park(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	input: ChildInput,
	earliest: number,
): Promise<INodeExecutionData[][]> {
	const parkedAt = systemClock.now();
	saveCheckpoint(context, { ...input, waits: items.map(takeSnapshot), parkedAt });
	showHelper(context, input.parents[0]?.executionId ?? '');
	showChecking(context, items);
	const times = items
		.filter(({ wait }) => isWaiting(wait))
		.map(({ wait }) => wait.state.nextCheckAt);
	const wakeAt = Math.max(Math.min(...times), earliest) + WAKE_UP_JITTER_MS * Math.random();
	await context.putExecutionToWait(new Date(wakeAt));
	return rerunOnResume(context);
}
