import { createCrawlJob, type CrawlJobFacts } from './crawlJob';
import type { List } from './paginate';
import type { JobReading } from './provider';

/** What is the same for all lists of crawls. Of a crawl that stands in one twice, the later counts. */
export const JOB_LIST_RULES: Omit<List<JobReading>, 'fetchSlice'> = {
	keyOf: ({ job }) => job.jobId,
	timeOf: ({ job }) => job.createdAt ?? job.startedAt ?? job.updatedAt,
	isBetter: (reading, earlier) => lastChangeOf(reading) > lastChangeOf(earlier),
};

function lastChangeOf({ job }: JobReading): string {
	return job.updatedAt ?? job.finishedAt ?? job.startedAt ?? job.createdAt ?? '';
}

/**
 * The CrawlJob in one entry of a list. An entry that cannot be read becomes a job with the status
 * `unknown`, so that it does not hide the others.
 * @param known what is certain about the job even then
 * @param read reads the whole entry
 */
export function readListedJob(
	known: Pick<CrawlJobFacts, 'provider' | 'jobId' | 'reference'>,
	read: () => JobReading,
): JobReading {
	try {
		return read();
	} catch {
		const job = createCrawlJob({
			...known,
			status: 'unknown',
			rawStatus: null,
			warnings: ['The entry for this crawl in the list could not be read.'],
		});
		return { job };
	}
}
