import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../shared/http/connection';
import type { CrawlProvider } from '../shared/provider';
import { systemClock } from '../shared/waiting/clock';
import { poll } from '../shared/waiting/poll';
import { fetchPages } from './fetchPages';
import { CONCURRENCY, stoppedError } from './inExecution';
import { route } from './outputs';
import { cancelRemaining } from './remoteCancel';
import { toResult } from './result';
import { restoreStates } from './savedStates';
import { readWaitingItems } from './waitingItems';

/**
 * n8n's Wait node keeps the execution in memory for less than 65 seconds; the items need a moment to
 * get there.
 */
const MIN_GAP_MS = 70_000;

/**
 * Wait mode *Check Once*: one check, after which the unfinished items leave on Still Running with
 * the time of their next check, for a loop through n8n's own Wait node. What the wait remembers
 * is saved with the execution.
 */
export async function checkOnce(
	context: IExecuteFunctions,
	provider: CrawlProvider,
	connection: Connection,
): Promise<INodeExecutionData[][]> {
	const { items, errors } = readWaitingItems(
		context,
		provider,
		connection.settings,
		systemClock.now(),
		MIN_GAP_MS,
	);
	const save = restoreStates(context, items);
	const signal = context.getExecutionCancelSignal();
	await poll(
		items.map(({ watch }) => watch),
		{
			send: connection.send,
			clock: systemClock,
			random: Math.random,
			...(signal && { signal }),
			concurrency: CONCURRENCY,
			stopOnError: false,
			maxRounds: 1,
		},
	);
	const wasStopped = signal?.aborted === true;
	await cancelRemaining(items, connection.sendAfterStop, wasStopped);
	if (wasStopped) throw stoppedError(context);
	save();
	await fetchPages(items, connection.send, systemClock, signal);

	const now = systemClock.now();
	return route(context, [...errors, ...items.map((item) => toResult(context, item, now))]);
}
