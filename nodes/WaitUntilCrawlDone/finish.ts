import type { IDataObject } from 'n8n-workflow';

import { checkStatus, pinnedQuery } from '../shared/checkStatus';
import { AdvisedError } from '../shared/errors';
import { RequestQueue } from '../shared/http/requestQueue';
import {
	missingMessage,
	readList,
	tooLongMessage,
	USUAL_PATIENCE,
	type ListReading,
	type Patience,
	type ReadList,
} from '../shared/paginate';
import type { SendRequest } from '../shared/provider';
import type { Clock } from '../shared/waiting/clock';
import type { ItemWait } from './input';

/*
 * The requests after the end of a wait: fetching the pages and the raw response, and cancelling a
 * crawl that is still running.
 */

/**
 * The time that the pages of a crawl have to themselves, in milliseconds: the end of the crawl was
 * seen in time, whatever is left until the deadline.
 */
export const PAGES_TIME_MS = 5 * 60_000;

const PAGES_PATIENCE: Patience = {
	...USUAL_PATIENCE,
	tries: 10,
	longestPauseMs: PAGES_TIME_MS,
};

const USUAL_TIMEOUT_MS = 60_000;
const SHORTEST_TIMEOUT_MS = 5_000;

/** Whether an item has the field `pages`: the user wants them, and its crawl has ended. */
export function hasPages({ options, wait: { verdict, target } }: ItemWait): boolean {
	const isFinal = verdict.kind === 'end' && verdict.reason === 'final';
	return options.returnPages && isFinal && target.provider.listPages !== undefined;
}

/**
 * Fetches the pages of the crawls that have ended, if the option `returnPages` is on: once, since
 * pages that are read during a crawl are expensive and incomplete. Best effort: the outcome of the
 * crawl is already known, so pages that cannot be fetched are a warning of the item, never its
 * error. Requests that are slow or fail hold up no other item.
 */
export async function fetchPages(
	items: readonly ItemWait[],
	send: SendRequest,
	clock: Clock,
	signal?: AbortSignal,
): Promise<ItemWait[]> {
	const queue = new RequestQueue(clock);
	return await Promise.all(
		items.map(async (item, place) => {
			if (!hasPages(item) || signal?.aborted) return item;
			const time = new OwnTime(clock);
			const sender = queue.sender(time.sender(send), place, signal);
			const reading = { clock: time.clock, patience: PAGES_PATIENCE, ...(signal && { signal }) };
			return await withPages(item, sender, reading);
		}),
	);
}

async function withPages(
	item: ItemWait,
	send: SendRequest,
	reading: ListReading,
): Promise<ItemWait> {
	const { provider, reference } = pinnedQuery(item.wait);
	try {
		const list = provider.listPages?.(send, reference);
		if (list === undefined) return item;
		const read = await readList(list, Infinity, reading);
		const isWithout = read.error !== null && read.entries.length === 0;
		const pages = isWithout ? null : read.entries;
		return { ...item, pages, warnings: [...item.warnings, ...pageWarnings(read)] };
	} catch (error) {
		return withWarning(item, `The pages of the crawl could not be fetched: ${reasonOf(error)}.`);
	}
}

function pageWarnings({ entries, missing, isTooLong, error }: ReadList<IDataObject>): string[] {
	const count = entries.length;
	if (error !== null) {
		const what =
			count === 0
				? 'The pages of the crawl could not be fetched'
				: `'pages' is incomplete. No more than ${count} pages could be fetched`;
		return [`${what}: ${reasonOf(error)}.`];
	}
	if (isTooLong) return [`'pages' is incomplete. ${tooLongMessage(count)}`];
	if (missing === 0) return [];
	return [`'pages' is incomplete. ${missingMessage(count, missing)}`];
}

function reasonOf(error: unknown): string {
	return error instanceof AdvisedError ? error.message : 'an unexpected error';
}

/** The time that the pages of one crawl have, from their first request on, not from its queue. */
class OwnTime {
	private endsAt = Infinity;

	constructor(private readonly systemTime: Clock) {}

	/** The clock by which requests are repeated: it does not sleep beyond the end. */
	readonly clock: Clock = {
		now: () => this.systemTime.now(),
		sleep: async (ms, signal) => {
			await this.systemTime.sleep(Math.max(0, Math.min(ms, this.leftMs())), signal);
		},
	};

	sender(send: SendRequest): SendRequest {
		return async (request) => {
			if (this.endsAt === Infinity) this.endsAt = this.clock.now() + PAGES_TIME_MS;
			if (this.leftMs() <= 0) {
				throw new AdvisedError(
					`they did not come within ${PAGES_TIME_MS / 60_000} minutes`,
					"Fetch them with the provider's own node.",
				);
			}
			const timeoutMs = Math.max(SHORTEST_TIMEOUT_MS, Math.min(USUAL_TIMEOUT_MS, this.leftMs()));
			return await send({ ...request, timeoutMs });
		};
	}

	private leftMs(): number {
		return this.endsAt - this.clock.now();
	}
}

/**
 * Fetches the raw responses again that the option `includeRaw` asks for. They can be large, so they
 * were not kept while other items still waited. Best effort: the job itself is already known.
 */
export async function fetchMissingRaw(
	items: readonly ItemWait[],
	send: SendRequest,
	clock: Clock,
): Promise<ItemWait[]> {
	const queue = new RequestQueue(clock);
	return await Promise.all(
		items.map(async (item, place) => await withRaw(item, queue.sender(send, place))),
	);
}

async function withRaw(item: ItemWait, send: SendRequest): Promise<ItemWait> {
	const { options, wait } = item;
	const { last, verdict } = wait;
	if (!options.includeRaw || verdict.kind !== 'end' || last === null || last.raw !== null) {
		return item;
	}
	try {
		const { raw } = await checkStatus(pinnedQuery(wait), send);
		return { ...item, wait: { ...wait, last: { ...last, raw } } };
	} catch {
		return withWarning(item, 'The raw response could not be fetched again.');
	}
}

const CANCEL_TIMEOUT_MS = 5_000;
/** Stopping an execution must not wait for a slow server; the request has been sent by then. */
const LONGEST_AFTER_STOP_MS = 500;

/**
 * Cancels the crawls at the provider that are still running when their wait ends, if the option
 * `cancelRemote` is on and the provider supports it. Best effort: a failure becomes a warning of the
 * item, never an error.
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
	const isGivenUp = verdict.kind === 'end' && ['deadline', 'stalled'].includes(verdict.reason);
	const isCutShort = verdict.kind === 'continue' && wasStopped;
	return options.cancelRemote && (isGivenUp || isCutShort);
}

async function cancel(item: ItemWait, send: SendRequest): Promise<ItemWait> {
	const { provider, reference } = pinnedQuery(item.wait);
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
