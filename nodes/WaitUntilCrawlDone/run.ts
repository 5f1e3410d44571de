import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { requireParking } from '../shared/n8nEngine';
import { toNodeError } from '../shared/node/nodeError';
import { systemClock } from '../shared/node/systemClock';
import { isWaiting } from '../shared/waiting/poll';
import { checkCrawls } from './check';
import { loadCheckpoint } from './durable/checkpoint';
import { resume, suspend } from './durable/parent';
import { supervise } from './durable/supervisor';
import { watch } from './durable/watcher';
import { fetchPages } from './finish';
import { readItemWaits, readNodeSettings } from './input';
import { loadStates, saveStates } from './loop';
import { toOutputs } from './output';
import { requireWaitMode, SUPERVISOR, WATCHER, type WaitMode } from './waitModes';

/**
 * Waits for the crawls of all input items, and gives what is to stand on the node's outputs. What
 * goes wrong for the whole node is an error of each item: n8n would otherwise send the input on to
 * Success, where it is set to continue on errors.
 */
export async function waitForCrawls(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		const waitMode = String(context.getNodeParameter('waitMode', 0));
		if (waitMode === SUPERVISOR.waitMode) return await supervise(context);
		if (waitMode === WATCHER.waitMode) return await watch(context);
		return await runWait(context, requireWaitMode(waitMode));
	} catch (error) {
		const node = context.getNode();
		const errors = context
			.getInputData()
			.map((_, itemIndex) => ({ itemIndex, error: toNodeError(node, error, itemIndex) }));
		return toOutputs(context, [], errors);
	}
}

async function runWait(
	context: IExecuteFunctions,
	{ unfinished, maxRounds, minGapMs }: WaitMode,
): Promise<INodeExecutionData[][]> {
	if (unfinished === 'suspend') {
		const checkpoint = loadCheckpoint(context);
		if (checkpoint !== undefined) return await resume(context, checkpoint);
		requireParking(context);
	}
	const { provider, connection, parameters } = await readNodeSettings(context);
	const { send, settings } = connection;
	const now = systemClock.now();
	const { items, errors } = readItemWaits(context, provider, settings, now, minGapMs);
	const stopOnError = !context.continueOnFail();
	if (stopOnError && errors.length > 0) return toOutputs(context, [], errors);

	const begun = unfinished === 'loopBack' ? loadStates(context, items) : items;
	const options = { stopOnError, maxRounds, endsWhenStopped: true };
	const checked = await checkCrawls(context, begun, connection, options);
	const signal = context.getExecutionCancelSignal();
	if (signal?.aborted) throw stoppedError(context);
	if (unfinished === 'loopBack') saveStates(context, checked);

	const hasFailed = checked.some(({ wait }) => wait.verdict.kind === 'error');
	const goesOn = checked.some(({ wait }) => isWaiting(wait)) && !(stopOnError && hasFailed);
	if (unfinished === 'suspend' && goesOn) {
		return await suspend(context, checked, errors, parameters);
	}
	return toOutputs(context, await fetchPages(checked, send, systemClock, signal), errors);
}

function stoppedError(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'The wait was stopped before the crawls ended', {
		description: 'Run the workflow again to go on waiting.',
	});
}
