import type { IDataObject } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import { CONTENT_MAX_BYTES } from '../shared/http/limits';
import { parseBody } from '../shared/http/parseBody';
import { textOf } from '../shared/input';
import { JOB_LIST_RULES, readListedJob } from '../shared/listedJob';
import { crawlChoice, listChoices } from '../shared/choices';
import type { List, ListSlice } from '../shared/paginate';
import type { JobReading, Search, SendRequest } from '../shared/provider';
import {
	listOf,
	objectOf,
	toCount,
	toEntries,
	toExactText,
	toText,
	withRest,
	type Reading,
} from '../shared/tolerant';
import { CRAWL_PATH, crawlPath, PAGE_SIZE } from './api';
import type { GeonodePage } from './outputSchemas';
import { readCrawl } from './status';

const toListedJob = withRest(objectOf({ job_id: toText }, 'job_id'));
const toJobList = objectOf({ jobs: toEntries, page_count: toCount }, 'jobs');

/** A crawl as the list has it; of its fields, only the id is read. */
type ListedJob = Reading<typeof toListedJob>;

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
	const { jobs, page_count: pageCount } = parseBody(toJobList, body, 'list of Geonode crawl jobs');
	// A count of pages that is smaller than the page which was given is wrong.
	const isLast = pageCount === null || pageCount < page ? jobs.length === 0 : page === pageCount;
	return {
		entries: listOf(toListedJob)(jobs).map(readListed),
		length: jobs.length,
		next: isLast ? null : String(page + 1),
	};
}

function readListed(listed: ListedJob): JobReading {
	const jobId = listed.job_id;
	const known = { provider: 'geonode', jobId, reference: { jobId } };
	return readListedJob(known, () => ({ job: readCrawl(listed, {}) }));
}

/** The crawls to choose from in the editor. */
export const searchGeonodeCrawls: Search = async (call) =>
	await listChoices(listJobs(call.send), call, ({ job }) => crawlChoice(job));

const toPageResult = objectOf({
	url: toText,
	parent_url: toText,
	depth: toCount,
	status: toText,
	error_code: toText,
	error_message: toText,
	links: listOf(toExactText),
	data: objectOf({ markdown: toExactText, html: toExactText }),
	metadata: objectOf({
		http_status: toCount,
		duration_ms: toCount,
		retry_count: toCount,
		tokens_charged: toCount,
	}),
});

type PageResult = Reading<typeof toPageResult>;

const toResults = objectOf({ results: toEntries }, 'results');

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
	const { results } = parseBody(toResults, body, 'list of Geonode crawl results');
	const { isFinal, progress } = readCrawl(body, reference);
	const { total, completed, failed, cancelled } = progress;
	const certain = (completed ?? 0) + (failed ?? 0);
	return {
		entries: listOf(toPageResult)(results).map(toPage),
		length: results.length,
		next: results.length === 0 ? null : String(page + 1),
		total: total === null ? null : Math.max(total, certain + (cancelled ?? 0)),
		// While a crawl runs, its counters and its results need not keep step.
		certain: isFinal ? certain : 0,
	};
}

function hasContent({ markdown, html }: IDataObject): boolean {
	return Boolean(markdown) || Boolean(html);
}

function toPage(page: PageResult): GeonodePage {
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
