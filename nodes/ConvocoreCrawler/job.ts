import { z } from 'zod';

import { count, isoTime, listOf, text } from '../shared/values';

/** The words and numbers that some languages write for a flag are read as well. */
const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
	[true, true],
	[false, false],
	['true', true],
	['false', false],
	[1, true],
	[0, false],
]);

const flag = z.unknown().transform((value) => FLAGS.get(value) ?? null);

/** A list of addresses that can be long: only its presence and size matter. */
const addresses = z
	.unknown()
	.transform((value): unknown[] | null => (Array.isArray(value) ? value : null));

const webhookSchema = z.object({
	events: listOf(z.string()),
	hasSecret: flag,
	hasBearerToken: flag,
	headerKeys: listOf(z.string()),
});

/**
 * A crawl as Convocore's create, get and list operations give it. Only one of the fields that tell
 * its state has to be there: by the documentation, `status` is missing from the get operation.
 */
export const jobSchema = z
	.object({
		id: text,
		workspaceId: text,
		status: z.string().nullish().catch(null),
		done: flag,
		failed: flag,
		isCancelled: flag,
		primaryUrl: text,
		urls: addresses,
		crawl: flag,
		deep: flag,
		useProxy: flag,
		refreshRate: text,
		toAgentId: text,
		toAgentIds: listOf(z.string()),
		message: text,
		resultError: text,
		createdAt: isoTime,
		ts: isoTime,
		crawlerSubmittedAt: isoTime,
		webhookFinalizedAt: isoTime,
		currentPageIndex: count,
		pageLimit: count,
		creditsPerPage: count,
		estimatedCredits: count,
		activeScrapeUrl: text,
		crawlerJobId: text,
		processingMode: text,
		scrapedUrls: addresses,
		pendingCandidateUrls: addresses,
		processedCrawlUrls: addresses,
		failedCrawlUrls: addresses,
		webhook: webhookSchema.nullish().catch(null),
	})
	.passthrough()
	.refine(({ status, done, failed, isCancelled }) =>
		[status, done, failed, isCancelled].some((value) => value !== null && value !== undefined),
	);

export type ConvocoreJob = z.output<typeof jobSchema>;
