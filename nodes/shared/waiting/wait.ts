import type { RequestFault } from '../errors';
import type { CrawlJob } from '../crawlJob';
import { forecastEnd, trackProgress, type ProgressTrack } from './forecast';
import { nextDelayMs, retryDelayMs, spreadPauseMs, type Pace } from './pace';

/** The rules of one item's wait. Times are milliseconds. */
export interface WaitPolicy {
	deadlineMs: number;
	/** After this long without progress the wait ends; 0 = never. */
	stallMs: number;
	/** Passing faults in a row that make the item an error; 0 = as many as the deadline allows. */
	maxFailuresInRow: number;
	pace: Pace;
	/**
	 * The least time between two checks, above what the pace wants: parking an execution for less
	 * than a minute does not free it. 0 where nothing is parked.
	 */
	minGapMs: number;
}

/** All that a wait remembers between two checks: of constant size, and plain JSON. */
export interface WaitState {
	startedAt: number;
	/** When the next check is due; it is made later where it has to queue. */
	nextCheckAt: number;
	checks: number;
	failuresInRow: number;
	/** Since when the provider has been saying that there is no such job. */
	missingSince: number | null;
	/** The job that the first good check found; some references leave it open. */
	jobId: string | null;
	/** What the last good check saw, to tell progress from standstill; `null` before the first. */
	lastSeen: string | null;
	progressAt: number;
	track: ProgressTrack | null;
}

export type WaitReason = 'final' | 'deadline' | 'stalled' | 'checkedOnce';

/** What follows from a check. */
export type Verdict =
	| { kind: 'continue' }
	| { kind: 'end'; reason: WaitReason }
	| { kind: 'error'; error: Error };

/** The state after a check, and what follows from it. */
export interface Transition {
	state: WaitState;
	verdict: Verdict;
}

/** The same after a check that found the job. */
export interface FoundTransition extends Transition {
	/** The job as the wait takes it: final only where its end is certain enough to act on. */
	job: CrawlJob;
}

/** A job as one check found it. */
export interface FoundJob {
	job: CrawlJob;
	/** Set when the end of the job is only deduced: the job as it stands without that. */
	unconfirmed?: CrawlJob;
	/** How long the server asks to pause before the next request, in milliseconds. */
	pauseMs: number | null;
}

/**
 * A new job may not be visible at once, and one provider says "not found" while its database is
 * busy. Only a job that stays unknown this long, over this many checks, is an error.
 */
const MISSING_GRACE_MS = 10_000;
const MISSING_MIN_CHECKS = 3;

/**
 * How long a crawl has to stand still before an end that is only deduced is believed. One that has
 * yet to find most of its pages can look complete for as long as it takes to load one of them:
 * browsers that are driven by programs give a page 30 seconds by default.
 */
const STANDSTILL_MS = 30_000;

/** The state of a wait that begins at `now` and checks at once. */
export function initialState(now: number): WaitState {
	return {
		startedAt: now,
		nextCheckAt: now,
		checks: 0,
		failuresInRow: 0,
		missingSince: null,
		jobId: null,
		lastSeen: null,
		progressAt: now,
		track: null,
	};
}

/** When the wait ends at the latest. */
export function deadlineAt(state: WaitState, policy: WaitPolicy): number {
	return state.startedAt + policy.deadlineMs;
}

/** What follows from a check that found the job. `random` is a number from 0 to below 1. */
export function afterCheck(
	state: WaitState,
	found: FoundJob,
	policy: WaitPolicy,
	now: number,
	random: number,
): FoundTransition {
	const lastSeen = fingerprint(found.job);
	const hasMoved = lastSeen !== state.lastSeen;
	const track = trackProgress(state.track, found.job.progress, now);
	const next: WaitState = {
		...state,
		checks: state.checks + 1,
		failuresInRow: 0,
		missingSince: null,
		jobId: state.jobId ?? found.job.jobId,
		lastSeen,
		progressAt: hasMoved ? now : state.progressAt,
		track,
	};
	const job = believedJob(found, now - next.progressAt);
	const end = (reason: WaitReason): FoundTransition => ({
		job,
		state: next,
		verdict: { kind: 'end', reason },
	});
	if (job.isFinal) return end('final');
	if (now >= deadlineAt(next, policy)) return end('deadline');
	const stallsAt = policy.stallMs > 0 ? next.progressAt + policy.stallMs : Infinity;
	if (now >= stallsAt) return end('stalled');

	// An answer that another watch asked for can come before this one's check is due.
	const dueAt = Math.min(state.nextCheckAt, now);
	const made = { dueMs: dueAt - state.startedAt, lateMs: now - dueAt };
	const delayMs = nextDelayMs(policy.pace, made, forecastEnd(track), random);
	const wantedAt = Math.min(now + Math.max(delayMs, found.pauseMs ?? 0), stallsAt);
	return { job, ...checkAgain(next, policy, now, wantedAt) };
}

/** An end that is only deduced counts once two checks, apart in time, have seen the same. */
function believedJob({ job, unconfirmed = job }: FoundJob, standstillMs: number): CrawlJob {
	return standstillMs >= STANDSTILL_MS ? job : unconfirmed;
}

/** What follows from a check that failed. `random` is a number from 0 to below 1. */
export function afterFault(
	state: WaitState,
	fault: RequestFault,
	policy: WaitPolicy,
	now: number,
	random: number,
): Transition {
	const failuresInRow = state.failuresInRow + 1;
	const missingSince = fault.kind === 'missing' ? (state.missingSince ?? now) : null;
	const next: WaitState = { ...state, checks: state.checks + 1, failuresInRow, missingSince };

	if (isBeyondHope(next, fault, policy, now)) {
		return { state: next, verdict: { kind: 'error', error: fault } };
	}
	if (now >= deadlineAt(next, policy)) {
		// A job that no check ever found has no state to report.
		const verdict: Verdict =
			state.lastSeen === null
				? { kind: 'error', error: fault }
				: { kind: 'end', reason: 'deadline' };
		return { state: next, verdict };
	}
	const delayMs = Math.max(
		retryDelayMs(policy.pace, failuresInRow, random),
		spreadPauseMs(fault.pauseMs ?? 0, failuresInRow, random),
	);
	return checkAgain(next, policy, now, now + delayMs);
}

/** The last check is at the deadline, or as soon after it as the gap allows. */
function checkAgain(
	state: WaitState,
	policy: WaitPolicy,
	now: number,
	wantedAt: number,
): Transition {
	const dueAt = Math.min(wantedAt, deadlineAt(state, policy));
	const nextCheckAt = Math.max(dueAt, now + policy.minGapMs);
	return { state: { ...state, nextCheckAt }, verdict: { kind: 'continue' } };
}

function isBeyondHope(
	state: WaitState,
	fault: RequestFault,
	policy: WaitPolicy,
	now: number,
): boolean {
	if (fault.kind === 'permanent') return true;
	const staysMissing =
		state.missingSince !== null &&
		state.failuresInRow >= MISSING_MIN_CHECKS &&
		now - state.missingSince >= MISSING_GRACE_MS;
	if (staysMissing) return true;
	return policy.maxFailuresInRow > 0 && state.failuresInRow >= policy.maxFailuresInRow;
}

function fingerprint(job: CrawlJob): string {
	const { total, completed, failed, cancelled } = job.progress;
	return JSON.stringify([job.status, job.rawStatus, total, completed, failed, cancelled]);
}
