import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import {
	callParked,
	isParked,
	isStarting,
	leftParked,
	parkedData,
	readFromWebhook,
	resumeOnTime,
	type ParkedNode,
} from '../../n8nEngine';
import { systemClock } from '../../node/systemClock';
import { toObject } from '../../tolerant';
import { WATCHER } from '../waitModes';
import { checkpointIn, updateCheckpoint } from './checkpoint';

/*
 * A provider can be handed `$execution.resumeUrl` at the start of a crawl. When it calls that address,
 * the user's execution stays parked, and the watcher makes its next check at once. What the call says
 * is not read: anybody who knows the address can make it.
 */

/** The least time between two checks that calls can bring about, in milliseconds. */
const SHORTEST_GAP_MS = 10_000;

/** How many checks calls can bring about in one wait. */
const MAX_WOKEN = 30;

/** When each execution, by its token, passed a call on last, in milliseconds since the epoch. */
const passedOnAt = new Map<string, number>();
const MAX_REMEMBERED = 1_000;

/** Answers a call of the resume address of an execution that is parked in the node. Never throws. */
export async function onResumeCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const isWatcher = context.getNode().parameters.waitMode === WATCHER.waitMode;
		return isWatcher ? await wakeUp(context) : leftParked(await passOn(context));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.debug(`A durable wait was not woken by a call: ${reason}`);
		return leftParked(NOT_WOKEN);
	}
}

const WOKEN = 'The crawls are checked now';
const NOT_WOKEN = 'The crawls are checked at the next regular time';

/** In the user's execution: wakes the watcher at the end of the chain. */
async function passOn(context: IWebhookFunctions): Promise<string> {
	const executionId = context.getExecutionId();
	let data = parkedData(context);
	const key = data?.resumeToken ?? executionId;
	const now = systemClock.now();
	if (now - (passedOnAt.get(key) ?? 0) < SHORTEST_GAP_MS) return NOT_WOKEN;
	if (passedOnAt.size >= MAX_REMEMBERED) passedOnAt.clear();
	passedOnAt.set(key, now);

	let place: ParkedNode | undefined = { executionId, nodeName: context.getNode().name };
	for (;;) {
		const child: ParkedNode | undefined = checkpointIn(data, place.nodeName)?.child;
		if (child === undefined) break;
		place = child;
		data = await readFromWebhook(context, child.executionId);
		if (!isParked(data)) return NOT_WOKEN;
	}
	if (data === undefined || place.executionId === executionId) return NOT_WOKEN;
	const answer = await callParked(context, place.executionId, data);
	return toObject(answer)?.message === NOT_WOKEN ? NOT_WOKEN : WOKEN;
}

/** In the watcher: lets n8n resume it, and leaves word that a call is the reason. */
async function wakeUp(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const data = parkedData(context);
	const { name } = context.getNode();
	const checkpoint = checkpointIn(data, name);
	if (data === undefined || checkpoint === undefined || isStarting()) return leftParked(NOT_WOKEN);
	const { parkedAt = 0, woken = 0 } = checkpoint;
	const isTooSoon = systemClock.now() - parkedAt < SHORTEST_GAP_MS;
	if (isTooSoon || woken >= MAX_WOKEN) return leftParked(NOT_WOKEN);
	const saved = await readFromWebhook(context, context.getExecutionId());
	if (saved === undefined || !isParked(saved)) return leftParked(NOT_WOKEN);
	updateCheckpoint(data, name, { ...checkpoint, woken: woken + 1, isWoken: true });
	return resumeOnTime(data, saved);
}
