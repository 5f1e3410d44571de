import { z } from 'zod/v3';

import { waitForms } from '../shared/crawlWait/outputSchemas';
import {
	count,
	crawlJobSchema,
	noDetails,
	referenceTo,
	statusForms,
	time,
	type OutputSchemas,
} from '../shared/outputSchemas';

const details = z
	.object({
		mode: z.string().nullable(),
		phase: z.enum(['discovery', 'training']),
		discoveredUrlsCount: count.nullable(),
		trainedUrlsCount: count.nullable(),
		/** How many pages have which of HighLevel's words. */
		pagesByStatus: z.record(count),
	})
	.strict();

/** What only HighLevel says about a crawl. */
export type HighLevelDetails = z.output<typeof details>;

const reference = referenceTo('locationId', 'knowledgeBaseId', 'operationId');

const crawlSchema = crawlJobSchema.extend({
	provider: z.literal('highLevel'),
	reference,
	details,
});

/** As the API lists it; only the id is sure to be there. */
const trainedUrl = z
	.object({
		id: z.string(),
		url: z.string().optional(),
		title: z.string().nullish(),
		status: z.string().optional(),
		locationId: z.string().optional(),
		knowledgeBaseId: z.string().optional(),
		content: z.string().optional(),
		contentEditedByUser: z.boolean().optional(),
		updatedAt: time.optional(),
	})
	.passthrough();

const discoveredPage = z
	.object({
		id: z.string().nullable(),
		url: z.string().nullable(),
		title: z.string().nullable(),
		status: z.string().nullable(),
		failureMessage: z.string().nullable(),
		jobId: z.string(),
		reference,
	})
	.strict();

export const outputSchemas = {
	crawl: {
		getStatus: statusForms(crawlSchema),
		start: [crawlSchema.extend({ details: noDetails })],
		startAndWait: waitForms(crawlSchema),
	},
	knowledgeBase: {
		getMany: [
			z
				.object({ id: z.string(), name: z.string().nullable(), createdAt: time.optional() })
				.passthrough(),
		],
	},
	url: {
		delete: [
			z
				.object({
					deleted: z.literal(true),
					deletedCount: count.nullable(),
					urlIds: z.array(z.string()),
				})
				.strict(),
		],
		getMany: [trainedUrl, { parameters: { source: 'crawl' }, item: discoveredPage }],
		train: [
			z
				.object({
					provider: z.literal('highLevel'),
					jobId: z.string(),
					reference,
					queuedPages: count,
					message: z.string().nullable(),
					warnings: z.array(z.string()),
				})
				.strict(),
		],
	},
} satisfies OutputSchemas;
