import { z } from 'zod';

import { parseBody } from '../shared/http/parseBody';
import { text } from '../shared/values';
import { refusal } from './errors';

const envelopeSchema = z.object({
	success: z.unknown(),
	message: text,
	code: text,
	data: z.unknown(),
});

/**
 * The `data` that every answer of Convocore wraps.
 * @param what the thing expected, for the error
 * @throws {RequestFault} when the body is no such answer, or one that says no and holds nothing.
 * Data is believed whatever `success` says: a job's own flags tell what became of it.
 */
export function readData(body: unknown, what: string): unknown {
	const { success, message, code, data } = parseBody(envelopeSchema, body, what);
	const isEmpty = typeof data !== 'object' || data === null || Object.keys(data).length === 0;
	if (success === false && isEmpty) throw refusal(code, message);
	return data;
}
