import { z } from 'zod';

import { RequestFault } from '../shared/http/fault';
import { parseBody } from '../shared/http/parseBody';
import { publicText } from '../shared/text';
import { toText } from '../shared/values';

const envelopeSchema = z
	.object({ success: z.unknown(), data: z.record(z.unknown()).optional().catch(undefined) })
	.passthrough();

/**
 * Reads an answer. That of version 2021-04-15 stands under `data`; later versions put it at the top.
 * @param what what the answer should be, for the error
 * @throws {RequestFault} of kind `passing` when it is something else, or says that it is no success
 */
export function readHighLevelAnswer<Schema extends z.ZodTypeAny>(
	schema: Schema,
	body: unknown,
	what: string,
): z.output<Schema> {
	const envelope = parseBody(envelopeSchema, body, what);
	if (envelope.success === false) {
		const message = readMessage(body);
		throw new RequestFault('passing', 'HighLevel answered that it did not succeed', {
			advice: `Try again later.${message === null ? '' : ` It says: ${publicText(message)}`}`,
		});
	}
	return parseBody(schema, envelope.data ?? envelope, what);
}

const messageSchema = z.object({ message: z.union([z.string(), z.array(z.unknown())]) });

/** HighLevel's own words in an answer: one sentence, or a list of complaints. */
export function readMessage(body: unknown): string | null {
	const { data } = messageSchema.safeParse(body);
	const messages = [data?.message ?? []].flat().map(toText);
	return messages.filter((message) => message !== null).join('; ') || null;
}
