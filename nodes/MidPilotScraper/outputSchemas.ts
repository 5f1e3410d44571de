import { z } from 'zod/v3';

import { waitForms } from '../shared/crawlWait/outputSchemas';
import {
	count,
	crawlJobSchema,
	noDetails,
	rawField,
	referenceTo,
	statusForms,
	time,
	type OutputSchemas,
} from '../shared/outputSchemas';

const details = z
	.object({
		type: z.string(),
		progressUnit: z.literal('iterations'),
		stage: z.string(),
		message: z.string(),
		finishReason: z.string(),
		savedPages: count,
		savedChunks: count,
	})
	.partial()
	.strict();

/** What only midPilot says about a crawl; each of its answers has some of it. */
export type MidPilotDetails = z.output<typeof details>;

const crawlSchema = crawlJobSchema.extend({
	provider: z.literal('midPilot'),
	reference: referenceTo('sessionId', 'jobId'),
	details,
});

const chunk = z
	.object({
		chunkId: z.string().nullable(),
		url: z.string().nullable(),
		summary: z.string().nullable(),
		content: z.string().nullable(),
		metadata: z.unknown(),
	})
	.strict();

const document = z
	.object({
		docId: z.string().nullable(),
		url: z.string().nullable(),
		title: z.string().nullable(),
		scrapedAt: time.nullable(),
		chunkCount: count.nullable(),
		chunks: z.array(chunk),
	})
	.strict();

/** A document that a crawl has saved. The server's documented answers hold no chunks. */
export type SavedDocument = z.output<typeof document>;

/** A part of a document, as the server has cut it up. */
export type SavedChunk = z.output<typeof chunk>;

const sessionReference = referenceTo('sessionId');

export const outputSchemas = {
	crawl: {
		getMany: [crawlSchema],
		getStatus: [
			...statusForms(crawlSchema),
			{
				parameters: { options: { includeContent: true } },
				item: crawlSchema.extend({ ...rawField, documents: z.array(document) }),
			},
		],
		start: [crawlSchema.extend({ details: noDetails })],
		startAndWait: waitForms(crawlSchema),
	},
	session: {
		create: [z.object({ sessionId: z.string(), reference: sessionReference }).strict()],
		delete: [
			z
				.object({
					deleted: z.literal(true),
					sessionId: z.string(),
					reference: sessionReference,
				})
				.strict(),
		],
	},
} satisfies OutputSchemas;
