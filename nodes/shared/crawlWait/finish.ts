import { checkStatus, pinnedQuery } from '../checkStatus';
import { AdvisedError } from '../errors';
import { RequestQueue } from '../http/requestQueue';
import { fetchCrawlPages } from '../node/crawlPages';
import type { CrawlProvider, SendRequest } from '../provider';
import type { Clock } from '../waiting/clock';
import { isWaiting } from '../waiting/itemWait';
import type { ItemWait } from './input';

/*
 * The requests after the end of a wait: fetching the pages and the raw response, and cancelling a
 * crawl that is still running.
 */

/** Gives a way to send requests to a provider. */
type Sender = (provider: CrawlProvider) => SendRequest;

/** Whether an item has the field `pages`: the user wants them, and its crawl has ended. */
export function hasPages({ options, wait: { verdict, target } }: ItemWait): boolean {
	const isFinal = verdict.kind === 'end' && verdict.reason === 'final';
	return options.returnPages && isFinal && target.provider.listPages !== undefined;
}

/** Fetches the pages of the crawls that have ended, if the option `returnPages` is on. */
export async function fetchPages(
	items: readonly ItemWait[],
	sender: Sender,
	clock: Clock,
	signal?: AbortSignal,
): Promise<ItemWait[]> {
	const queueOf = queues(clock);
	return await Promise.all(
		items.map(async (item, place) => {
			if (!hasPages(item) || signal?.aborted) return item;
			const { provider, reference: ended } = pinnedQuery(item.wait);
			const reading = { send: sender(provider), queue: queueOf(provider), clock, signal };
			const { pages, warnings } = await fetchCrawlPages(provider, ended, reading, place);
			return { ...item, pages, warnings: [...item.warnings, ...warnings] };
		}),
	);
}

/**
 * Fetches the raw responses again that the option `includeRaw` asks for. They can be large, so they
 * were not kept while other items still waited. Best effort: the job itself is already known.
 */
export async function fetchMissingRaw(
	items: readonly ItemWait[],
	sender: Sender,
	clock: Clock,
): Promise<ItemWait[]> {
	const queueOf = queues(clock);
	return await Promise.all(
		items.map(async (item, place) => {
			const { provider } = item.wait.target;
			return await withRaw(item, queueOf(provider).reader(sender(provider), place));
		}),
	);
}

/** A queue for each provider: none holds up another. */
function queues(clock: Clock): (provider: CrawlProvider) => RequestQueue {
	const known = new Map<CrawlProvider, RequestQueue>();
	return (provider) => {
		const queue = known.get(provider) ?? new RequestQueue(clock);
		known.set(provider, queue);
		return queue;
	};
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
 * Cancels crawls at the provider that are still running when their wait ends, if the option
 * `cancelRemote` is on and the provider supports it. Best effort: a failure becomes a warning of the
 * item, never an error.
 */
export class Cancellation {
	private readonly queueOf: (provider: CrawlProvider) => RequestQueue;

	private readonly begun = new Map<number, Promise<ItemWait>>();

	/** The places of the items that wait, by their crawls. */
	private readonly waiting = new Map<string, Set<number>>();

	/**
	 * @param items all that wait
	 * @param sender gives ways to send that still work after the execution was stopped
	 */
	constructor(
		private readonly items: readonly ItemWait[],
		private readonly sender: Sender,
		private readonly clock: Clock,
	) {
		this.queueOf = queues(clock);
		if (!items.some(({ options }) => options.cancelRemote)) return;
		items.forEach((item, place) => {
			const crawl = crawlOf(item);
			const places = this.waiting.get(crawl) ?? new Set();
			this.waiting.set(crawl, places.add(place));
		});
	}

	/**
	 * Cancels the crawl of an item whose wait was given up, unless another item waits for it. Not only
	 * in the end, since the crawl goes on and costs while the node waits for others.
	 * @param place that of the item among all
	 */
	async afterCheck(wait: ItemWait['wait'], place: number): Promise<void> {
		const item = this.items[place];
		if (item === undefined || isWaiting(wait)) return;
		const others = this.waiting.get(crawlOf(item));
		others?.delete(place);
		if (others?.size === 0) await this.ofGivenUp({ ...item, wait }, place);
	}

	/**
	 * Cancels the crawl of an item whose wait was given up, once.
	 * @param place that of the item among all
	 * @returns the item with what came of it
	 */
	async ofGivenUp(item: ItemWait, place: number): Promise<ItemWait> {
		if (!item.options.cancelRemote || !isGivenUp(item)) return item;
		const { provider } = item.wait.target;
		const send = this.queueOf(provider).reader(this.sender(provider), place);
		const cancelled = this.begun.get(place) ?? cancel(item, send);
		this.begun.set(place, cancelled);
		return await cancelled;
	}

	/** Cancels the crawls of all items whose wait ends because the execution was stopped. */
	async afterStop(items = this.items): Promise<void> {
		const left = items.filter(({ options, wait }) => options.cancelRemote && isWaiting(wait));
		// There is no time for a queue.
		const cancelled = left.map(
			async (item) => await cancel(item, this.sender(item.wait.target.provider)),
		);
		await Promise.race([Promise.all(cancelled), this.clock.sleep(LONGEST_AFTER_STOP_MS)]);
	}
}

/** Names the crawl of an item. */
function crawlOf({ wait: { target } }: ItemWait): string {
	return JSON.stringify([target.provider.id, target.reference]);
}

function isGivenUp({ wait: { verdict } }: ItemWait): boolean {
	return verdict.kind === 'end' && ['deadline', 'stalled'].includes(verdict.reason);
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
