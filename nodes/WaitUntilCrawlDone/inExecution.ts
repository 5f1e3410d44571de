import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../shared/http/connection';
import type { CrawlProvider } from '../shared/provider';
import { systemClock } from '../shared/waiting/clock';
import { pollUntilEnded } from '../shared/waiting/poll';
import { progressReporter } from './progress';
import { route, toResult } from './outputs';
import { readWaitingItems } from './waitingItems';

const CONCURRENCY = 10;

/** Wait mode *In This Execution*: checks in this process until every item has come to an end. */
export async function waitInExecution(
	context: IExecuteFunctions,
	provider: CrawlProvider,
	{ send, settings }: Connection,
): Promise<INodeExecutionData[][]> {
	const { items, errors } = readWaitingItems(context, provider, settings, systemClock.now());
	const stopOnError = !context.continueOnFail();
	if (stopOnError && errors.length > 0) return route(context, errors);

	await pollUntilEnded(
		items.map((item) => item.watch),
		{
			send,
			clock: systemClock,
			random: Math.random,
			signal: context.getExecutionCancelSignal(),
			concurrency: CONCURRENCY,
			stopOnError,
			onCheck: progressReporter(context, items),
		},
	);
	const now = systemClock.now();
	const failed = items.filter(({ watch }) => watch.verdict.kind === 'error');
	const ended = stopOnError && failed.length > 0 ? failed : items;
	return route(context, [...errors, ...ended.map((item) => toResult(context, item, now))]);
}
