import type { z } from 'zod/v3';
import { ApiError } from './apiError';

interface Detail {
	loc: Array<string | number>;
	msg: string;
	type: string;
}

/**
 * Validates a part of a request and refuses it as FastAPI does.
 * @throws ApiError 422 with `{detail: [{loc, msg, type}]}`
 */
export function validateFastApi<Schema extends z.ZodType<unknown>>(
	schema: Schema,
	value: unknown,
	part: 'body' | 'query' | 'path',
): z.output<Schema> {
	const result = schema.safeParse(value);
	if (result.success) return result.data as z.output<Schema>;
	const detail = result.error.issues.map((issue) => toDetail(issue, part));
	throw new ApiError(422, undefined, { body: { detail } });
}

function toDetail(issue: z.ZodIssue, part: string): Detail {
	const loc = [part, ...issue.path];
	switch (issue.code) {
		case 'too_small':
			return {
				loc,
				msg: `Input should be greater than or equal to ${issue.minimum}`,
				type: 'greater_than_equal',
			};
		case 'too_big':
			return {
				loc,
				msg: `Input should be less than or equal to ${issue.maximum}`,
				type: 'less_than_equal',
			};
		case 'invalid_type':
			return issue.received === 'undefined'
				? { loc, msg: 'Field required', type: 'missing' }
				: { loc, msg: `Input should be a valid ${issue.expected}`, type: `${issue.expected}_type` };
		default:
			return { loc, msg: issue.message, type: 'value_error' };
	}
}
