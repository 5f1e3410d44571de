import { z } from 'zod/v3';

import { waitForms } from '../shared/crawlWait/outputSchemas';
import {
	count,
	crawlJobSchema,
	noDetails,
	referenceTo,
	statusForms,
	type OutputSchemas,
} from '../shared/outputSchemas';

const details = z.object({ mode: z.string() }).partial().strict();

/** What only Pathors says about a crawl. */
export type PathorsDetails = z.output<typeof details>;

const crawlSchema = crawlJobSchema.extend({
	provider: z.literal('pathors'),
	reference: referenceTo('projectId', 'knowledgeBaseId', 'jobId'),
	details,
});

/** As the API lists it; only the id is sure to be there. */
const knowledgeBase = z
	.object({
		id: z.string(),
		name: z.string().nullable(),
		type: z.string().optional(),
		embeddingModelName: z.string().optional(),
		chunkSize: count.optional(),
		chunkOverlap: count.optional(),
		projectId: z.string(),
	})
	.passthrough();

export const outputSchemas = {
	crawl: {
		getMany: [crawlSchema],
		getStatus: statusForms(crawlSchema),
		start: [crawlSchema.extend({ details: noDetails })],
		startAndWait: waitForms(crawlSchema),
	},
	knowledgeBase: {
		getMany: [knowledgeBase],
	},
} satisfies OutputSchemas;
