import type { IDataObject } from 'n8n-workflow';

import type { JobReference } from '../crawlJob';
import { AdvisedError } from '../errors';
import type { RequestQueue } from '../http/requestQueue';
import {
	missingMessage,
	readList,
	tooLongMessage,
	USUAL_PATIENCE,
	type Patience,
	type ReadList,
} from '../paginate';
import type { CrawlProvider, SendRequest } from '../provider';
import type { Clock } from '../waiting/clock';

/**
 * The time that the pages of a crawl have to themselves, in milliseconds: the end of the crawl was
 * seen in time, whatever is left until a deadline.
 */
const PAGES_TIME_MS = 5 * 60_000;

const PAGES_PATIENCE: Patience = {
	...USUAL_PATIENCE,
	tries: 10,
	longestPauseMs: PAGES_TIME_MS,
};

const USUAL_TIMEOUT_MS = 60_000;
const SHORTEST_TIMEOUT_MS = 5_000;

/** What could be had of a crawl's pages. */
export interface CrawlPages {
	/** `null` where none could be fetched. */
	pages: IDataObject[] | null;
	/** What is missing, as sentences for people to read. */
	warnings: string[];
}

/** How the pages of several crawls are fetched side by side. */
export interface PagesReading {
	send: SendRequest;
	queue: RequestQueue;
	clock: Clock;
	signal?: AbortSignal | undefined;
}

/**
 * The pages of a crawl that has ended: once, since pages that are read during a crawl are expensive
 * and incomplete. Best effort: the outcome of the crawl is already known, so pages that cannot be
 * fetched are a warning, never an error. Requests that are slow or fail hold up no other crawl.
 * @param place of the crawl in the queue
 */
export async function fetchCrawlPages(
	provider: CrawlProvider,
	reference: JobReference,
	{ send, queue, clock, signal }: PagesReading,
	place: number,
): Promise<CrawlPages> {
	const time = new OwnTime(clock);
	try {
		const sender = queue.sender(time.sender(send), place, signal);
		const list = provider.listPages?.(sender, reference);
		if (list === undefined) return { pages: null, warnings: [] };
		const reading = { clock: time.clock, patience: PAGES_PATIENCE, ...(signal && { signal }) };
		const read = await readList(list, Infinity, reading);
		const isWithout = read.error !== null && read.entries.length === 0;
		return { pages: isWithout ? null : read.entries, warnings: pageWarnings(read) };
	} catch (error) {
		const warning = `The pages of the crawl could not be fetched: ${reasonOf(error)}.`;
		return { pages: null, warnings: [warning] };
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
