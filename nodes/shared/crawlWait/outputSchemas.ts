import { z } from 'zod/v3';

import { count, rawField, time, type ItemForms } from '../outputSchemas';
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

/** The forms of a crawl that was waited for. */
export function waitForms(crawl: z.AnyZodObject) {
	const waitedFor = crawl.extend({ wait });
	const withMore = waitedFor.extend({
		...rawField,
		// `null` where they could not be fetched; `warnings` says why.
		pages: z.array(z.object({}).passthrough()).nullable().optional(),
	});
	return [
		waitedFor,
		{ parameters: { options: { includeRaw: true } }, item: withMore },
		{ parameters: { options: { returnPages: true } }, item: withMore },
		{ parameters: { options: { includeInputFields: true } }, item: withMore.passthrough() },
	] as const satisfies ItemForms;
}
