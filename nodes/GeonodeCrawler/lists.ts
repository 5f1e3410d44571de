import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { readListedJob } from '../shared/listedJob';
import { matchingChoices } from '../shared/node/search';
import { paginate, type ListPage } from '../shared/paginate';
import type { JobReading, Search, SendRequest } from '../shared/provider';
import { count, listOf, requiredText, text } from '../shared/tolerant';
import { CRAWL_PATH, crawlPath, PAGE_SIZE } from './api';
import { readCrawl } from './status';

const jobSchema = z.object({ job_id: requiredText }).passthrough();
const listSchema = z.object({ jobs: z.array(z.unknown()), page_count: count });

/** The crawls of the account, each once. */
export function listJobs(send: SendRequest): AsyncGenerator<JobReading> {
	return paginate(
		(page) => fetchJobs(send, page),
		({ job }) => job.jobId,
	);
}

async function fetchJobs(send: SendRequest, page: number): Promise<ListPage<JobReading>> {
	const { body } = await send({
		method: 'GET',
		path: `${CRAWL_PATH}/jobs`,
		query: { page, page_size: PAGE_SIZE },
	});
	const { jobs, page_count: pageCount } = parseBody(listSchema, body, 'list of Geonode crawl jobs');
	return {
		entries: listOf(jobSchema).parse(jobs).map(readListed),
		isLast: pageCount === null ? jobs.length < PAGE_SIZE : page >= pageCount,
	};
}

function readListed(listed: z.output<typeof jobSchema>): JobReading {
	const jobId = listed.job_id;
	const known = { provider: 'geonode', jobId, reference: { jobId } };
	return readListedJob(known, () => ({ job: readCrawl(listed, {}) }));
}

/** The crawls to choose from in the editor. */
export const searchGeonodeCrawls: Search = async ({ send, filter, paginationToken }) => {
	const page = Number(paginationToken || 1);
	const { entries, isLast } = await fetchJobs(send, page);
	const choices = entries.map(({ job: { jobId, url, status } }) => ({
		name: `${url ?? jobId} (${status})`,
		value: jobId,
	}));
	return {
		results: matchingChoices(choices, filter),
		...(!isLast && { paginationToken: String(page + 1) }),
	};
};

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
export function listPages(send: SendRequest, reference: JobReference): AsyncGenerator<IDataObject> {
	const fetchSlice = async (page: number) => {
		const { body } = await send({
			method: 'GET',
			path: crawlPath(reference),
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
