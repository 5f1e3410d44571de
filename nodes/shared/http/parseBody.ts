import type { z } from 'zod/v3';

import { RequestFault } from '../errors';
import { publicText } from '../sanitize';

/** Of the places that do not match, which can be as many as a list has entries. */
const MAX_PLACES = 5;

/**
 * Reads a body with a provider's schema.
 * @param what the provider and thing expected, such as "Example crawl job", for the error
 * @throws {RequestFault} of kind `passing` when it does not match: a proxy's own or an incomplete
 * answer may pass, and must never count as an outcome
 */
export function parseBody<Schema extends z.ZodType<unknown>>(
	schema: Schema,
	body: unknown,
	what: string,
): z.output<Schema> {
	const result = schema.safeParse(body);
	if (result.success) return result.data as z.output<Schema>;
	const places = new Set(
		result.error.issues.slice(0, MAX_PLACES).map((issue) => issue.path.join('.') || 'body'),
	);
	throw new RequestFault('passing', `The response is not a ${what}`, {
		advice: `Check the 'Base URL' in the credential. Not as expected in the response: ${publicText([...places].join(', '))}.`,
		isUncertain: true,
	});
}
