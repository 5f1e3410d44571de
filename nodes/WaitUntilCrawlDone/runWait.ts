import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../shared/nodeError';
import { systemClock } from '../shared/waiting/clock';
import { poll } from '../shared/waiting/poll';
import { fetchPages } from './fetchPages';
import { readNodeSettings, type NodeSettings } from './nodeSettings';
import { route } from './outputs';
import { progressReporter } from './progress';
import { cancelRemaining } from './remoteCancel';
import { toResult } from './result';
import { restoreStates } from './savedStates';
import { readWaitingItems } from './waitingItems';

/**
 * How many requests are under way at once: ten, or more where ten could not keep up. A thousand
 * crawls whose answers take 0.2 s are each noticed in time with fifty.
 */
const MIN_CONCURRENCY = 10;
const CRAWLS_PER_REQUEST = 20;

/**
 * Waits for the crawls of all input items, and gives what the node lets out. What goes wrong for the
 * whole node is an error of each item: n8n would otherwise send the input on to Success, where it is
 * set to continue on errors.
 */
export async function waitForCrawls(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		return await runWait(context, await readNodeSettings(context));
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
	{ mode, provider, connection }: NodeSettings,
): Promise<INodeExecutionData[][]> {
	const { send, sendAfterStop, settings } = connection;
	const now = systemClock.now();
	const { items, errors } = readWaitingItems(context, provider, settings, now, mode.minGapMs);
	const stopOnError = !context.continueOnFail();
	if (stopOnError && errors.length > 0) return route(context, errors);
	const saveStates = mode.goesOn ? restoreStates(context, items) : null;

	const signal = context.getExecutionCancelSignal();
	await poll(
		items.map(({ watch }) => watch),
		{
			send,
			clock: systemClock,
			random: Math.random,
			...(signal && { signal }),
			concurrency: Math.max(MIN_CONCURRENCY, Math.ceil(items.length / CRAWLS_PER_REQUEST)),
			stopOnError,
			maxRounds: mode.maxRounds,
			onCheck: progressReporter(context, items),
		},
	);
	const wasStopped = signal?.aborted === true;
	await cancelRemaining(items, sendAfterStop, wasStopped, systemClock);
	if (wasStopped) throw stoppedError(context);
	saveStates?.();
	await fetchPages(items, send, systemClock, signal);

	const failed = items.filter(({ watch }) => watch.verdict.kind === 'error');
	const ended = stopOnError && failed.length > 0 ? failed : items;
	const endedAt = systemClock.now();
	return route(context, [...errors, ...ended.map((item) => toResult(context, item, endedAt))]);
}

function stoppedError(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'The wait was stopped before the crawls ended', {
		description: 'Run the workflow again to go on waiting.',
	});
}
