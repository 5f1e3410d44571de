/** The provider-independent states of a crawl. `unknown` is a word nobody has a meaning for. */
export type CrawlStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'unknown';

/** Page counters; `null` where the provider does not say. */
export interface CrawlCounters {
	total: number | null;
	completed: number | null;
	failed: number | null;
	cancelled: number | null;
}

/** `percent` is 0–100, `null` when `total` is unknown or 0. */
export interface CrawlProgress extends CrawlCounters {
	percent: number | null;
}

export interface CrawlFailure {
	message: string;
	code: string | null;
}

/** The ids that look a job up again, by the names of the nodes' parameters. */
export type JobReference = Record<string, string>;

/** One crawl as every node of this package gives it. Times are ISO 8601 in UTC. */
export interface CrawlJob {
	provider: string;
	jobId: string;
	reference: JobReference;
	status: CrawlStatus;
	rawStatus: string | null;
	isFinal: boolean;
	isPartial: boolean;
	url: string | null;
	progress: CrawlProgress;
	failure: CrawlFailure | null;
	warnings: string[];
	createdAt: string | null;
	startedAt: string | null;
	updatedAt: string | null;
	finishedAt: string | null;
	details: Record<string, unknown>;
}

/** What a provider's map has to say; everything else of a CrawlJob follows from it. */
export type CrawlJobFacts = Pick<
	CrawlJob,
	'provider' | 'jobId' | 'reference' | 'status' | 'rawStatus'
> &
	Partial<
		Pick<
			CrawlJob,
			| 'url'
			| 'failure'
			| 'warnings'
			| 'createdAt'
			| 'startedAt'
			| 'updatedAt'
			| 'finishedAt'
			| 'details'
		>
	> & { counters?: Partial<CrawlCounters> };

const FINAL_STATUSES: ReadonlySet<CrawlStatus> = new Set(['succeeded', 'failed', 'cancelled']);

/** Completes a provider's facts into a CrawlJob: derives `isFinal`, `isPartial` and `percent`. */
export function createCrawlJob(facts: CrawlJobFacts): CrawlJob {
	const counters: CrawlCounters = {
		total: facts.counters?.total ?? null,
		completed: facts.counters?.completed ?? null,
		failed: facts.counters?.failed ?? null,
		cancelled: facts.counters?.cancelled ?? null,
	};
	const isFinal = FINAL_STATUSES.has(facts.status);
	const warnings = [...(facts.warnings ?? [])];
	if (facts.status === 'unknown' && facts.rawStatus !== null) {
		warnings.push(
			`The status "${facts.rawStatus}" is not known to this package; the crawl is treated as still running.`,
		);
	}
	return {
		provider: facts.provider,
		jobId: facts.jobId,
		reference: facts.reference,
		status: facts.status,
		rawStatus: facts.rawStatus,
		isFinal,
		isPartial: isFinal && (counters.failed ?? 0) + (counters.cancelled ?? 0) > 0,
		url: facts.url ?? null,
		progress: { ...counters, percent: percentOf(counters) },
		failure: facts.failure ?? null,
		warnings,
		createdAt: facts.createdAt ?? null,
		startedAt: facts.startedAt ?? null,
		updatedAt: facts.updatedAt ?? null,
		finishedAt: facts.finishedAt ?? null,
		details: facts.details ?? {},
	};
}

function percentOf({ total, completed, failed, cancelled }: CrawlCounters): number | null {
	if (total === null || total === 0) return null;
	if (completed === null && failed === null && cancelled === null) return null;
	const finished = (completed ?? 0) + (failed ?? 0) + (cancelled ?? 0);
	return Math.min(100, Math.round((finished / total) * 10_000) / 100);
}
