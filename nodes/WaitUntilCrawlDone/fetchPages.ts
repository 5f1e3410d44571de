import type { IDataObject } from 'n8n-workflow';

import { RequestFault } from '../shared/http/fault';
import { take } from '../shared/paginate';
import type { SendRequest } from '../shared/provider';
import type { Clock } from '../shared/waiting/clock';
import type { Watch } from '../shared/waiting/poll';
import { retryDelayMs } from '../shared/waiting/pace';
import { deadlineAt } from '../shared/waiting/watch';
import type { WaitingItem } from './waitingItems';

/**
 * Fetches the pages of the crawls that have ended, where the user wants them: once, since reading
 * them while a crawl runs costs much and gives a part. A passing fault is tried again like that of
 * a check; pages that cannot be had make the item an error, because one without them would look
 * like a crawl that found nothing.
 */
export async function fetchPages(
	items: readonly WaitingItem[],
	send: SendRequest,
	clock: Clock,
	signal?: AbortSignal,
): Promise<void> {
	for (const item of items) {
		const { options, watch } = item;
		const isFinal = watch.verdict.kind === 'end' && watch.verdict.reason === 'final';
		const { listPages } = watch.query.provider;
		if (!options.returnPages || !isFinal || !listPages || signal?.aborted) continue;
		const pages = await fetchWithRetries(watch, send, clock, signal);
		if (pages instanceof Error) watch.verdict = { kind: 'error', error: pages };
		else item.pages = pages;
	}
}

async function fetchWithRetries(
	watch: Watch,
	send: SendRequest,
	clock: Clock,
	signal?: AbortSignal,
): Promise<IDataObject[] | Error> {
	const { policy, state } = watch;
	for (let failures = 1; ; failures++) {
		const pages = await fetchAll(watch, send);
		if (!(pages instanceof RequestFault) || pages.kind !== 'passing') return pages;
		const delayMs = Math.max(
			retryDelayMs(policy.pace, failures, Math.random()),
			pages.pauseMs ?? 0,
		);
		const isBudgetUsedUp = policy.maxFailuresInRow > 0 && failures >= policy.maxFailuresInRow;
		const isTooLate = clock.now() + delayMs > deadlineAt(state, policy);
		if (isBudgetUsedUp || isTooLate || signal?.aborted) return pages;
		await clock.sleep(delayMs, signal);
	}
}

async function fetchAll(
	{ query: { provider, reference }, last }: Watch,
	send: SendRequest,
): Promise<IDataObject[] | Error> {
	const ended = last?.job.reference ?? reference;
	try {
		return provider.listPages ? await take(provider.listPages(send, ended), Infinity) : [];
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}
