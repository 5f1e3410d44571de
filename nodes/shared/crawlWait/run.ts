import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { textOf } from '../input';
import { isTool, respondsWithLastNode, requireMemory, requireParking } from '../n8nEngine';
import { toNodeError } from '../node/nodeError';
import { systemClock } from '../node/systemClock';
import { checkCrawls } from './check';
import { Connections } from './connections';
import { endCheckpoint, loadCheckpoint, loadEndedCheckpoint } from './durable/checkpoint';
import { guard } from './durable/guard';
import { resume, suspend } from './durable/parent';
import { supervise } from './durable/supervisor';
import { watch } from './durable/watcher';
import { fetchPages } from './finish';
import { readItemWaits, type ItemWait } from './input';
import { errorOf, goesOn, isThrownAway, STOPPED_ADVICE } from './itemError';
import { loadStates, saveStates } from './loop';
import { toAnswer, toOutputs } from './output';
import { clearStarts } from './starts';
import { warnOfTimeout } from './timeout';
import type { WaitingNode } from './waitingNode';
import { GUARD, requireWaitMode, SUPERVISOR, WATCHER, type WaitMode } from './waitModes';

/**
 * Waits for the crawls of all input items, and returns the node's outputs. An error of the whole node
 * becomes an error of each item: if n8n is set to continue on errors, it would otherwise send the
 * input to Success.
 */
export async function waitForCrawls(
	context: IExecuteFunctions,
	node: WaitingNode,
): Promise<INodeExecutionData[][]> {
	try {
		const waitMode = textOf(context.getNodeParameter('waitMode', 0));
		if (waitMode === SUPERVISOR.waitMode) return await supervise(context);
		if (waitMode === WATCHER.waitMode) return await watch(context, node);
		if (waitMode === GUARD.waitMode) return await guard(context);
		return await runWait(context, node, requireWaitMode(waitMode, node.waitModes));
	} catch (error) {
		const errors = context.getInputData().map((_, itemIndex) => ({
			itemIndex,
			error: toNodeError(context.getNode(), error, itemIndex),
		}));
		const outputs = toOutputs(context, node, [], errors);
		// In a loop, the node begins anew at its next pass.
		endCheckpoint(context);
		return outputs;
	}
}

async function runWait(
	context: IExecuteFunctions,
	node: WaitingNode,
	{ name, unfinished, maxRounds, minGapMs }: WaitMode,
): Promise<INodeExecutionData[][]> {
	if (unfinished !== 'none') requireMemory(context, name);
	if (unfinished === 'suspend') {
		const checkpoint = loadCheckpoint(context) ?? loadEndedCheckpoint(context);
		if (checkpoint !== undefined) return await resume(context, node, checkpoint);
		await requireParking(context);
	}
	// All calls by an AI agent have one context, and each starts crawls of its own.
	if (isTool(context.getNode())) clearStarts(context);
	const connections = new Connections(context, node);
	const { items, errors } = await readItemWaits(context, node, connections, minGapMs);
	const stopOnError = !context.continueOnFail();
	const signal = context.getExecutionCancelSignal();
	// Whoever has stopped the execution may want the crawls cancelled that it has started.
	if (stopOnError && errors.length > 0 && !signal?.aborted) {
		return toOutputs(context, node, [], errors);
	}

	if (unfinished !== 'loopBack') warnOfTimeout(context, items);

	const started = unfinished === 'loopBack' ? loadStates(context, items) : items;
	const options = { stopOnError, maxRounds, endsWhenStopped: true };
	const checked = await checkCrawls(context, started, connections, options);
	if (signal?.aborted) throw stoppedError(context);
	if (unfinished === 'suspend' && goesOn(checked, stopOnError)) {
		return await suspend(context, node, checked, errors, responseOf(context, node, checked));
	}
	const ended = isThrownAway(checked, stopOnError)
		? checked
		: await fetchPages(checked, connections.sender, systemClock, signal);
	if (unfinished !== 'loopBack') return toOutputs(context, node, ended, errors);
	const outputs = toOutputs(context, node, notBefore(systemClock.now() + minGapMs, ended), errors);
	// Not before: n8n can run the node again after an error, which has to find what led to it.
	saveStates(context, ended);
	return outputs;
}

/** Waits of which each is checked at a time or after it: requests after its last check take time as well. */
function notBefore(earliest: number, items: readonly ItemWait[]): ItemWait[] {
	return items.map((item) => {
		const { wait } = item;
		const nextCheckAt = Math.max(earliest, wait.state.nextCheckAt);
		return { ...item, wait: { ...wait, state: { ...wait.state, nextCheckAt } } };
	});
}

/** What whoever has called the workflow over HTTP gets at once: the crawls as they stand. */
function responseOf(
	context: IExecuteFunctions,
	node: WaitingNode,
	items: readonly ItemWait[],
): INodeExecutionData[] {
	if (!respondsWithLastNode(context)) return [];
	return toAnswer(
		context,
		node,
		items.filter((item) => errorOf(item) === null),
	);
}

function stoppedError(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'The wait was stopped before the crawls ended', {
		description: STOPPED_ADVICE,
	});
}
