import type { JobReference } from '../shared/crawlJob';
import { apiPath } from '../shared/http/apiPath';
import { fastApiDetail } from '../shared/http/fastApiDetail';
import type { ApiRequest, ErrorExplanation, StatusMeaning } from '../shared/provider';
import { asItIs, objectOf, toText } from '../shared/tolerant';

/** The most entries that the API gives in one answer, of crawls as of pages. */
export const PAGE_SIZE = 50;

/** Where the crawls of the account are started. */
export const CRAWL_PATH = '/v1/crawl';

/** Where one crawl is. */
export function crawlPath({ jobId = '' }: JobReference): string {
	return apiPath`/v1/crawl/${jobId}`;
}

/** The cheapest look at a crawl: one result is the fewest that can be asked for. */
export function statusRequest(reference: JobReference): ApiRequest {
	return { method: 'GET', path: crawlPath(reference), query: { page: 1, page_size: 1 } };
}

const CANCEL_MEANINGS: Readonly<Record<number, StatusMeaning>> = {
	409: {
		message: 'says that this crawl has already ended',
		advice: "There is nothing to cancel. Use 'Get Status' to see how the crawl ended.",
	},
};

/** Stops a crawl; refused with 409 once it has ended. Pages in flight are still finished. */
export function cancelRequest(reference: JobReference): ApiRequest {
	return { method: 'DELETE', path: crawlPath(reference), meanings: CANCEL_MEANINGS };
}

const toError = objectOf({ message: toText, retryable: asItIs });

// Geonode's older documentation says that crawls are not open to every account yet.
const NOT_AVAILABLE =
	"Check 'Crawl', and that the crawl belongs to the account of the 'API Key' in the credential. If both are right, ask Geonode whether the account can use crawls.";

const ADVICE: Readonly<Record<number, string>> = {
	401: "Check 'API Key' in the credential: it must be a key of Geonode's Scraper API.",
	402: 'Check the balance and the plan of the Geonode account.',
	404: NOT_AVAILABLE,
	422: "Check the node's fields. The plan of the account can limit 'Depth' and 'Maximum Pages'.",
	501: NOT_AVAILABLE,
};

/** What a refused request means: `{ code, message, … }`, or the errors of FastAPI. */
export function explainError(
	httpStatus: number,
	body: unknown,
	advice = ADVICE[httpStatus],
): ErrorExplanation {
	const error = toError(body);
	const message = error?.message ?? fastApiDetail(body);
	return {
		...(message && { message }),
		...(advice && { advice }),
		...(error?.retryable === true && { isPassing: true }),
	};
}
