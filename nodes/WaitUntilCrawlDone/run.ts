import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { textOf } from '../shared/input';
import { respondsWithLastNode, requireMemory, requireParking } from '../shared/n8nEngine';
import { toNodeError } from '../shared/node/nodeError';
import { systemClock } from '../shared/node/systemClock';
import { checkCrawls } from './check';
import { clearCheckpoint, loadCheckpoint } from './durable/checkpoint';
import { guard } from './durable/guard';
import { resume, suspend } from './durable/parent';
import { supervise } from './durable/supervisor';
import { watch } from './durable/watcher';
import { fetchPages } from './finish';
import { readItemWaits, readNodeSettings, type ItemWait } from './input';
import { goesOn, isThrownAway, STOPPED_ADVICE } from './itemError';
import { loadStates, saveStates } from './loop';
import { toOutputs } from './output';
import { warnOfTimeout } from './timeout';
import { GUARD, requireWaitMode, SUPERVISOR, WATCHER, type WaitMode } from './waitModes';

/**
 * Waits for the crawls of all input items, and returns the node's outputs. An error of the whole node
 * becomes an error of each item: if n8n is set to continue on errors, it would otherwise send the
 * input to Success.
 */
export async function waitForCrawls(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		const waitMode = textOf(context.getNodeParameter('waitMode', 0));
		if (waitMode === SUPERVISOR.waitMode) return await supervise(context);
		if (waitMode === WATCHER.waitMode) return await watch(context);
		if (waitMode === GUARD.waitMode) return await guard(context);
		return await runWait(context, requireWaitMode(waitMode));
	} catch (error) {
		const node = context.getNode();
		const errors = context
			.getInputData()
			.map((_, itemIndex) => ({ itemIndex, error: toNodeError(node, error, itemIndex) }));
		const outputs = toOutputs(context, [], errors);
		// In a loop, the node begins anew at its next pass.
		clearCheckpoint(context);
		return outputs;
	}
}

async function runWait(
	context: IExecuteFunctions,
	{ name, unfinished, maxRounds, minGapMs }: WaitMode,
): Promise<INodeExecutionData[][]> {
	if (unfinished !== 'none') requireMemory(context, name);
	if (unfinished === 'suspend') {
		const checkpoint = loadCheckpoint(context);
		if (checkpoint !== undefined) return await resume(context, checkpoint);
		await requireParking(context);
	}
	const { provider, connection, parameters } = await readNodeSettings(context);
	const { send, settings } = connection;
	const now = systemClock.now();
	const { items, errors } = readItemWaits(context, provider, settings, now, minGapMs);
	const stopOnError = !context.continueOnFail();
	if (stopOnError && errors.length > 0) return toOutputs(context, [], errors);

	if (unfinished !== 'loopBack') warnOfTimeout(context, items);

	const started = unfinished === 'loopBack' ? loadStates(context, items) : items;
	const options = { stopOnError, maxRounds, endsWhenStopped: true };
	const checked = await checkCrawls(context, started, connection, options);
	const signal = context.getExecutionCancelSignal();
	if (signal?.aborted) throw stoppedError(context);
	if (unfinished === 'loopBack') saveStates(context, checked);

	if (unfinished === 'suspend' && goesOn(checked, stopOnError)) {
		return await suspend(context, checked, errors, parameters, responseOf(context, checked));
	}
	if (isThrownAway(checked, stopOnError)) return toOutputs(context, checked, errors);
	return toOutputs(context, await fetchPages(checked, send, systemClock, signal), errors);
}

/** What whoever has called the workflow over HTTP gets at once: the crawls as they stand. */
function responseOf(context: IExecuteFunctions, items: readonly ItemWait[]): INodeExecutionData[] {
	if (!respondsWithLastNode(context)) return [];
	return toOutputs(
		context,
		items.filter(({ wait }) => wait.verdict.kind !== 'error'),
		[],
	).flat();
}

function stoppedError(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'The wait was stopped before the crawls ended', {
		description: STOPPED_ADVICE,
	});
}
