import { z } from 'zod';

import { matchingChoices } from '../shared/choices';
import type { CrawlJob } from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { readListedJob } from '../shared/listedJob';
import { paginate, type ListPage } from '../shared/paginate';
import type { Search, SendRequest } from '../shared/provider';
import { count, listOf, requiredText } from '../shared/values';
import { readCrawl } from './status';

const PAGE_SIZE = 50;

const jobSchema = z.object({ job_id: requiredText }).passthrough();
const listSchema = z.object({ jobs: z.array(z.unknown()), page_count: count });

/** The crawls of the account, each once. */
export function listJobs(send: SendRequest): AsyncGenerator<CrawlJob> {
	return paginate(
		(page) => fetchJobs(send, page),
		({ jobId }) => jobId,
	);
}

async function fetchJobs(send: SendRequest, page: number): Promise<ListPage<CrawlJob>> {
	const { body } = await send({
		method: 'GET',
		path: '/v1/crawl/jobs',
		query: { page, page_size: PAGE_SIZE },
	});
	const { jobs, page_count: pageCount } = parseBody(listSchema, body, 'list of Geonode crawl jobs');
	return {
		entries: listOf(jobSchema).parse(jobs).map(readListed),
		isLast: pageCount === null ? jobs.length < PAGE_SIZE : page >= pageCount,
	};
}

function readListed(listed: z.output<typeof jobSchema>): CrawlJob {
	const jobId = listed.job_id;
	const known = { provider: 'geonode', jobId, reference: { jobId } };
	return readListedJob(known, () => readCrawl(listed, {}));
}

/** The crawls to choose from in the editor. */
export const searchGeonodeCrawls: Search = async ({ send, filter, paginationToken }) => {
	const page = Number(paginationToken || 1);
	const { entries, isLast } = await fetchJobs(send, page);
	const choices = entries.map(({ jobId, url, status }) => ({
		name: `${url ?? jobId} (${status})`,
		value: jobId,
	}));
	return {
		results: matchingChoices(choices, filter),
		...(!isLast && { paginationToken: String(page + 1) }),
	};
};
