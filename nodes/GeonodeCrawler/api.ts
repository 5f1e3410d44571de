import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { apiPath } from '../shared/http/apiPath';
import { fastApiDetail } from '../shared/http/fastApiDetail';
import type { ApiRequest, ErrorExplanation } from '../shared/provider';
import { text } from '../shared/tolerant';

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

/** Stops a crawl; refused with 409 once it has ended. Pages in flight are still finished. */
export function cancelRequest(reference: JobReference): ApiRequest {
	return { method: 'DELETE', path: crawlPath(reference) };
}

const errorSchema = z.object({ message: text });

// Geonode's older documentation says that crawls are not open to every account yet.
const NOT_AVAILABLE =
	'Check the id, and that it is a crawl of this account. If it is right, ask Geonode whether the account can use crawls.';

const ADVICE: Readonly<Record<number, string>> = {
	404: NOT_AVAILABLE,
	409: 'A finished crawl cannot be cancelled any more.',
	501: NOT_AVAILABLE,
};

/** What a refused request means: `{ code, message, … }`, or the errors of FastAPI. */
export function explainError(httpStatus: number, body: unknown): ErrorExplanation {
	const message = errorSchema.safeParse(body).data?.message ?? fastApiDetail(body);
	const advice = ADVICE[httpStatus];
	return {
		...(message && { message }),
		...(advice && { advice }),
	};
}
