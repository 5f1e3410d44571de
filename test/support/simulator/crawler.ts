import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal, type JobPhase, type JobView, type PageView, type SimulatedJob } from './job';
import { parseLoopbackUrl } from './loopback';
import { fetchPage, pageId, type PageTarget } from './page';

/** Pages worked on at a time: more than one, so that a cancelled crawl has something in flight. */
const CONCURRENCY = 2;

export interface CrawlPlan {
	/** Default: a new UUID. */
	jobId?: string;
	/** Loopback addresses. With none the crawl succeeds without a page. */
	seeds: string[];
	/** 1 fetches the seeds only. */
	maxDepth: number;
	maxPages: number;
	/** Which of the links found are crawled too. */
	follows(link: URL): boolean;
	/** Milliseconds of work per page, besides fetching it. */
	pageDelayMs: number;
	onPage?(page: PageView): void;
	/** Called once, when the crawl has ended by itself, not when it was cancelled or stopped. */
	onFinished?(view: JobView): void | Promise<void>;
}

/**
 * A crawl which really fetches pages and follows their links, breadth first.
 * It fails when none of its seeds can be fetched; single pages that fail do not matter otherwise.
 */
export class Crawl implements SimulatedJob {
	readonly jobId: string;
	private phase: JobPhase = 'queued';
	private readonly queue: PageTarget[] = [];
	private readonly inFlight = new Set<PageTarget>();
	private readonly known = new Set<string>();
	private readonly finished: PageView[] = [];
	private cancelledPages = 0;
	private limitReached = false;
	private readonly stopper = new AbortController();
	private readonly createdAt = Date.now();
	private startedAt: number | null = null;
	private updatedAt = this.createdAt;
	private finishedAt: number | null = null;

	constructor(private readonly plan: CrawlPlan) {
		this.jobId = plan.jobId ?? randomUUID();
		for (const url of plan.seeds) this.discover(new URL(url).href, null, 1);
		this.untilStopped(this.start());
	}

	lookUp(): boolean {
		return true;
	}

	view(): JobView {
		const failed = this.finished.filter((page) => page.error !== null).length;
		return {
			at: Date.now(),
			phase: this.phase,
			statusWord: null,
			seeds: this.plan.seeds,
			counts: {
				total: this.known.size,
				completed: this.finished.length - failed,
				failed,
				cancelled: this.cancelledPages,
			},
			pages: [...this.finished],
			pending: [...this.inFlight, ...this.queue].map(({ url, depth }) => ({ url, depth })),
			limitReached: this.limitReached,
			failure: this.phase === 'failed' ? this.failure() : null,
			createdAt: this.createdAt,
			startedAt: this.startedAt,
			updatedAt: this.updatedAt,
			finishedAt: this.finishedAt,
		};
	}

	cancel(): number | null {
		if (isFinal(this.phase)) return null;
		this.cancelledPages = this.queue.length;
		this.queue.length = 0;
		this.end('cancelled');
		return this.inFlight.size;
	}

	stop(): void {
		this.stopper.abort();
	}

	private async start(): Promise<void> {
		await this.work();
		if (isFinal(this.phase)) return;
		this.phase = 'running';
		this.startedAt = this.updatedAt = Date.now();
		this.takeUpPages();
	}

	private takeUpPages(): void {
		while (this.inFlight.size < CONCURRENCY) {
			const target = this.queue.shift();
			if (!target) break;
			this.inFlight.add(target);
			this.untilStopped(this.visit(target));
		}
		if (this.inFlight.size === 0 && !isFinal(this.phase)) {
			this.end(this.hasFailed() ? 'failed' : 'succeeded');
			this.untilStopped(Promise.resolve(this.plan.onFinished?.(this.view())));
		}
	}

	private async visit(target: PageTarget): Promise<void> {
		const startedAt = Date.now();
		const content = await fetchPage(target.url, this.stopper.signal);
		await this.work();
		this.updatedAt = Date.now();
		const page: PageView = {
			id: pageId(this.jobId, target.url),
			...target,
			...content,
			durationMs: this.updatedAt - startedAt,
			finishedAt: this.updatedAt,
		};
		this.inFlight.delete(target);
		this.finished.push(page);
		if (!isFinal(this.phase)) this.follow(page);
		this.plan.onPage?.(page);
		this.takeUpPages();
	}

	private follow(page: PageView): void {
		for (const link of page.links) {
			const url = parseLoopbackUrl(link);
			if (url && this.plan.follows(url)) this.discover(url.href, page.url, page.depth + 1);
		}
	}

	private discover(url: string, parentUrl: string | null, depth: number): void {
		if (this.known.has(url)) return;
		if (depth > this.plan.maxDepth || this.known.size >= this.plan.maxPages) {
			this.limitReached = true;
			return;
		}
		this.known.add(url);
		this.queue.push({ url, parentUrl, depth });
	}

	private hasFailed(): boolean {
		const seeds = this.finished.filter((page) => page.depth === 1);
		return seeds.length > 0 && seeds.every((page) => page.error !== null);
	}

	private failure(): string {
		const message = this.finished.find((page) => page.error)?.error?.message;
		return `None of the start pages could be crawled. ${message ?? ''}`.trim();
	}

	private end(phase: JobPhase): void {
		this.phase = phase;
		this.finishedAt = this.updatedAt = Date.now();
	}

	private async work(): Promise<void> {
		await sleep(this.plan.pageDelayMs, undefined, { signal: this.stopper.signal });
	}

	private untilStopped(work: Promise<void>): void {
		work.catch((error: unknown) => {
			if (!this.stopper.signal.aborted) throw error;
		});
	}
}
