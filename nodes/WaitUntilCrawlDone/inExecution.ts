import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../shared/http/connection';
import type { CrawlProvider } from '../shared/provider';
import { systemClock } from '../shared/waiting/clock';
import { poll } from '../shared/waiting/poll';
import { fetchPages } from './fetchPages';
import { route } from './outputs';
import { progressReporter } from './progress';
import { cancelRemaining } from './remoteCancel';
import { toResult } from './result';
import { readWaitingItems } from './waitingItems';

/** How many requests are under way at once. */
export const CONCURRENCY = 10;

/** Wait mode *In This Execution*: checks in this process until every item has come to an end. */
export async function waitInExecution(
	context: IExecuteFunctions,
	provider: CrawlProvider,
	connection: Connection,
): Promise<INodeExecutionData[][]> {
	const { items, errors } = readWaitingItems(
		context,
		provider,
		connection.settings,
		systemClock.now(),
		0,
	);
	const stopOnError = !context.continueOnFail();
	if (stopOnError && errors.length > 0) return route(context, errors);

	const signal = context.getExecutionCancelSignal();
	await poll(
		items.map(({ watch }) => watch),
		{
			send: connection.send,
			clock: systemClock,
			random: Math.random,
			...(signal && { signal }),
			concurrency: CONCURRENCY,
			stopOnError,
			onCheck: progressReporter(context, items),
		},
	);
	const wasStopped = signal?.aborted === true;
	await cancelRemaining(items, connection.sendAfterStop, wasStopped);
	if (wasStopped) throw stoppedError(context);
	await fetchPages(items, connection.send, systemClock, signal);

	const failed = items.filter(({ watch }) => watch.verdict.kind === 'error');
	const ended = stopOnError && failed.length > 0 ? failed : items;
	const now = systemClock.now();
	return route(context, [...errors, ...ended.map((item) => toResult(context, item, now))]);
}

export function stoppedError(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'The wait was stopped before the crawls ended', {
		description: 'Run the workflow again to go on waiting.',
	});
}
