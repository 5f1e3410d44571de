import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v3';

import type { JobReference } from '../shared/crawlJob';
import { CONTENT_MAX_BYTES } from '../shared/http/limits';
import { parseBody } from '../shared/http/parseBody';
import { textOf } from '../shared/input';
import { JOB_LIST_RULES, readListedJob } from '../shared/listedJob';
import { listChoices } from '../shared/choices';
import type { List, ListSlice } from '../shared/paginate';
import type { JobReading, Search, SendRequest } from '../shared/provider';
import { anyEntries, count, listOf, requiredText, text } from '../shared/tolerant';
import { CRAWL_PATH, crawlPath, PAGE_SIZE } from './api';
import type { GeonodePage } from './outputSchemas';
import { readCrawl } from './status';

const jobSchema = z.object({ job_id: requiredText }).passthrough();
const listSchema = z.object({ jobs: anyEntries, page_count: count });

/** The crawls of the account, each once. */
export function listJobs(send: SendRequest): List<JobReading> {
	return {
		...JOB_LIST_RULES,
		fetchSlice: async (position) => await fetchJobs(send, Number(position || 1)),
	};
}

async function fetchJobs(send: SendRequest, page: number): Promise<ListSlice<JobReading>> {
	const { body } = await send({
		method: 'GET',
		path: `${CRAWL_PATH}/jobs`,
		query: { page, page_size: PAGE_SIZE },
	});
	const { jobs, page_count: pageCount } = parseBody(listSchema, body, 'list of Geonode crawl jobs');
	// A count of pages that is smaller than the page which was given is wrong.
	const isLast = pageCount === null || pageCount < page ? jobs.length === 0 : page === pageCount;
	return {
		entries: listOf(jobSchema).parse(jobs).map(readListed),
		length: jobs.length,
		next: isLast ? null : String(page + 1),
	};
}

function readListed(listed: z.output<typeof jobSchema>): JobReading {
	const jobId = listed.job_id;
	const known = { provider: 'geonode', jobId, reference: { jobId } };
	return readListedJob(known, () => ({ job: readCrawl(listed, {}) }));
}

/** The crawls to choose from in the editor. */
export const searchGeonodeCrawls: Search = async (call) =>
	await listChoices(listJobs(call.send), call, ({ job: { jobId, url, status } }) => ({
		name: `${url ?? jobId} (${status})`,
		value: jobId,
	}));

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

const resultsSchema = z.object({ results: anyEntries });

/**
 * The pages of a crawl, each URL once. The API counts no pages of results: only an empty slice, or
 * the crawl's own counters, tell the end. Slices move while a crawl runs, so the whole list is only
 * certain after its end.
 */
export function listPages(send: SendRequest, reference: JobReference): List<IDataObject> {
	return {
		fetchSlice: async (position) => await fetchPages(send, reference, Number(position || 1)),
		keyOf: (page) => textOf(page.url ?? page),
		isBetter: (page, earlier) => hasContent(page) && !hasContent(earlier),
	};
}

async function fetchPages(
	send: SendRequest,
	reference: JobReference,
	page: number,
): Promise<ListSlice<GeonodePage>> {
	const { body } = await send({
		method: 'GET',
		path: crawlPath(reference),
		query: { page, page_size: PAGE_SIZE },
		maxBytes: CONTENT_MAX_BYTES,
	});
	const { results } = parseBody(resultsSchema, body, 'list of Geonode crawl results');
	const { isFinal, progress } = readCrawl(body, reference);
	const { total, completed, failed, cancelled } = progress;
	const certain = (completed ?? 0) + (failed ?? 0);
	return {
		entries: listOf(pageSchema).parse(results).map(toPage),
		length: results.length,
		next: results.length === 0 ? null : String(page + 1),
		total: total === null ? null : Math.max(total, certain + (cancelled ?? 0)),
		// While a crawl runs, its counters and its results need not keep step.
		certain: isFinal ? certain : 0,
	};
}

function hasContent({ markdown, html }: IDataObject): boolean {
	return Boolean(markdown ?? html);
}

function toPage(page: z.output<typeof pageSchema>): GeonodePage {
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
