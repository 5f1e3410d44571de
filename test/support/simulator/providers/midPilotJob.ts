import { createHash } from 'node:crypto';
import { isFinal, statusWordOf, type JobView, type PageView } from '../job';
import type { JobEntry } from '../jobTable';

/** Scraping rounds: each takes the links of the round before it. */
export const MAX_ITERATIONS = 4;

/** The provider knows no cancellation: a cancelled job is a failed one. */
const STATUS_WORDS = {
	queued: 'queued',
	running: 'running',
	succeeded: 'finished',
	failed: 'failed',
	cancelled: 'failed',
} as const;

const CHUNK_CHARACTERS = 200;

/** The type of a scrape; those of a session's other work begin with another word. */
export const SCRAPE_TYPE = 'scrape.getRelevantDocumentation';

export interface MidPilotEntry extends JobEntry {
	sessionId: string;
	type: string;
	/** `documentations`: the current result keys; `pages`: those of the older documentation. */
	resultKeys: 'documentations' | 'pages';
	/** Whether the result is that of an earlier job with the same input. */
	reused: boolean;
}

/** The status answer; fields without a value are left out. */
export function jobStatus(entry: MidPilotEntry): object {
	const view = entry.job.view();
	const errors = errorsOf(view);
	return {
		jobId: entry.job.jobId,
		status: statusWordOf(view, STATUS_WORDS),
		createdAt: iso(view.createdAt),
		...(view.startedAt !== null && { startedAt: iso(view.startedAt) }),
		updatedAt: iso(view.updatedAt),
		progress: progressOf(view),
		...(view.phase === 'succeeded' && { result: resultOf(entry, view) }),
		...(errors.length > 0 && { errors }),
	};
}

/** The job as the session's job list shows it. */
export function jobListItem({ job, type }: MidPilotEntry): object {
	const view = job.view();
	return {
		jobId: job.jobId,
		type,
		status: statusWordOf(view, STATUS_WORDS),
		createdAt: iso(view.createdAt),
		updatedAt: iso(view.updatedAt),
		...(view.startedAt !== null && { startedAt: iso(view.startedAt) }),
		...(view.finishedAt !== null && { finishedAt: iso(view.finishedAt) }),
	};
}

function progressOf(view: JobView): object {
	if (view.phase === 'queued') return { stage: 'queue', message: 'Waiting in the queue' };
	return {
		stage: stageOf(view),
		message: 'Scraping documentation pages',
		completedIterations: completedIterations(view),
		totalIterations: MAX_ITERATIONS,
	};
}

function stageOf(view: JobView): string {
	// A job without a start page says finished in its status and failed in its stage.
	if (view.phase === 'succeeded') return view.seeds.length === 0 ? 'failed' : 'finished';
	// The stage is not brought up to date when a job fails.
	return view.pages.length < 2 ? 'scraping' : 'processing_chunks';
}

/** A round is complete when none of its pages is left. */
function completedIterations({ phase, pages, pending }: JobView): number {
	const openRounds = pending.map((page) => page.depth);
	const lastRound = Math.max(0, ...pages.map((page) => page.depth));
	return isFinal(phase) || openRounds.length === 0 ? lastRound : Math.min(...openRounds) - 1;
}

function errorsOf(view: JobView): string[] {
	const pageErrors = view.pages.flatMap(({ url, error }) =>
		error ? [`${url}: ${error.message}`] : [],
	);
	if (view.phase === 'cancelled') return [...pageErrors, 'Job cancelled/interrupted'];
	return view.failure === null ? pageErrors : [...pageErrors, view.failure];
}

function resultOf(entry: MidPilotEntry, view: JobView): object {
	const pages = view.pages.filter((page) => page.error === null);
	const finishReason = finishReasonOf(entry, view);
	return entry.resultKeys === 'pages'
		? pagesResult(finishReason, pages)
		: documentationsResult(finishReason, pages, entry.job.jobId);
}

function finishReasonOf({ reused }: MidPilotEntry, view: JobView): string {
	if (view.seeds.length === 0) return 'no-starter-links';
	if (reused) return 'reused_previous_session_data';
	return view.limitReached ? 'max-iterations-reached' : 'no-more-links';
}

function pagesResult(finishReason: string, pages: PageView[]): object {
	return {
		// The older documentation writes it with underscores.
		finishReason: finishReason.replaceAll('-', '_'),
		savedPagesCount: pages.length,
		pageChunksCount: pages.flatMap(chunksOf).length,
		savedPages: Object.fromEntries(
			pages.map((page) => [
				page.url,
				{ title: page.title, chunks: chunksOf(page).length, scrapedAt: iso(page.finishedAt) },
			]),
		),
	};
}

function documentationsResult(finishReason: string, pages: PageView[], jobId: string): object {
	return {
		finishReason,
		savedDocumentationsCount: pages.length,
		savedChunksCount: pages.flatMap(chunksOf).length,
		savedDocumentations: pages.map((page) => ({
			docId: uuidOf(page.id),
			chunks: chunksOf(page).map((content, index) => ({
				chunkId: uuidOf(`${page.id} ${index}`),
				source: 'scraper',
				url: page.url,
				summary: page.title,
				content,
				'@metadata': { chunk_number: index + 1, length: content.length },
				createdAt: iso(page.finishedAt),
				scrapeJobIds: [jobId],
			})),
		})),
	};
}

function chunksOf({ markdown }: PageView): string[] {
	const count = Math.max(1, Math.ceil(markdown.length / CHUNK_CHARACTERS));
	return Array.from({ length: count }, (_none, index) =>
		markdown.slice(index * CHUNK_CHARACTERS, (index + 1) * CHUNK_CHARACTERS),
	);
}

/** A UUID that is the same for the same text. */
function uuidOf(text: string): string {
	const digits = createHash('sha256').update(text).digest('hex');
	const parts = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(13, 16)];
	return `${parts[0]}-${parts[1]}-4${parts[2]}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

function iso(epochMs: number): string {
	return new Date(epochMs).toISOString();
}
