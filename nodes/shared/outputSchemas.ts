import { z } from 'zod/v3';

import type { CrawlJob } from './crawlJob';

/*
 * What the items of this package look like. The `outputSchemas.ts` in each node's folder says it for
 * that node; this file has what they share. The output schemas that n8n reads (`__schema__/`) are
 * written from them, and the tests hold every item to them. The published code takes only types from
 * here: building schemas costs time when n8n starts.
 */

/** What the items look like where the node's parameters have these values. */
export interface ItemForm {
	parameters: Readonly<Record<string, unknown>>;
	item: z.AnyZodObject;
}

/**
 * What an operation's items look like: first with all parameters that shape them at their defaults,
 * which is what the editor offers before a run, then with others. The last one that fits counts.
 */
export type ItemForms = readonly [z.AnyZodObject, ...ItemForm[]];

/** What the items of a node look like, by resource and operation; of one without, for all. */
export type OutputSchemas =
	| Readonly<Record<string, Readonly<Record<string, ItemForms>>>>
	| ItemForms;

/** A count of pages, or of what else there is a whole number of. */
export const count = z.number().int().nonnegative();

/** An amount of what is paid for: it need not be a whole number. */
export const amount = z.number().nonnegative();

/** A point in time: ISO 8601 in UTC. */
export const time = z.string().datetime();

/** Any CrawlJob. A provider's own says more about `provider`, `reference` and `details`. */
export const crawlJobSchema = z
	.object({
		provider: z.string(),
		jobId: z.string(),
		reference: z.record(z.string()),
		status: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'unknown']),
		rawStatus: z.string().nullable(),
		isFinal: z.boolean(),
		isPartial: z.boolean(),
		url: z.string().nullable(),
		progress: z
			.object({
				total: count.nullable(),
				completed: count.nullable(),
				failed: count.nullable(),
				cancelled: count.nullable(),
				percent: z.number().min(0).max(100).nullable(),
			})
			.strict(),
		failure: z.object({ message: z.string(), code: z.string().nullable() }).strict().nullable(),
		warnings: z.array(z.string()),
		createdAt: time.nullable(),
		startedAt: time.nullable(),
		updatedAt: time.nullable(),
		finishedAt: time.nullable(),
		cost: z.object({ amount, unit: z.string(), isEstimate: z.boolean() }).strict().nullable(),
		details: z.record(z.unknown()),
	})
	.strict();

type Fits<Value extends Wanted, Wanted> = Value;

/** Does not compile unless the schema and the type describe the same. */
export type SchemaFitsCrawlJob = [
	Fits<z.output<typeof crawlJobSchema>, CrawlJob>,
	Fits<CrawlJob, z.output<typeof crawlJobSchema>>,
];

/** A reference with exactly these ids. */
export function referenceTo<Id extends string>(...ids: Id[]) {
	const shape = Object.fromEntries(ids.map((id) => [id, z.string()])) as Record<Id, z.ZodString>;
	return z.object(shape).strict();
}

/** What stands in for the details of a crawl of which nothing but its id is known. */
export const noDetails = z.object({}).strict();

/** The field that the option *Include Raw Response* adds: the answer as the provider sent it. */
export const rawField = { raw: z.unknown() };

/** The forms of *Get Status*: a crawl, with the option *Include Raw Response* also the answer. */
export function statusForms(crawl: z.AnyZodObject) {
	return [
		crawl,
		{ parameters: { options: { includeRaw: true } }, item: crawl.extend(rawField) },
	] as const satisfies ItemForms;
}
