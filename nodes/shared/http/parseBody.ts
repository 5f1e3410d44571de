import type { z } from 'zod';

import { RequestFault } from '../errors';

/**
 * Reads a body with a provider's schema.
 * @param what the provider and thing expected, e.g. "Geonode crawl job", for the error
 * @throws {RequestFault} of kind `passing` when it does not fit: a proxy's own answer or a half-made
 * one passes, and must never be taken for an outcome
 */
export function parseBody<Schema extends z.ZodTypeAny>(
	schema: Schema,
	body: unknown,
	what: string,
): z.output<Schema> {
	const result = schema.safeParse(body);
	if (result.success) return result.data as z.output<Schema>;
	const places = [...new Set(result.error.issues.map((issue) => issue.path.join('.') || 'body'))];
	throw new RequestFault('passing', `The answer is not a ${what}`, {
		advice: `Check the Base URL in the credential. What did not fit: ${places.join(', ')}.`,
	});
}
