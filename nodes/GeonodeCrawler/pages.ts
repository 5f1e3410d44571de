import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { parseBody } from '../shared/http/parseBody';
import { apiPath } from '../shared/identifiers';
import { paginate } from '../shared/paginate';
import type { SendRequest } from '../shared/provider';
import { count, listOf, text } from '../shared/values';

/** The most that the API gives in one answer. */
const PAGE_SIZE = 50;

const pageSchema = z.object({
	url: text,
	parent_url: text,
	depth: count,
	status: text,
	error_code: text,
	error_message: text,
	links: z.array(z.string()).catch([]),
	data: z
		.object({ markdown: z.string().nullish(), html: z.string().nullish() })
		.nullish()
		.catch(null),
	metadata: z
		.object({ http_status: count, duration_ms: count, retry_count: count, tokens_charged: count })
		.nullish()
		.catch(null),
});

const resultsSchema = z.object({ results: z.array(z.unknown()) });

/**
 * The pages of a crawl, each URL once. The API counts no pages of results: a short slice is the
 * last. Slices move while a crawl runs, so the whole list is only certain after its end.
 */
export function listPages(send: SendRequest, jobId: string): AsyncGenerator<IDataObject> {
	const fetchSlice = async (page: number) => {
		const { body } = await send({
			method: 'GET',
			path: apiPath`/v1/crawl/${jobId}`,
			query: { page, page_size: PAGE_SIZE },
		});
		const { results } = parseBody(resultsSchema, body, 'list of Geonode crawl results');
		return {
			entries: listOf(pageSchema).parse(results).map(toPage),
			isLast: results.length < PAGE_SIZE,
		};
	};
	return paginate(fetchSlice, (page) => String(page.url ?? JSON.stringify(page)));
}

function toPage(page: z.output<typeof pageSchema>): IDataObject {
	return {
		url: page.url,
		parentUrl: page.parent_url,
		depth: page.depth,
		status: page.status,
		errorCode: page.error_code,
		errorMessage: page.error_message,
		links: page.links,
		markdown: page.data?.markdown ?? null,
		html: page.data?.html ?? null,
		httpStatus: page.metadata?.http_status ?? null,
		durationMs: page.metadata?.duration_ms ?? null,
		retryCount: page.metadata?.retry_count ?? null,
		tokensCharged: page.metadata?.tokens_charged ?? null,
	};
}
