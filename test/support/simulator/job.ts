/** The providers the simulator speaks for; the ids are the ones the package uses everywhere. */
export const PROVIDER_IDS = ['highLevel', 'convocore', 'geonode', 'midPilot', 'pathors'] as const;

export type ProviderId = (typeof PROVIDER_IDS)[number];

export type JobPhase = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** A page a crawl is done with: either its content or its error is there. */
export interface PageView {
	/** 24 hexadecimal digits, the same for the same job and address. */
	id: string;
	url: string;
	parentUrl: string | null;
	/** 1 for a seed. */
	depth: number;
	/** null when no answer came at all. */
	httpStatus: number | null;
	title: string;
	html: string;
	markdown: string;
	/** Every http(s) address the page links to, followed or not. */
	links: string[];
	durationMs: number;
	/** Epoch milliseconds. */
	finishedAt: number;
	/** null when the page made it. */
	error: { code: string; message: string } | null;
}

/** A page which is known to a crawl and not done yet. */
export interface PendingPage {
	url: string;
	depth: number;
}

/** What a job looks like at one moment. Times are epoch milliseconds. */
export interface JobView {
	/** The moment: all that an answer says is of one, or a page is counted by one line and not by the next. */
	at: number;
	phase: JobPhase;
	/** A provider status word to show in place of the one that belongs to the phase. */
	statusWord: string | null;
	seeds: string[];
	/** `total` counts the pages discovered so far. */
	counts: { total: number; completed: number; failed: number; cancelled: number };
	/** Finished pages, oldest first. */
	pages: PageView[];
	/** Discovered and unfinished pages, next first. */
	pending: PendingPage[];
	/** Whether links were left alone because a depth or page limit was reached. */
	limitReached: boolean;
	/** Why the job failed; null unless it did. */
	failure: string | null;
	createdAt: number;
	startedAt: number | null;
	updatedAt: number;
	finishedAt: number | null;
}

/** A job as the providers see it, be it a real crawl or a scripted one. */
export interface SimulatedJob {
	readonly jobId: string;
	/**
	 * To be called whenever a client asks for the job or lists it.
	 * @returns false while the provider does not know the job yet
	 */
	lookUp(): boolean;
	view(): JobView;
	/**
	 * Stops taking up pages; those in flight are still finished.
	 * @returns the number of pages in flight, or null when the job is final already
	 */
	cancel(): number | null;
	/** Ends all work at once, as for a deleted job. */
	stop(): void;
}

/** Whether a job in this phase will not change its phase any more. */
export function isFinal(phase: JobPhase): boolean {
	return phase !== 'queued' && phase !== 'running';
}

/** The status word of a job: the literal one it carries, else its phase's in the provider's words. */
export function statusWordOf(view: JobView, words: Record<JobPhase, string>): string {
	return view.statusWord ?? words[view.phase];
}
