import { z } from 'zod/v3';

import { count, crawlJobSchema, rawField, time, type ItemForms } from '../shared/outputSchemas';
import { OUTCOMES } from './output';

const wait = z
	.object({
		outcome: z.enum(OUTCOMES),
		reason: z.enum(['final', 'deadline', 'stalled', 'checkedOnce']),
		checks: count,
		waitedMs: count,
		nextCheckAt: time.nullable(),
	})
	.strict();

/** What the CrawlJob of a wait's output says about the wait itself. */
export type WaitFields = z.output<typeof wait>;

const waitedFor = crawlJobSchema.extend({ wait });

const withMore = waitedFor.extend({
	...rawField,
	// `null` where they could not be fetched; `warnings` says why.
	pages: z.array(z.object({}).passthrough()).nullable().optional(),
});

/** The node has no operations, and its items look the same on all outputs. */
export const outputSchemas = [
	waitedFor,
	{ parameters: { options: { includeRaw: true } }, item: withMore },
	{ parameters: { options: { returnPages: true } }, item: withMore },
	{ parameters: { options: { includeInputFields: true } }, item: withMore.passthrough() },
] as const satisfies ItemForms;
