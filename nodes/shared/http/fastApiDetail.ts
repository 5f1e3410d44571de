import { z } from 'zod/v3';

import { toText } from '../tolerant';

const problemSchema = z.object({ loc: z.array(z.unknown()).optional(), msg: z.string() });
const errorSchema = z.object({ detail: z.union([z.string(), z.array(problemSchema)]) });

/** More are not shown. */
const MAX_PROBLEMS = 20;

/**
 * What a FastAPI server says in the `detail` of an error: a text or, about values that it refuses,
 * a list whose entries name the field. `null` when the body is something else.
 */
export function fastApiDetail(body: unknown): string | null {
	const detail = errorSchema.safeParse(body).data?.detail ?? null;
	if (!Array.isArray(detail)) return detail;
	return detail
		.slice(0, MAX_PROBLEMS)
		.map(({ loc = [], msg }) => {
			const field = loc.slice(1, MAX_PROBLEMS).flatMap((part) => toText(part) ?? []);
			return `${field.join('.')}: ${msg}`;
		})
		.join('; ');
}
