import { createHash } from 'node:crypto';
import { isFinal, statusWordOf, type JobView, type PageView } from '../job';
import type { JobEntry } from '../jobTable';
import { describeWebhook, type Webhook } from './convocoreWebhook';

const STATUS_WORDS = {
	queued: 'queued',
	running: 'processing',
	succeeded: 'completed',
	failed: 'failed',
	cancelled: 'cancelled',
} as const;

export interface CrawlOptions {
	maxPages: number;
	urlMatchers: string[];
	unMatchers: string[];
	stayOnDomain: boolean;
}

/** What a job keeps of its create body. */
export interface JobRequest {
	crawl: boolean;
	crawlOptions: CrawlOptions;
	useProxy: boolean;
	deep: boolean;
	refreshRate: string;
	toAgentId: string | null;
	toAgentIds: string[];
	webhook?: Webhook | undefined;
}

export interface ConvocoreEntry extends JobEntry {
	workspaceId: string;
	request: JobRequest;
	webhookFinalizedAt: string | null;
}

/** A job as the create operation and the list show it. */
export function jobSummary(entry: ConvocoreEntry): object {
	const view = entry.job.view();
	return { status: statusWordOf(view, STATUS_WORDS), ...commonFields(entry, view) };
}

/**
 * A job as the get operation shows it: with its addresses and without `status`, as documented,
 * unless a script sets that word.
 */
export function jobDetail(entry: ConvocoreEntry): object {
	const view = entry.job.view();
	const urlsOf = (pages: PageView[]) => pages.map((page) => page.url);
	const scraped = view.pages.filter((page) => page.error === null);
	return {
		...(view.statusWord !== null && { status: view.statusWord }),
		...commonFields(entry, view),
		scrapedUrls: urlsOf(scraped),
		scrapedHashes: urlsOf(scraped).map(urlHash),
		pendingCandidateUrls: view.pending.map((page) => page.url),
		processedCrawlUrls: urlsOf(view.pages),
		failedCrawlUrls: urlsOf(view.pages.filter((page) => page.error !== null)),
		webhookFinalizedAt: entry.webhookFinalizedAt,
		processingMode: 'webhook',
		crawlerSubmittedAt: iso(view.createdAt),
		// Addresses inside the provider's network, which the documented answer does show.
		crawlerWebhookUrl: `http://api.internal:3000/crawler/hooks/${entry.job.jobId}`,
		crawlerSubmissionEndpoint: 'http://crawler.internal:8080/submit',
	};
}

/** A page as the page list shows it. */
export function pageSummary(page: PageView): object {
	return {
		id: page.id,
		url: page.url,
		urlHash: urlHash(page.url),
		title: page.title,
		description: '',
		scrapedAt: page.finishedAt,
		imageUrl: null,
		userId: null,
		mdCharCount: page.markdown.length,
		htmlCharCount: page.html.length,
		failed: page.error !== null,
	};
}

/** A page with its content. */
export function pageDetail(page: PageView): object {
	return { ...pageSummary(page), markdown: page.markdown, html: page.html };
}

function commonFields({ job, workspaceId, request }: ConvocoreEntry, view: JobView): object {
	const { webhook, ...requested } = request;
	const pageLimit = request.crawl ? request.crawlOptions.maxPages : view.seeds.length;
	const creditsPerPage = request.deep ? 10 : 1;
	return {
		id: job.jobId,
		workspaceId,
		primaryUrl: view.seeds[0],
		urls: view.seeds,
		...requested,
		// The flags do not exclude each other: whatever is over is done.
		done: isFinal(view.phase),
		failed: view.phase === 'failed',
		isCancelled: view.phase === 'cancelled',
		message: messageOf(view),
		resultError: view.failure,
		createdAt: iso(view.createdAt),
		ts: view.createdAt,
		currentPageIndex: view.pages.length,
		scrapedPagesNum: view.counts.completed,
		failedPagesNum: view.counts.failed,
		pageLimit,
		creditsPerPage,
		estimatedCredits: pageLimit * creditsPerPage,
		activeScrapeUrl: view.pending[0]?.url ?? null,
		crawlerJobId: view.startedAt === null ? null : `crawler-${job.jobId}`,
		...(webhook && { webhook: describeWebhook(webhook) }),
	};
}

function messageOf({ phase }: JobView): string | null {
	if (phase === 'failed') return 'The crawl failed';
	return phase === 'succeeded' ? 'The crawl is complete' : null;
}

function urlHash(url: string): string {
	return createHash('sha256').update(url).digest('hex');
}

function iso(epochMs: number): string {
	return new Date(epochMs).toISOString();
}
