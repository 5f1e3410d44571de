import type { IExecuteFunctions } from 'n8n-workflow';

import { statusChecker } from '../checkStatus';
import { systemClock } from '../node/systemClock';
import { poll } from '../waiting/poll';
import type { Connections } from './connections';
import { cancelRemaining } from './finish';
import type { ItemWait } from './input';
import { progressReporter } from './progress';

/**
 * The maximum number of concurrent requests is ten, or one for every ten crawls if that is more. A
 * hundred are enough for a thousand crawls whose responses take 0.2 s.
 */
const MIN_CONCURRENCY = 10;
const CRAWLS_PER_REQUEST = 10;

export interface CheckOptions {
	/** Whether the first error ends the wait for all items. */
	stopOnError: boolean;
	/** The number of checks of each crawl after which to return. */
	maxRounds: number;
	/** Whether stopping this execution ends the wait; otherwise another execution continues it. */
	endsWhenStopped: boolean;
}

/**
 * Checks crawls until each wait is over or `maxRounds` is reached. Cancels the crawls at the provider
 * that are still running when their wait ends, if the option `cancelRemote` is on.
 * @returns the items after the last check
 */
export async function checkCrawls(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	{ sender, senderAfterStop }: Connections,
	{ endsWhenStopped, ...pollOptions }: CheckOptions,
): Promise<ItemWait[]> {
	const signal = context.getExecutionCancelSignal();
	const waits = await poll(
		items.map(({ wait }) => wait),
		{
			...pollOptions,
			checker: statusChecker(sender),
			clock: systemClock,
			random: Math.random,
			...(signal && { signal }),
			concurrency: Math.max(MIN_CONCURRENCY, Math.ceil(items.length / CRAWLS_PER_REQUEST)),
			onCheck: progressReporter(context, items),
		},
	);
	const checked = items.map((item, index) => ({ ...item, wait: waits[index] ?? item.wait }));
	const wasEnded = endsWhenStopped && signal?.aborted === true;
	return await cancelRemaining(checked, senderAfterStop, wasEnded, systemClock);
}
