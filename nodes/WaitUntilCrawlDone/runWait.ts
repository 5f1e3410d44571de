import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../shared/nodeError';
import { systemClock } from '../shared/waiting/clock';
import { checkCrawls } from './checkCrawls';
import { recall } from './durable/memory';
import { requireDurable } from './durable/requireDurable';
import { durableSteps } from './durable/steps';
import { handOver, takeBack } from './durable/userWait';
import { fetchPages } from './fetchPages';
import { readNodeSettings } from './nodeSettings';
import { route } from './outputs';
import { letOut } from './result';
import { restoreStates } from './savedStates';
import { readWaitingItems } from './waitingItems';
import { requireWaitMode, type WaitMode } from './waitModes';

/**
 * Waits for the crawls of all input items, and gives what the node lets out. What goes wrong for the
 * whole node is an error of each item: n8n would otherwise send the input on to Success, where it is
 * set to continue on errors.
 */
export async function waitForCrawls(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		const waitMode = String(context.getNodeParameter('waitMode', 0));
		const step = durableSteps.get(waitMode);
		return await (step ? step(context) : runWait(context, requireWaitMode(waitMode)));
	} catch (error) {
		return route(
			context,
			context.getInputData().map((_, itemIndex) => ({
				itemIndex,
				error: toNodeError(context.getNode(), error, itemIndex),
			})),
		);
	}
}

async function runWait(
	context: IExecuteFunctions,
	mode: WaitMode,
): Promise<INodeExecutionData[][]> {
	const isDurable = mode.unfinished === 'handOver';
	if (isDurable) {
		const memory = recall(context);
		if (memory !== undefined) return await takeBack(context, memory);
		requireDurable(context);
	}
	const { provider, connection, parameters } = await readNodeSettings(context);
	const { send, settings } = connection;
	const now = systemClock.now();
	const { items, errors } = readWaitingItems(context, provider, settings, now, mode.minGapMs);
	const stopOnError = !context.continueOnFail();
	if (stopOnError && errors.length > 0) return route(context, errors);
	const saveStates = mode.unfinished === 'loopBack' ? restoreStates(context, items) : null;

	const { maxRounds } = mode;
	await checkCrawls(context, items, connection, { stopOnError, maxRounds, endsWhenStopped: true });
	const signal = context.getExecutionCancelSignal();
	if (signal?.aborted) throw stoppedError(context);
	saveStates?.();
	const hasFailed = items.some(({ watch }) => watch.verdict.kind === 'error');
	const isWaiting = items.some(({ watch }) => watch.verdict.kind === 'continue');
	if (isDurable && isWaiting && !(stopOnError && hasFailed)) {
		return await handOver(context, items, errors, parameters);
	}
	await fetchPages(items, send, systemClock, signal);
	return letOut(context, items, errors);
}

function stoppedError(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'The wait was stopped before the crawls ended', {
		description: 'Run the workflow again to go on waiting.',
	});
}
