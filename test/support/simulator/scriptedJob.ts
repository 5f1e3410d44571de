import { isFinal, type JobPhase, type JobView, type SimulatedJob } from './job';
import type { CompleteScript, FaultAction } from './jobScript';
import { scriptedPage, scriptedPendingPage } from './scriptedPage';

/** The share of its duration for which a scripted job is queued. */
const QUEUED_SHARE = 0.1;
/** The "pages in flight" of a scripted job, and how long they take to finish after a cancel. */
const IN_FLIGHT_PAGES = 2;
const DRAIN_MS = 300;

interface Counts {
	total: number;
	/** Pages finished, well or not. */
	done: number;
	cancelled: number;
}

/**
 * A job that follows a script in place of a site.
 * Its clock starts when it is looked up for the first time, by a status check or in a list.
 */
export class ScriptedJob<Script extends CompleteScript = CompleteScript> implements SimulatedJob {
	readonly jobId: string;
	private clockStartedAt: number | null = null;
	private cancelledAfterMs: number | null = null;
	private checks = 0;

	constructor(readonly script: Script) {
		this.jobId = script.jobId;
	}

	lookUp(): boolean {
		this.clockStartedAt ??= Date.now();
		return this.elapsedMs() >= this.script.visibleAfterMs;
	}

	/** Counts a status check and says which fault hits it. */
	nextFault(): FaultAction | null {
		this.checks += 1;
		const fault = this.script.faults.find(({ check }) => {
			if (check === 'all') return true;
			const [first, last] = typeof check === 'number' ? [check, check] : check;
			return this.checks >= first && this.checks <= last;
		});
		return fault?.fault ?? null;
	}

	view(): JobView {
		const at = Date.now();
		const startedAt = this.clockStartedAt ?? at;
		// A test can set the clock back.
		const elapsed = Math.max(0, at - startedAt);
		const phase = this.phaseAt(elapsed);
		const counts = this.countsAt(elapsed);
		const pages = range(0, counts.done).map((index) => scriptedPage(this.script, index, startedAt));
		const failed = pages.filter((page) => page.error !== null).length;
		return {
			at,
			phase,
			statusWord: this.statusWord(phase),
			seeds: [this.script.url],
			counts: {
				total: counts.total,
				completed: counts.done - failed,
				failed,
				cancelled: counts.cancelled,
			},
			pages,
			pending: isFinal(phase)
				? []
				: range(counts.done, counts.total).map((index) => scriptedPendingPage(this.script, index)),
			limitReached: false,
			failure: phase === 'failed' ? this.script.failureMessage : null,
			createdAt: startedAt,
			startedAt: phase === 'queued' ? null : startedAt + this.queuedMs(),
			updatedAt: startedAt + Math.min(elapsed, this.lastChangeAfterMs()),
			finishedAt: isFinal(phase) ? startedAt + this.lastChangeAfterMs() : null,
		};
	}

	cancel(): number | null {
		const elapsed = this.elapsedMs();
		if (isFinal(this.phaseAt(elapsed))) return null;
		const { total, done } = this.countsAt(elapsed);
		this.cancelledAfterMs = elapsed;
		return Math.min(IN_FLIGHT_PAGES, total - done);
	}

	stop(): void {
		// It is nothing but a clock: there is no work to end.
	}

	private elapsedMs(): number {
		const now = Date.now();
		return now - (this.clockStartedAt ?? now);
	}

	private queuedMs(): number {
		return this.script.durationMs * QUEUED_SHARE;
	}

	private lastChangeAfterMs(): number {
		return this.cancelledAfterMs ?? this.script.durationMs;
	}

	private isOver(elapsed: number): boolean {
		return this.script.outcome !== 'never' && elapsed >= this.script.durationMs;
	}

	private phaseAt(elapsed: number): JobPhase {
		if (this.cancelledAfterMs !== null) return 'cancelled';
		if (this.isOver(elapsed)) return this.finalPhase();
		return elapsed < this.queuedMs() ? 'queued' : 'running';
	}

	private finalPhase(): JobPhase {
		const { outcome } = this.script;
		return outcome === 'failed' || outcome === 'cancelled' ? outcome : 'succeeded';
	}

	private statusWord(phase: JobPhase): string | null {
		const { status } = this.script;
		if (status === undefined || typeof status === 'string') return status ?? null;
		return (isFinal(phase) ? status.final : status.running) ?? null;
	}

	private countsAt(elapsed: number): Counts {
		if (this.cancelledAfterMs !== null) return this.countsAfterCancel(elapsed);
		const { pages, outcome } = this.script;
		if (!this.isOver(elapsed)) return this.countsWhileRunning(elapsed);
		const done = this.pagesDoneInTheEnd();
		return { total: pages, done, cancelled: outcome === 'cancelled' ? pages - done : 0 };
	}

	private countsWhileRunning(elapsed: number): Counts {
		const { pages, progress, durationMs } = this.script;
		if (progress === 'none') return { total: 0, done: 0, cancelled: 0 };
		const time = elapsed >= durationMs ? 1 : elapsed / durationMs;
		const done = Math.floor(curve(progress, time) * this.pagesDoneInTheEnd());
		if (progress !== 'growingTotal') return { total: pages, done, cancelled: 0 };
		const discovered = Math.ceil(pages * (0.25 + 0.75 * time));
		return { total: Math.min(pages, Math.max(done + 1, discovered)), done, cancelled: 0 };
	}

	private countsAfterCancel(elapsed: number): Counts {
		const cancelledAfter = this.cancelledAfterMs ?? 0;
		const { total, done } = this.countsWhileRunning(cancelledAfter);
		const inFlight = Math.min(IN_FLIGHT_PAGES, total - done);
		const drained = elapsed - cancelledAfter >= DRAIN_MS ? inFlight : 0;
		return { total, done: done + drained, cancelled: total - done - inFlight };
	}

	private pagesDoneInTheEnd(): number {
		const { outcome, pages } = this.script;
		if (outcome === 'never') return Math.max(0, pages - 1);
		return outcome === 'failed' || outcome === 'cancelled' ? Math.floor(pages / 2) : pages;
	}
}

/** The share of the pages that are done after a share of the time. */
function curve(progress: CompleteScript['progress'], time: number): number {
	if (progress === 'frontLoaded') return 1 - (1 - time) ** 3;
	if (progress === 'bursty') return Math.floor(time * 4) / 4;
	return time;
}

function range(from: number, to: number): number[] {
	return Array.from({ length: to - from }, (_none, index) => from + index);
}
