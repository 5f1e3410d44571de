import { z } from 'zod';

import { matchingChoices } from '../shared/choices';
import { parseBody } from '../shared/http/parseBody';
import { paginate, type ListPage } from '../shared/paginate';
import type { Search, SendRequest } from '../shared/provider';
import { count } from '../shared/values';

const PAGE_SIZE = 50;

// One odd entry must not cost all the others: a crawl without a word has the status unknown.
const jobSchema = z
	.object({ job_id: z.coerce.string(), status: z.string().catch('') })
	.passthrough();

type ListedJob = z.output<typeof jobSchema>;

const listSchema = z.object({ jobs: z.array(jobSchema), page_count: count });

/** The crawls of the account, each once, as the API lists them. */
export function listJobs(send: SendRequest): AsyncGenerator<ListedJob> {
	return paginate(
		(page) => fetchJobs(send, page),
		(job) => job.job_id,
	);
}

async function fetchJobs(send: SendRequest, page: number): Promise<ListPage<ListedJob>> {
	const { body } = await send({
		method: 'GET',
		path: '/v1/crawl/jobs',
		query: { page, page_size: PAGE_SIZE },
	});
	const { jobs, page_count: pageCount } = parseBody(listSchema, body, 'list of Geonode crawl jobs');
	return {
		entries: jobs,
		isLast: pageCount === null ? jobs.length < PAGE_SIZE : page >= pageCount,
	};
}

/** The crawls to choose from in the editor. */
export const searchGeonodeCrawls: Search = async ({ send, filter, paginationToken }) => {
	const page = Number(paginationToken || 1);
	const { entries, isLast } = await fetchJobs(send, page);
	const choices = entries.map((job) => ({
		name: `${String(job.url)} (${String(job.status)})`,
		value: job.job_id,
	}));
	return {
		results: matchingChoices(choices, filter),
		...(!isLast && { paginationToken: String(page + 1) }),
	};
};
