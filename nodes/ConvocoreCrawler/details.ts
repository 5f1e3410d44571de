import { publicText } from '../shared/text';
import type { ConvocoreJob } from './job';

/**
 * What only Convocore says about a job. Of the lists of addresses only the sizes, since they can be
 * long; not the webhook's own address and those inside Convocore, since they can hold secrets.
 */
export function detailsOf(job: ConvocoreJob): Record<string, unknown> {
	const details = {
		message: job.message === null ? null : publicText(job.message),
		urlCount: job.urls?.length,
		crawl: job.crawl,
		deep: job.deep,
		useProxy: job.useProxy,
		refreshRate: job.refreshRate,
		toAgentIds: agentIdsOf(job),
		pageLimit: job.pageLimit,
		currentPageIndex: job.currentPageIndex,
		activeUrl: job.activeScrapeUrl,
		scrapedUrlCount: job.scrapedUrls?.length,
		pendingUrlCount: job.pendingCandidateUrls?.length,
		processedUrlCount: job.processedCrawlUrls?.length,
		failedUrlCount: job.failedCrawlUrls?.length,
		creditsPerPage: job.creditsPerPage,
		estimatedCredits: job.estimatedCredits,
		crawlerJobId: job.crawlerJobId,
		processingMode: job.processingMode,
		webhookFinalizedAt: job.webhookFinalizedAt,
		webhook: job.webhook,
	};
	return Object.fromEntries(
		Object.entries(details).filter(([, value]) => value !== null && value !== undefined),
	);
}

function agentIdsOf({ toAgentId, toAgentIds }: ConvocoreJob): string[] | null {
	const ids = [...new Set([...(toAgentId === null ? [] : [toAgentId]), ...toAgentIds])];
	return ids.length === 0 ? null : ids;
}
