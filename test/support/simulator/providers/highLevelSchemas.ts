import { z } from 'zod/v3';
import { ApiError } from '../apiError';

const id = z.string().min(1);
const pageNumber = z.coerce.number().int().min(1);
const knowledgeBaseKey = { locationId: id, knowledgeBaseId: id };

export const discoverBodySchema = z.object({
	...knowledgeBaseKey,
	url: id,
	option: z.enum(['Exact', 'Path', 'Domain']),
	/** v3: crawl these addresses and no others. */
	preSelectedUrls: z.array(z.string()).optional(),
	/** v3: train all pages once they are discovered. */
	autoTrain: z.boolean().default(false),
});

export type DiscoverBody = z.output<typeof discoverBodySchema>;

export const statusQuerySchema = z.object({ ...knowledgeBaseKey, operationId: id.optional() });

export const trainBodySchema = z.object({
	...knowledgeBaseKey,
	operationId: id,
	urlIds: z.array(id).min(1),
});

export const urlsQuerySchema = z.object({
	...knowledgeBaseKey,
	page: pageNumber.default(1),
	pageLength: pageNumber.default(20),
	query: z.string().default(''),
});

export const deleteBodySchema = z.object({
	...knowledgeBaseKey,
	urlIds: z.array(id),
	deleteAll: z.boolean().default(false),
	excludeUrlIds: z.array(id).default([]),
});

export const knowledgeBasesQuerySchema = z.object({
	locationId: id,
	query: z.string().default(''),
	limit: pageNumber.default(20),
	lastKnowledgeBaseId: z.string().optional(),
});

/**
 * Checks a part of a request.
 * @throws ApiError 422 with one sentence per wrong field
 */
export function validate<Schema extends z.ZodType<unknown>>(
	schema: Schema,
	value: unknown,
): z.output<Schema> {
	const result = schema.safeParse(value ?? {});
	if (result.success) return result.data as z.output<Schema>;
	const issues = result.error.issues.map((issue) => ({
		message: `${issue.path.join('.')} ${complaint(issue)}`,
	}));
	throw new ApiError(422, undefined, { issues });
}

function complaint(issue: z.ZodIssue): string {
	const isMissing =
		issue.code === 'too_small' || (issue.code === 'invalid_type' && issue.received === 'undefined');
	return isMissing ? 'should not be empty' : `is not valid: ${issue.message}`;
}
