import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { RequestFault } from '../shared/errors';
import { parseBody } from '../shared/http/parseBody';
import { header, type ResponseHeaders } from '../shared/http/retryAfter';
import type { ApiRequest, CredentialSettings, ErrorExplanation } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import { toText } from '../shared/tolerant';

/** The version of HighLevel's API that the documentation of the crawler describes. */
export const DEFAULT_API_VERSION = '2021-04-15';

/** Where crawls are started, and where the trained pages of a knowledge base are. */
export const CRAWLER_PATH = '/knowledge-bases/crawler';

/** Where the knowledge bases of a sub-account are. */
export const KNOWLEDGE_BASES_PATH = '/knowledge-bases/';

/** What a decrypted credential of either kind means for the requests made with it. */
export function readCredential(data: ICredentialDataDecryptedObject): CredentialSettings {
	const oAuthToken = (data.oauthTokenData ?? {}) as IDataObject;
	const secrets = [
		data.token,
		data.clientSecret,
		oAuthToken.access_token,
		oAuthToken.refresh_token,
	];
	return {
		baseUrl: String(data.baseUrl ?? ''),
		secrets: secrets.flatMap((secret) => toText(secret) ?? []),
		// An OAuth2 token belongs to the sub-account that was chosen when it was made.
		defaults: { locationId: toText(data.locationId) ?? toText(oAuthToken.locationId) ?? '' },
	};
}

/**
 * Asks for a crawl, or without an `operationId` for the latest of the knowledge base. It is the only
 * request that tells a status, and gives all pages with it.
 */
export function statusRequest({
	locationId = '',
	knowledgeBaseId = '',
	operationId = '',
}: JobReference): ApiRequest {
	return {
		method: 'GET',
		path: `${CRAWLER_PATH}/status`,
		query: { locationId, knowledgeBaseId, ...(operationId !== '' && { operationId }) },
	};
}

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
function readMessage(body: unknown): string | null {
	const { data } = messageSchema.safeParse(body);
	const messages = [data?.message ?? []].flat().map(toText);
	return messages.filter((message) => message !== null).join('; ') || null;
}

const MISSING_SCOPE =
	'The key lacks a scope: it needs both knowledge-bases.readonly and knowledge-bases.write. Add them to the private integration, or to the Marketplace app and then connect again.';

const WRONG_KEY =
	'Use the key of a sub-account, not of the agency: a Private Integration Token made in the settings of the sub-account, or an OAuth2 connection for which a sub-account was chosen.';

const WRONG_LOCATION =
	'Check that the Location ID is that of the sub-account the key belongs to, and that the key has the scopes knowledge-bases.readonly and knowledge-bases.write.';

const WRONG_IDS =
	'Check the Location ID, the knowledge base, the Operation ID and the other values of the node, and that the key belongs to this sub-account.';

const WRONG_VERSION = 'Choose another API Version in the node.';

/** What a refused request means: `{ statusCode, message: text or list of texts, error }`. */
export function explainError(httpStatus: number, body: unknown): ErrorExplanation {
	const message = readMessage(body);
	const advice = adviceFor(httpStatus, message ?? '');
	return { ...(message !== null && { message }), ...(advice !== null && { advice }) };
}

function adviceFor(httpStatus: number, message: string): string | null {
	switch (httpStatus) {
		case 401:
			if (/scope/i.test(message)) return MISSING_SCOPE;
			return /version/i.test(message) ? WRONG_VERSION : WRONG_KEY;
		case 403:
			return /scope/i.test(message) ? MISSING_SCOPE : WRONG_LOCATION;
		case 400:
		case 404:
		case 422:
			return WRONG_IDS;
		default:
			return null;
	}
}

/** The daily count does not say when it starts again, so a long pause has to do. */
const DAILY_PAUSE_MS = 60 * 60 * 1000;
const DEFAULT_INTERVAL_MS = 10_000;

/** The pause that HighLevel's counters ask for, in milliseconds; `null` while requests are left. */
export function rateLimitMs(headers: ResponseHeaders): number | null {
	if (header(headers, 'x-ratelimit-daily-remaining') === '0') return DAILY_PAUSE_MS;
	if (header(headers, 'x-ratelimit-remaining') !== '0') return null;
	const intervalMs = Number(header(headers, 'x-ratelimit-interval-milliseconds'));
	return intervalMs > 0 ? intervalMs : DEFAULT_INTERVAL_MS;
}
