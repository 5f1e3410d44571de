import { cutText, publicText, publicTextWithin } from './sanitize';
import { withoutMinusZero } from './tolerant';

/** The status of a crawl, for all providers. `unknown`: the provider's word has no known meaning. */
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

/** What a provider says a crawl has cost so far, in its own unit. */
export interface CrawlCost {
	amount: number;
	/** Such as `tokens` or `credits`. */
	unit: string;
	/** Whether the provider calls it an estimate. */
	isEstimate: boolean;
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
	/** `null` where the provider says none. */
	cost: CrawlCost | null;
	details: Record<string, unknown>;
}

/** The parts of a CrawlJob that a provider supplies; everything else is derived from them. */
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
			| 'cost'
			| 'details'
		>
	> & { counters?: Partial<CrawlCounters> };

const FINAL_STATUSES: ReadonlySet<CrawlStatus> = new Set(['succeeded', 'failed', 'cancelled']);

/*
 * The most that a server's texts may add to an item, and to the state that a wait saves at every
 * check, in characters. Longer than any that the providers document.
 */
const MAX_WORD_LENGTH = 100;
const MAX_ID_LENGTH = 256;
const MAX_WARNING_LENGTH = 500;
const MAX_DETAIL_LENGTH = 1_000;
const MAX_ADDRESS_LENGTH = 2_048;
/** Of warnings, and of the entries of a list or an object among the details. */
const MAX_ENTRIES = 100;

/**
 * Completes a provider's facts into a CrawlJob: derives `isFinal`, `isPartial` and `percent`, and
 * cuts and cleans whatever text of the server is in it.
 */
export function createCrawlJob(facts: CrawlJobFacts): CrawlJob {
	const counters: CrawlCounters = {
		total: facts.counters?.total ?? null,
		completed: facts.counters?.completed ?? null,
		failed: facts.counters?.failed ?? null,
		cancelled: facts.counters?.cancelled ?? null,
	};
	const isFinal = FINAL_STATUSES.has(facts.status);
	const rawStatus = facts.rawStatus === null ? null : cleanWord(facts.rawStatus);
	const warnings = (facts.warnings ?? [])
		.slice(0, MAX_ENTRIES)
		.map((warning) => publicTextWithin(MAX_WARNING_LENGTH, warning));
	if (facts.status === 'unknown' && rawStatus !== null) {
		warnings.push(
			`The status "${rawStatus}" is unknown to this package, so the crawl counts as still running.`,
		);
	}
	return {
		provider: facts.provider,
		jobId: cutId(facts.jobId),
		reference: cutIds(facts.reference),
		status: facts.status,
		rawStatus,
		isFinal,
		isPartial: isFinal && (counters.failed ?? 0) + (counters.cancelled ?? 0) > 0,
		url: typeof facts.url === 'string' ? cutText(facts.url, MAX_ADDRESS_LENGTH) : null,
		progress: { ...counters, percent: percentOf(counters) },
		failure: facts.failure ? cleanFailure(facts.failure) : null,
		warnings,
		createdAt: facts.createdAt ?? null,
		startedAt: facts.startedAt ?? null,
		updatedAt: facts.updatedAt ?? null,
		finishedAt: facts.finishedAt ?? null,
		cost: facts.cost ?? null,
		details: cleanDetails(facts.details ?? {}),
	};
}

function cutIds(reference: JobReference): JobReference {
	return Object.fromEntries(Object.entries(reference).map(([name, id]) => [name, cutId(id)]));
}

/** Without an ellipsis, which is no part of an id, and half a character, which no address can hold. */
function cutId(id: string): string {
	return id.slice(0, MAX_ID_LENGTH).replace(/\p{Surrogate}$/u, '');
}

/** A word as the provider gives it, blanks and all, unless there is something to clean. */
function cleanWord(word: string): string {
	const clean = publicTextWithin(MAX_WORD_LENGTH, word);
	return word.length <= MAX_WORD_LENGTH && clean === word.trim() ? word : clean;
}

function cleanFailure({ message, code }: CrawlFailure): CrawlFailure {
	return {
		message: publicText(message),
		code: code === null ? null : cleanWord(code),
	};
}

function cleanDetails(details: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(details)
			.slice(0, MAX_ENTRIES)
			.map(([key, value]) => [publicTextWithin(MAX_WORD_LENGTH, key), cleanDetail(value)]),
	);
}

/** Addresses are those of the pages that were asked for, so they stay as they are. */
function cleanDetail(value: unknown): unknown {
	if (typeof value === 'string') {
		return /^https?:\/\/\S+$/i.test(value)
			? cutText(value, MAX_ADDRESS_LENGTH)
			: publicTextWithin(MAX_DETAIL_LENGTH, value);
	}
	// A number too large for JavaScript is read as infinite, which JSON cannot say.
	if (typeof value === 'number') return Number.isFinite(value) ? withoutMinusZero(value) : null;
	if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map(cleanDetail);
	if (typeof value !== 'object' || value === null) return value;
	return cleanDetails({ ...value });
}

function percentOf({ total, completed, failed, cancelled }: CrawlCounters): number | null {
	if (total === null || total === 0) return null;
	if (completed === null && failed === null && cancelled === null) return null;
	const finished = (completed ?? 0) + (failed ?? 0) + (cancelled ?? 0);
	return Math.min(100, Math.round((finished / total) * 10_000) / 100);
}

/** A CrawlJob out of a saved execution: one of an older version of this package has fewer fields. */
export function restoreCrawlJob(saved: Omit<CrawlJob, 'cost'> & Partial<CrawlJob>): CrawlJob {
	return { ...saved, cost: saved.cost ?? null };
}
