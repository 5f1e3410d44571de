import { z } from 'zod/v3';

import { waitForms } from '../shared/crawlWait/outputSchemas';
import {
	amount,
	count,
	crawlJobSchema,
	referenceTo,
	statusForms,
	type OutputSchemas,
} from '../shared/outputSchemas';

const details = z
	.object({
		estimatedPages: count,
		inFlightPages: count,
		tokensCharged: amount,
		tokensReserved: amount,
	})
	.partial()
	.strict();

/** What only Geonode says about a crawl; each of its answers has some of it. */
export type GeonodeDetails = z.output<typeof details>;

const crawlSchema = crawlJobSchema.extend({
	provider: z.literal('geonode'),
	reference: referenceTo('jobId'),
	details,
});

const page = z
	.object({
		url: z.string().nullable(),
		parentUrl: z.string().nullable(),
		depth: count.nullable(),
		status: z.string().nullable(),
		errorCode: z.string().nullable(),
		errorMessage: z.string().nullable(),
		links: z.array(z.string()),
		markdown: z.string().nullable(),
		html: z.string().nullable(),
		httpStatus: count.nullable(),
		durationMs: count.nullable(),
		retryCount: count.nullable(),
		tokensCharged: count.nullable(),
	})
	.strict();

/** A page that a crawl has found. */
export type GeonodePage = z.output<typeof page>;

const simplePage = page.pick({
	url: true,
	depth: true,
	status: true,
	errorMessage: true,
	markdown: true,
	html: true,
});

export const outputSchemas = {
	crawl: {
		cancel: [crawlSchema],
		getMany: [crawlSchema],
		getStatus: statusForms(crawlSchema),
		start: [crawlSchema],
		startAndWait: waitForms(crawlSchema),
	},
	page: {
		getMany: [simplePage, { parameters: { simplify: false }, item: page }],
	},
} satisfies OutputSchemas;
