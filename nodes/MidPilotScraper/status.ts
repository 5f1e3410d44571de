import { readCounters } from '../shared/counters';
import { createCrawlJob, type CrawlStatus, type JobReference } from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import type { StatusReading } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import { noStatusWarning } from '../shared/statusWords';
import {
	asItIs,
	fieldOf,
	objectOf,
	onlyIf,
	toCount,
	toExactText,
	toIsoTime,
	toText,
	type Reading,
} from '../shared/tolerant';
import { withoutNulls } from '../shared/withoutBlanks';
import type { MidPilotDetails } from './outputSchemas';
import { readResult, type SavedResult } from './result';
import { crawlStatus, isEmptyReason, isNotFound } from './words';

const NOT_FOUND_WARNING = 'midPilot could not find the crawl, or cannot look it up at the moment.';

const toProgress = objectOf({
	stage: toText,
	message: toText,
	// Of the session's other work, which can be listed too.
	processedDocuments: toCount,
	currentDocument: objectOf({ docId: toText, processedChunks: toCount }),
});

/** A job in a status answer, or in a session's list of jobs. Only its id or its status has to be there. */
const toJob = onlyIf(
	objectOf({
		jobId: toText,
		type: toText,
		status: toExactText,
		createdAt: toIsoTime,
		startedAt: toIsoTime,
		updatedAt: toIsoTime,
		finishedAt: toIsoTime,
		progress: toProgress,
		result: asItIs,
		errors: (value) => toErrors(value),
	}),
	({ jobId, status }) => jobId !== null || status !== null,
);

type MidPilotJob = Reading<typeof toJob>;

/**
 * What an answer of midPilot says about a crawl.
 * @param noReason the failure of a failed crawl for which the answer gives none
 * @see the "Get Scrape Status" page of midPilot's API documentation
 * @throws {RequestFault} of kind `passing` when the body is no job
 */
export function readStatus(
	body: unknown,
	reference: JobReference,
	noReason = 'midPilot reports the crawl as failed and gives no reason',
): StatusReading {
	const job = parseBody(toJob, body, 'midPilot crawl');
	const status = crawlStatus(job.status);
	const isMissing = isNotFound(job.status);
	const result = readResult(job.result);
	const jobId = job.jobId ?? reference.jobId ?? '';
	const { counters, warnings } = readCounters(fieldOf(body, 'progress'), {
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
		failure: status === 'failed' ? { message: failureMessage(job, noReason), code: null } : null,
		createdAt: job.createdAt,
		startedAt: job.startedAt,
		updatedAt: job.updatedAt,
		finishedAt: job.finishedAt,
		details: detailsOf(job, result),
	});
	return {
		job: isMissing ? { ...crawl, warnings: [NOT_FOUND_WARNING] } : crawl,
		isMissing,
		activity: activityOf(job),
	};
}

/** What moves from one answer to the next: a crawl has four rounds at most, which is little to go by. */
function activityOf({ progress, errors }: MidPilotJob): unknown {
	return [
		progress?.stage ?? null,
		progress?.message ? publicText(progress.message) : null,
		progress?.processedDocuments ?? null,
		progress?.currentDocument ?? null,
		errors.length,
	];
}

/** The fields of an error that can hold its text, the best first. */
const MESSAGE_FIELDS = ['message', 'msg', 'detail', 'error', 'errors', 'description', 'title'];

/** Errors can hold errors; deeper ones than this are no server's. */
const DEEPEST_ERROR = 5;

/**
 * The lines of `errors`. The server's code has a list of texts; by the documentation's example an
 * entry can be an object, and FastAPI's own have their text in `msg`, or under `detail`.
 */
function toErrors(value: unknown, depth = 0): string[] {
	if (depth > DEEPEST_ERROR) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => toErrors(entry, depth + 1));
	if (typeof value !== 'object' || value === null) {
		const line = toText(value);
		return line === null ? [] : [line];
	}
	const fields = new Map(Object.entries(value));
	for (const name of MESSAGE_FIELDS) {
		const lines = toErrors(fields.get(name), depth + 1);
		if (lines.length > 0) return lines;
	}
	const isFlat = [...fields.values()].every((entry) => typeof entry !== 'object');
	if (isFlat) return fields.size === 0 ? [] : [JSON.stringify(value)];
	// Errors by what they are about, such as the address of a page. The fields above have given nothing.
	return [...fields]
		.filter(([name]) => !MESSAGE_FIELDS.includes(name))
		.flatMap(([name, entry]) => toErrors(entry, depth + 1).map((line) => `${name}: ${line}`));
}

const MAX_SHOWN_ERRORS = 10;

/** The errors for a person. A line that was only the frame of a stack has nothing left to say. */
function publicErrors({ errors }: MidPilotJob): { lines: string[]; more: number } {
	const shown = errors.slice(0, MAX_SHOWN_ERRORS);
	return {
		lines: shown.map(publicText).filter((line) => line !== ''),
		more: errors.length - shown.length,
	};
}

function failureMessage(job: MidPilotJob, noReason: string): string {
	const { lines } = publicErrors(job);
	const reason = lines.length > 0 ? lines.join('; ') : job.progress?.message;
	return publicText(reason ?? '') || noReason;
}

function jobWarnings(job: MidPilotJob, status: CrawlStatus, result: SavedResult): string[] {
	const { finishReason, savedPages } = result;
	const isEmpty = savedPages === 0 || (savedPages === null && isEmptyReason(finishReason));
	const { lines, more } = publicErrors(job);
	return [
		...(job.status === null ? [noStatusWarning('midPilot')] : []),
		...(status === 'succeeded' && isEmpty
			? [`The crawl has finished but saved nothing (finish reason: ${finishReason ?? 'none'}).`]
			: []),
		...lines,
		...(more > 0 ? [`There are ${more} more errors.`] : []),
	];
}

function detailsOf(
	{ type, progress }: MidPilotJob,
	{ finishReason, savedPages, savedChunks }: SavedResult,
): MidPilotDetails {
	return withoutNulls<MidPilotDetails>({
		type,
		// Rounds over all pages found so far, by the server's code; its documentation says pages.
		progressUnit: 'iterations',
		stage: progress?.stage,
		message: progress?.message ? publicText(progress.message) : null,
		finishReason,
		savedPages,
		savedChunks,
	});
}
