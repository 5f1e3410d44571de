import { z } from 'zod';

import type { CrawlFailure, CrawlStatus } from '../shared/crawlJob';
import { publicText } from '../shared/text';
import { listOf, text } from '../shared/values';
import { normalizeWord, statusOf } from './statusWords';

/** A page that a crawl has found. */
export interface DiscoveredPage {
	/** What a training names the page by. */
	id: string | null;
	url: string | null;
	title: string | null;
	/** HighLevel's word for how far the page is. */
	status: string | null;
	failure: CrawlFailure | null;
}

const recordSchema = z.object({
	id: text,
	url: text,
	title: text,
	// Its `stack` names files of HighLevel's servers, so it is not read.
	error: z.object({ message: text, response: text, status: text }).nullish().catch(null),
});

const groupSchema = z.object({ _id: text, records: listOf(recordSchema) });

/** Reads the `aggregate` of a status answer; `null` where there is none. */
export const discoverySchema = z
	.array(z.unknown())
	.pipe(listOf(groupSchema))
	.transform((groups) =>
		groups.flatMap(({ _id, records }) => records.map((record) => toPage(record, _id))),
	)
	.nullable()
	.catch(null);

function toPage(
	{ id, url, title, error }: z.output<typeof recordSchema>,
	status: string | null,
): DiscoveredPage {
	const message = error?.message ?? error?.response ?? null;
	const failure =
		message === null ? null : { message: publicText(message), code: error?.status ?? null };
	return { id, url, title, status, failure };
}

/** How many pages have a word of the given meaning. */
export function countPages(pages: readonly DiscoveredPage[], status: CrawlStatus): number {
	return pages.filter((page) => statusOf(page.status) === status).length;
}

/** How many pages have which of HighLevel's words, in lower case. */
export function countByWord(pages: readonly DiscoveredPage[]): Record<string, number> {
	const counts = new Map<string, number>();
	for (const page of pages) {
		const word = normalizeWord(page.status);
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	return Object.fromEntries(counts);
}
