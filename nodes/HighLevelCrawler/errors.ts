import type { ErrorExplanation } from '../shared/provider';
import { readMessage } from './answer';

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
