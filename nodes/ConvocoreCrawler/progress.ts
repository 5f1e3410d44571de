import type { CrawlCounters, CrawlStatus } from '../shared/crawlJob';
import { readCounters, type ReadCounters } from '../shared/counters';
import type { ConvocoreJob } from './job';

/** The page counters of a job. */
export function countersOf(job: ConvocoreJob, status: CrawlStatus): ReadCounters {
	const { counters, warnings } = readCounters(job, {
		completed: 'scrapedPagesNum',
		failed: 'failedPagesNum',
	});
	const completed = counters.completed ?? null;
	const failed = largest(counters.failed ?? null, job.failedCrawlUrls?.length ?? null);
	const total = totalOf(job, status, { completed, failed });
	return { counters: { total, completed, failed }, warnings };
}

function largest(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/**
 * How many pages there are, as far as that is known. Convocore gives no total: `pageLimit` only
 * says where a job stops at the latest, and most sites have fewer pages, so a percentage of it
 * would end far below 100. What is known is the pages that are finished and, in some answers, those
 * that wait, of which no more are taken up than the limit allows.
 */
function totalOf(
	job: ConvocoreJob,
	status: CrawlStatus,
	{ completed, failed }: Pick<CrawlCounters, 'completed' | 'failed'>,
): number | null {
	if (completed === null) return null;
	const finished = completed + (failed ?? 0);
	// A job that is done leaves out what still waits.
	if (status === 'succeeded') return finished;
	if (job.pendingCandidateUrls === null) return null;
	const waiting = new Set(job.pendingCandidateUrls);
	if (job.activeScrapeUrl !== null) waiting.add(job.activeScrapeUrl);
	const found = finished + waiting.size;
	return job.pageLimit ? Math.max(finished, Math.min(found, job.pageLimit)) : found;
}
