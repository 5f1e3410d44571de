import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../shared/http/connection';
import { systemClock } from '../shared/waiting/clock';
import { poll } from '../shared/waiting/poll';
import { progressReporter } from './progress';
import { cancelRemaining } from './remoteCancel';
import type { WaitingItem } from './waitingItems';

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
 */
export async function checkCrawls(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
	{ send, sendAfterStop }: Connection,
	options: CheckOptions,
): Promise<void> {
	const signal = context.getExecutionCancelSignal();
	const { endsWhenStopped, ...pollOptions } = options;
	await poll(
		items.map(({ watch }) => watch),
		{
			...pollOptions,
			send,
			clock: systemClock,
			random: Math.random,
			...(signal && { signal }),
			concurrency: Math.max(MIN_CONCURRENCY, Math.ceil(items.length / CRAWLS_PER_REQUEST)),
			onCheck: progressReporter(context, items),
		},
	);
	const wasEnded = endsWhenStopped && signal?.aborted === true;
	await cancelRemaining(items, sendAfterStop, wasEnded, systemClock);
}
