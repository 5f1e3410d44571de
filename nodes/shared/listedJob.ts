import { createCrawlJob, type CrawlJobFacts } from './crawlJob';
import type { JobReading } from './provider';

/**
 * The CrawlJob in one entry of a list. Whatever is wrong with an entry, it must not hide the others:
 * one that cannot be read becomes a job of the status `unknown`.
 * @param known what is certain about the job all the same
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
			warnings: ['The entry of this crawl in the list could not be read.'],
		});
		return { job };
	}
}
