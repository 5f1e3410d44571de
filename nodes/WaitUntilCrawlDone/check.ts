import type { IExecuteFunctions } from 'n8n-workflow';

import { statusChecker } from '../shared/checkStatus';
import type { Connection } from '../shared/http/connection';
import { systemClock } from '../shared/node/systemClock';
import { poll } from '../shared/waiting/poll';
import { cancelRemaining } from './finish';
import type { ItemWait } from './input';
import { progressReporter } from './progress';

/**
 * How many requests are under way at once: ten, or more where ten could not keep up. A thousand
 * crawls whose answers take 0.2 s are each noticed in time with a hundred.
 */
const MIN_CONCURRENCY = 10;
const CRAWLS_PER_REQUEST = 10;

export interface CheckOptions {
	/** Whether the first error ends the wait for all items. */
	stopOnError: boolean;
	/** After how many checks of each crawl to let go of it. */
	maxRounds: number;
	/** Whether stopping this execution ends the wait; otherwise another execution goes on with it. */
	endsWhenStopped: boolean;
}

/**
 * Checks crawls until each has come to an end, or as often as it may, and cancels those at the
 * provider that were waited for in vain, where the user wants it.
 * @returns the items as they stand then
 */
export async function checkCrawls(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	{ send, sendAfterStop }: Connection,
	{ endsWhenStopped, ...pollOptions }: CheckOptions,
): Promise<ItemWait[]> {
	const signal = context.getExecutionCancelSignal();
	const waits = await poll(
		items.map(({ wait }) => wait),
		{
			...pollOptions,
			checker: statusChecker(send),
			clock: systemClock,
			random: Math.random,
			...(signal && { signal }),
			concurrency: Math.max(MIN_CONCURRENCY, Math.ceil(items.length / CRAWLS_PER_REQUEST)),
			onCheck: progressReporter(context, items),
		},
	);
	const checked = items.map((item, index) => ({ ...item, wait: waits[index] ?? item.wait }));
	const wasEnded = endsWhenStopped && signal?.aborted === true;
	return await cancelRemaining(checked, sendAfterStop, wasEnded, systemClock);
}
