import { z } from 'zod';

import { readCounters } from '../shared/counters';
import { createCrawlJob, type CrawlStatus, type JobReference } from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import type { StatusReading } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import { isoTime, text, toText } from '../shared/tolerant';
import { readResult, type SavedResult } from './result';
import { crawlStatus, isEmptyReason, isNotFound } from './words';

const NOT_FOUND_WARNING = 'midPilot does not know the crawl, or cannot look it up at the moment.';

/** A job in a status answer, or in a session's list of jobs. */
const jobSchema = z
	.object({
		jobId: text,
		type: text,
		status: z.string(),
		createdAt: isoTime,
		startedAt: isoTime,
		updatedAt: isoTime,
		finishedAt: isoTime,
		progress: z.object({ stage: text, message: text }).passthrough().nullish().catch(null),
		result: z.unknown(),
		errors: z.unknown().transform(toErrors),
	})
	.passthrough();

type MidPilotJob = z.output<typeof jobSchema>;

/**
 * What an answer of midPilot says about a crawl.
 * @see the "Get Scrape Status" page of midPilot's API documentation
 * @throws {RequestFault} of kind `passing` when the body is no job
 */
export function readStatus(body: unknown, reference: JobReference): StatusReading {
	const job = parseBody(jobSchema, body, 'midPilot scrape job');
	const status = crawlStatus(job.status);
	const isMissing = isNotFound(job.status);
	const result = readResult(job.result);
	const jobId = job.jobId ?? reference.jobId ?? '';
	const { counters, warnings } = readCounters(job.progress ?? {}, {
		total: 'totalIterations',
		completed: 'completedIterations',
	});

	const crawl = createCrawlJob({
		provider: 'midPilot',
		jobId,
		reference: { sessionId: reference.sessionId ?? '', jobId },
		status,
		rawStatus: job.status,
		counters,
		warnings: [...warnings, ...(status === 'failed' ? [] : jobWarnings(job, status, result))],
		failure: status === 'failed' ? { message: failureMessage(job), code: null } : null,
		createdAt: job.createdAt,
		startedAt: job.startedAt,
		updatedAt: job.updatedAt,
		finishedAt: job.finishedAt,
		details: detailsOf(job, result),
	});
	return { job: isMissing ? { ...crawl, warnings: [NOT_FOUND_WARNING] } : crawl, isMissing };
}

const errorSchema = z.object({ message: text, detail: text });

/** The lines of `errors`; by the documentation's example, an entry can be an object. */
function toErrors(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	return entries.flatMap((entry) => {
		const { data } = errorSchema.safeParse(entry);
		if (data === undefined) return toText(entry) ?? [];
		const line = data.message ?? data.detail ?? JSON.stringify(entry);
		return line === '{}' ? [] : line;
	});
}

function failureMessage({ errors, progress }: MidPilotJob): string {
	const reason = errors.length > 0 ? errors.join('; ') : progress?.message;
	return reason ? publicText(reason) : 'midPilot reports the crawl as failed and gives no reason';
}

const MAX_ERROR_WARNINGS = 10;

function jobWarnings(job: MidPilotJob, status: CrawlStatus, result: SavedResult): string[] {
	const { finishReason, savedPages } = result;
	const isEmpty = savedPages === 0 || (savedPages === null && isEmptyReason(finishReason));
	const errors = job.errors.slice(0, MAX_ERROR_WARNINGS).map(publicText);
	const more = job.errors.length - errors.length;
	return [
		...(status === 'succeeded' && isEmpty
			? [`The crawl has finished and saved nothing (finish reason: ${finishReason ?? 'none'}).`]
			: []),
		...errors,
		...(more > 0 ? [`There are ${more} more errors.`] : []),
	];
}

function detailsOf(
	{ type, progress }: MidPilotJob,
	{ finishReason, savedPages, savedChunks }: SavedResult,
): Record<string, unknown> {
	const details = {
		type,
		// Rounds over all pages found so far, by the server's code; its documentation says pages.
		progressUnit: 'iterations',
		stage: progress?.stage ?? null,
		message: progress?.message ? publicText(progress.message) : null,
		finishReason,
		savedPages,
		savedChunks,
	};
	return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null));
}
