import { z } from 'zod/v3';

import { crawlJobSchema, rawField, type ItemForms } from '../shared/outputSchemas';

const withMore = crawlJobSchema.extend({
	...rawField,
	// `null` where they could not be fetched; `warnings` says why.
	pages: z.array(z.object({}).passthrough()).nullable().optional(),
});

/** The node has no operations: each item is a crawl that has ended. */
export const outputSchemas = [
	crawlJobSchema,
	{ parameters: { options: { includeRaw: true } }, item: withMore },
	{ parameters: { options: { returnPages: true } }, item: withMore },
] as const satisfies ItemForms;
