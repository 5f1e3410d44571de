import { z } from 'zod';

const problemSchema = z.object({ loc: z.array(z.unknown()).optional(), msg: z.string() });
const errorSchema = z.object({ detail: z.union([z.string(), z.array(problemSchema)]) });

/**
 * What a FastAPI server says in the `detail` of an error: a text or, about values that it refuses,
 * a list whose entries name the field. `null` when the body is something else.
 */
export function fastApiDetail(body: unknown): string | null {
	const detail = errorSchema.safeParse(body).data?.detail ?? null;
	if (!Array.isArray(detail)) return detail;
	return detail.map(({ loc = [], msg }) => `${loc.slice(1).join('.')}: ${msg}`).join('; ');
}
