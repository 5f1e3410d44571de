import type { IDataObject } from 'n8n-workflow';

import { checkStatus } from '../shared/checkStatus';
import { AdvisedError, RequestFault } from '../shared/errors';
import { take } from '../shared/paginate';
import type { SendRequest } from '../shared/provider';
import type { Clock } from '../shared/waiting/clock';
import { retryDelayMs } from '../shared/waiting/pace';
import { deadlineAt } from '../shared/waiting/wait';
import type { ItemWait } from './input';

/*
 * What is left to do at the provider once a wait is over: fetching the pages and the raw answer,
 * cancelling a crawl that nobody waits for any more.
 */

/**
 * Fetches the pages of the crawls that have ended, where the user wants them: once, since reading
 * them while a crawl runs costs much and gives a part. A passing fault is tried again like that of
 * a check; pages that cannot be had make the item an error, because one without them would look
 * like a crawl that found nothing.
 */
export async function fetchPages(
	items: readonly ItemWait[],
	send: SendRequest,
	clock: Clock,
	signal?: AbortSignal,
): Promise<ItemWait[]> {
	const finished: ItemWait[] = [];
	for (const item of items) finished.push(await withPages(item, send, clock, signal));
	return finished;
}

async function withPages(
	item: ItemWait,
	send: SendRequest,
	clock: Clock,
	signal?: AbortSignal,
): Promise<ItemWait> {
	const { options, wait } = item;
	const isFinal = wait.verdict.kind === 'end' && wait.verdict.reason === 'final';
	const canList = wait.target.provider.listPages !== undefined;
	if (!options.returnPages || !isFinal || !canList || signal?.aborted) return item;
	const pages = await fetchWithRetries(item, send, clock, signal);
	return pages instanceof Error
		? { ...item, wait: { ...wait, verdict: { kind: 'error', error: pages } } }
		: { ...item, pages };
}

async function fetchWithRetries(
	item: ItemWait,
	send: SendRequest,
	clock: Clock,
	signal?: AbortSignal,
): Promise<IDataObject[] | Error> {
	const { policy, state } = item.wait;
	for (let failures = 1; ; failures++) {
		const pages = await fetchAll(item, send);
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
	{ wait: { target, last } }: ItemWait,
	send: SendRequest,
): Promise<IDataObject[] | Error> {
	const { provider, reference } = target;
	const ended = last?.job.reference ?? reference;
	try {
		return provider.listPages ? await take(provider.listPages(send, ended), Infinity) : [];
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}

/**
 * Asks once more for the raw answers that the user wants and that were not kept while other items
 * still waited, since they can be large. Best effort: the job itself is known already.
 */
export async function fetchMissingRaw(
	items: readonly ItemWait[],
	send: SendRequest,
): Promise<ItemWait[]> {
	const finished: ItemWait[] = [];
	for (const item of items) finished.push(await withRaw(item, send));
	return finished;
}

async function withRaw(item: ItemWait, send: SendRequest): Promise<ItemWait> {
	const { options, wait } = item;
	const { last, verdict, target } = wait;
	if (!options.includeRaw || verdict.kind !== 'end' || last === null || last.raw !== null) {
		return item;
	}
	try {
		const { raw } = await checkStatus(target, send);
		return { ...item, wait: { ...wait, last: { ...last, raw } } };
	} catch {
		return withWarning(item, 'The raw answer could not be had a second time.');
	}
}

const CANCEL_TIMEOUT_MS = 5_000;
/** Stop must not wait for a slow server; the request is on its way by then. */
const LONGEST_AFTER_STOP_MS = 500;

/**
 * Asks the provider to stop the crawls whose wait ended before they did, where the user wants it
 * and the provider can. Best effort: what goes wrong is a warning of the item, never its error.
 * @param send a way to send that still works after the execution was stopped
 */
export async function cancelRemaining(
	items: readonly ItemWait[],
	send: SendRequest,
	wasStopped: boolean,
	clock: Clock,
): Promise<ItemWait[]> {
	const cancelled = Promise.all(
		items.map(async (item) => (isAbandoned(item, wasStopped) ? await cancel(item, send) : item)),
	);
	if (!wasStopped) return await cancelled;
	// Nobody will see the items.
	await Promise.race([cancelled, clock.sleep(LONGEST_AFTER_STOP_MS)]);
	return [...items];
}

function isAbandoned({ options, wait: { verdict } }: ItemWait, wasStopped: boolean): boolean {
	const isPastDeadline = verdict.kind === 'end' && verdict.reason === 'deadline';
	const isCutShort = verdict.kind === 'continue' && wasStopped;
	return options.cancelRemote && (isPastDeadline || isCutShort);
}

async function cancel(item: ItemWait, send: SendRequest): Promise<ItemWait> {
	const { provider, reference } = item.wait.target;
	const request = provider.cancelRequest?.(reference);
	if (request === undefined) return item;
	try {
		await send({ ...request, timeoutMs: CANCEL_TIMEOUT_MS });
		return withWarning(item, 'The provider was asked to cancel the crawl.');
	} catch (error) {
		const reason = error instanceof AdvisedError ? `: ${error.message}` : '';
		return withWarning(item, `The crawl could not be cancelled at the provider${reason}.`);
	}
}

function withWarning(item: ItemWait, warning: string): ItemWait {
	return { ...item, warnings: [...item.warnings, warning] };
}
