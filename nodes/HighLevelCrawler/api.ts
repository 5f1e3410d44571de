import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import { readBaseUrl, readKey } from '../shared/credentialInput';
import { InvalidInputError, RequestFault } from '../shared/errors';
import { parseBody } from '../shared/http/parseBody';
import { header, type ResponseHeaders } from '../shared/http/retryAfter';
import type { ApiRequest, CredentialSettings, ErrorExplanation } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import {
	asItIs,
	fieldOf,
	listOf,
	objectOf,
	toObject,
	toText,
	type Reader,
} from '../shared/tolerant';

/** The version of HighLevel's API that the documentation of the crawler describes. */
export const DEFAULT_API_VERSION = '2021-04-15';

/** The oldest version whose documentation lets the id of a crawl be left out for the latest. */
const LATEST_CRAWL_VERSION = '2021-07-28';

/** Where crawls are started, and where the trained pages of a knowledge base are. */
export const CRAWLER_PATH = '/knowledge-bases/crawler';

/** Where the knowledge bases of a sub-account are. */
export const KNOWLEDGE_BASES_PATH = '/knowledge-bases/';

/**
 * What a decrypted credential of either kind means for the requests made with it.
 * @throws {InvalidInputError} where there is no token yet
 */
export function readCredential(data: ICredentialDataDecryptedObject): CredentialSettings {
	const isConnected = data.oauthTokenData !== undefined;
	if (!isConnected && data.clientId !== undefined) {
		throw new InvalidInputError(
			'The OAuth2 credential is not connected',
			'Open the credential, connect it, and choose a sub-account.',
		);
	}
	const oAuthToken = (data.oauthTokenData ?? {}) as IDataObject;
	const secrets = [
		data.token,
		...(isConnected ? [] : [readKey(data.token, 'Private Integration Token')]),
		data.clientSecret,
		oAuthToken.access_token,
		oAuthToken.refresh_token,
	];
	return {
		baseUrl: readBaseUrl(data.baseUrl, 'inPaths'),
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
	const isLatest = operationId === '';
	return {
		method: 'GET',
		path: `${CRAWLER_PATH}/status`,
		query: { locationId, knowledgeBaseId, ...(!isLatest && { operationId }) },
		...(isLatest && { headers: { Version: LATEST_CRAWL_VERSION } }),
	};
}

const toEnvelope = objectOf({ success: asItIs, data: toObject });

/**
 * Reads an answer. That of version 2021-04-15 stands under `data`; later versions put it at the top.
 * @param what what the answer should be, for the error
 * @throws {RequestFault} of kind `passing` when it is something else, or says that it is no success
 */
export function readHighLevelAnswer<Value>(
	reader: Reader<Value | null>,
	body: unknown,
	what: string,
): Value {
	const { success, data } = parseBody(toEnvelope, body, what);
	if (success === false) {
		const message = readMessage(body);
		throw new RequestFault('passing', 'HighLevel reported that the request did not succeed', {
			advice: `Try again later. If it keeps failing, check the IDs in the node.${message === null ? '' : ` HighLevel says: ${publicText(message)}`}`,
		});
	}
	return parseBody(reader, data === null ? body : { success, ...data }, what);
}

/** HighLevel's own words in an answer: one sentence, or a list of complaints. */
function readMessage(body: unknown): string | null {
	const message = fieldOf(body, 'message');
	const text = typeof message === 'string' ? toText(message) : listOf(toText)(message).join('; ');
	return text || null;
}

const MISSING_SCOPE =
	'The key lacks a scope: it needs both knowledge-bases.readonly and knowledge-bases.write. Add them to the private integration. With OAuth2, add them to the Marketplace app and connect again.';

const WRONG_KEY =
	"Check the key in the credential, which may be wrong or expired. Use the key of a sub-account, not of the agency: a 'Private Integration Token' created in the settings of the sub-account, or an OAuth2 connection for which a sub-account was chosen.";

const AGENCY_KEY =
	"The key belongs to the agency. Use the key of a sub-account: a 'Private Integration Token' created in the settings of the sub-account, or an OAuth2 connection for which a sub-account was chosen.";

const WRONG_LOCATION =
	"Check that 'Location ID' is that of the sub-account the key belongs to, and that the key has the scopes knowledge-bases.readonly and knowledge-bases.write.";

const WRONG_IDS =
	"Check 'Location ID', 'Knowledge Base', 'Operation ID' and the other fields of the node, and that the key belongs to this sub-account.";

const WRONG_VERSION = "Choose another 'API Version' in the node.";

const WRONG_ADDRESS =
	"HighLevel has no API at this address. Check the 'Base URL' in the credential: without a proxy of your own, it is https://services.leadconnectorhq.com.";

/**
 * What a refused request means: `{ statusCode, message: text or list of texts, error }`.
 * @param usual the advice where the message does not ask for another
 */
export function explainError(
	httpStatus: number,
	body: unknown,
	usual = ADVICE_BY_STATUS[httpStatus],
): ErrorExplanation {
	const message = readMessage(body);
	const advice = adviceFor(usual, message ?? '');
	return { ...(message !== null && { message }), ...(advice !== null && { advice }) };
}

/**
 * Words that say what is wrong whatever the HTTP status is: HighLevel answers alike with 400, 401, 403
 * and 404. The first that fits counts, since the one about an agency's key speaks of a scope as well.
 */
const ADVICE_BY_WORDS: ReadonlyArray<[RegExp, string]> = [
	[/not (?:yet )?supported by the IAM service/i, WRONG_ADDRESS],
	[/\bauthClass\b|\buser ?type mismatch/i, AGENCY_KEY],
	[/\bscopes?\b/i, MISSING_SCOPE],
	[/\bversion\b/i, WRONG_VERSION],
];

const ADVICE_BY_STATUS: Readonly<Record<number, string>> = {
	400: WRONG_IDS,
	401: WRONG_KEY,
	403: WRONG_LOCATION,
	404: WRONG_IDS,
	422: WRONG_IDS,
};

function adviceFor(advice: string | undefined, message: string): string | null {
	if (advice === undefined) return null;
	return ADVICE_BY_WORDS.find(([words]) => words.test(message))?.[1] ?? advice;
}

/** The daily count does not say when it starts again, so a long pause has to do. */
const DAILY_PAUSE_MS = 60 * 60 * 1000;
const DEFAULT_INTERVAL_MS = 10_000;

/**
 * A little less than the limit, for whatever else uses the account meanwhile.
 * @see the "Rate Limits" page of HighLevel's API documentation: 100 requests in 10 seconds
 */
export const REQUEST_BUDGET = { requests: 90, perMs: DEFAULT_INTERVAL_MS };

/** The pause that HighLevel's counters ask for, in milliseconds; `null` while requests are left. */
export function rateLimitMs(headers: ResponseHeaders): number | null {
	if (header(headers, 'x-ratelimit-daily-remaining') === '0') return DAILY_PAUSE_MS;
	if (header(headers, 'x-ratelimit-remaining') !== '0') return null;
	const intervalMs = Number(header(headers, 'x-ratelimit-interval-milliseconds'));
	return intervalMs > 0 ? intervalMs : DEFAULT_INTERVAL_MS;
}
