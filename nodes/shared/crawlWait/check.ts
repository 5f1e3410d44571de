import type { IExecuteFunctions } from 'n8n-workflow';

import { statusChecker, type StatusQuery } from '../checkStatus';
import { rememberCrawl } from '../earlierCrawls';
import { RequestFault } from '../errors';
import { systemClock } from '../node/systemClock';
import { poll, type Checker } from '../waiting/poll';
import type { Connections } from './connections';
import { Cancellation } from './finish';
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
 * Checks crawls until each wait is over or `maxRounds` is reached, and keeps what it learns of each for
 * the next crawls of its kind. Cancels the crawls at the provider that are still running when their
 * wait ends, if the option `cancelRemote` is on.
 * @returns the items after the last check
 */
export async function checkCrawls(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	{ sender, senderAfterStop }: Connections,
	{ endsWhenStopped, ...pollOptions }: CheckOptions,
): Promise<ItemWait[]> {
	const signal = context.getExecutionCancelSignal();
	const cancellation = new Cancellation(items, senderAfterStop, systemClock);
	const report = progressReporter(context, items);
	const checker = statusChecker(sender);
	const waits = await poll(
		items.map(({ wait }) => wait),
		{
			...pollOptions,
			checker: context.getMode() === 'manual' ? forImpatient(checker) : checker,
			clock: systemClock,
			random: Math.random,
			...(signal && { signal }),
			concurrency: Math.max(MIN_CONCURRENCY, Math.ceil(items.length / CRAWLS_PER_REQUEST)),
			onCheck(wait, index) {
				report(wait, index);
				void cancellation.afterCheck(wait, index);
			},
		},
	);
	waits.forEach(rememberCrawl);
	const checked = items.map((item, index) => ({ ...item, wait: waits[index] ?? item.wait }));
	if (endsWhenStopped && signal?.aborted) {
		// Nobody will see the items.
		await cancellation.afterStop(checked);
		return checked;
	}
	return await Promise.all(
		checked.map(async (item, index) => await cancellation.ofGivenUp(item, index)),
	);
}

/**
 * The same checks for a person who looks on: when the first one does not reach the server, the address
 * is more likely to be wrong than the server to be down, so it is not tried again.
 */
function forImpatient(checker: Checker<StatusQuery>): Checker<StatusQuery> {
	return {
		...checker,
		async check(waits, timeoutMs) {
			try {
				return await checker.check(waits, timeoutMs);
			} catch (error) {
				const isFirst = waits.every(({ state }) => state.checks === 0);
				throw isFirst && error instanceof RequestFault && error.isUnreached
					? error.asPermanent()
					: error;
			}
		},
	};
}
