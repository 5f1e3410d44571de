import { z } from 'zod/v3';

import { waitForms } from '../shared/crawlWait/outputSchemas';
import {
	amount,
	count,
	crawlJobSchema,
	referenceTo,
	statusForms,
	time,
	type OutputSchemas,
} from '../shared/outputSchemas';

const details = z
	.object({
		message: z.string(),
		urlCount: count,
		crawl: z.boolean(),
		deep: z.boolean(),
		useProxy: z.boolean(),
		refreshRate: z.string(),
		toAgentIds: z.array(z.string()),
		pageLimit: count,
		currentPageIndex: count,
		activeUrl: z.string(),
		scrapedUrlCount: count,
		pendingUrlCount: count,
		processedUrlCount: count,
		failedUrlCount: count,
		creditsPerPage: amount,
		estimatedCredits: amount,
		crawlerJobId: z.string(),
		processingMode: z.string(),
		webhookFinalizedAt: time,
		webhook: z
			.object({
				events: z.array(z.string()),
				hasSecret: z.boolean().nullable(),
				hasBearerToken: z.boolean().nullable(),
				headerKeys: z.array(z.string()),
			})
			.strict(),
	})
	.partial()
	.strict();

/** What only Convocore says about a crawl; each of its answers has some of it. */
export type ConvocoreDetails = z.output<typeof details>;

const crawlReference = referenceTo('workspaceId', 'jobId');

const crawlSchema = crawlJobSchema.extend({
	provider: z.literal('convocore'),
	reference: crawlReference,
	details,
});

const simplePage = z
	.object({
		url: z.string().nullable(),
		title: z.string().nullable(),
		description: z.string().nullable(),
		failed: z.boolean(),
		scrapedAt: time.nullable(),
		characters: count.nullable(),
	})
	.strict();

/** What *Simplify* leaves of a page, without its content. */
export type SimplePage = z.output<typeof simplePage>;

const pageIds = {
	jobId: z.string(),
	reference: referenceTo('workspaceId', 'jobId', 'pageId'),
};

/** A page with all that the API says about it. */
const wholePage = {
	parameters: { simplify: false },
	item: z.object(pageIds).passthrough(),
};

export const outputSchemas = {
	crawl: {
		delete: [
			z.object({ deleted: z.literal(true), jobId: z.string(), reference: crawlReference }).strict(),
		],
		getMany: [crawlSchema],
		getStatus: statusForms(crawlSchema),
		start: [crawlSchema],
		startAndWait: waitForms(crawlSchema),
	},
	page: {
		get: [simplePage.extend({ markdown: z.string().nullable(), ...pageIds }), wholePage],
		getMany: [simplePage.extend(pageIds), wholePage],
	},
} satisfies OutputSchemas;
