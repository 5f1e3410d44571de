import { z } from 'zod';

import { fastApiDetail } from '../shared/http/fastApiDetail';
import type { ErrorExplanation } from '../shared/provider';
import { text } from '../shared/values';

// Newer servers, which can ask for a key by themselves, have an envelope of their own.
const errorSchema = z.object({ error: z.object({ message: text }) });

const KEY_ADVICE =
	'This server asks for a key: set Header Name and Header Value in the credential, or check them.';

const ADVICE: Readonly<Record<number, string>> = {
	401: KEY_ADVICE,
	403: KEY_ADVICE,
	404: 'Check the session ID. A session knows a crawl only after one was started in it.',
	409: 'A session with this ID exists already: use it, or choose another ID.',
};

/** What a midPilot server, or a proxy in front of it, means by a refused request. */
export function explainError(httpStatus: number, body: unknown): ErrorExplanation {
	const message = fastApiDetail(body) ?? errorSchema.safeParse(body).data?.error.message;
	const advice = ADVICE[httpStatus];
	return { ...(message && { message }), ...(advice && { advice }) };
}
