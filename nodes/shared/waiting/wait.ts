import type { CrawlJob } from '../crawlJob';
import { RequestFault } from '../errors';
import type { EarlierCrawls, UsualEnd } from './earlier';
import { forecastEnd, trackProgress, usualEndAt, type ProgressTrack } from './forecast';
import { nextDelayMs, retryDelayMs, shortestOutageMs, spreadPauseMs, type Pace } from './pace';

/** The rules of one item's wait. Times are milliseconds. */
export interface WaitPolicy {
	deadlineMs: number;
	/** After this long without progress the wait ends; 0 = never. */
	stallMs: number;
	/**
	 * Passing faults in a row that make the item an error, unless they came in moments; 0 = as many
	 * as the deadline allows.
	 */
	maxFailuresInRow: number;
	pace: Pace;
	/**
	 * The minimum time between two checks, whatever the pace: parking an execution for less than a
	 * minute does not free its memory. 0 if nothing is parked.
	 */
	minGapMs: number;
}

/** The state of a wait between two checks, in plain JSON of constant size. */
export interface WaitState {
	startedAt: number;
	/** When the next check is due; it is later if it has to queue. */
	nextCheckAt: number;
	checks: number;
	failuresInRow: number;
	/** When the first of the failures in a row was; `null` without one. */
	failingSince: number | null;
	/** How long the next answer may take; grows with each that takes longer. */
	timeoutMs: number;
	/** Since when the provider has been saying that there is no such job. */
	missingSince: number | null;
	/** The job that the first good check found; some references leave it open. */
	jobId: string | null;
	/** A fingerprint of the last good check, to detect progress; `null` before the first. */
	lastSeen: string | null;
	progressAt: number;
	/** The provider's own time of the last change, as the last good check saw it. */
	lastChange: string | null;
	/** Since when neither what a check sees nor the provider's time of the last change has moved. */
	stillSince: number;
	track: ProgressTrack | null;
	/** What earlier crawls tell; `null` until it has been asked for. */
	earlier: EarlierCrawls | null;
	/** Until when the server wants no request, whoever of the account was told so; 0 for no pause. */
	pausedUntil: number;
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
	/** The job for this wait: final only if its end is certain enough to act on. */
	job: CrawlJob;
}

/** A job as one check found it. */
export interface FoundJob {
	job: CrawlJob;
	/** Set when the end of the job is only deduced: the job as it stands without that. */
	unconfirmed?: CrawlJob;
	/** What else moves while the crawl goes on, beside its status and counters; without times. */
	activity?: unknown;
	/** How long the server asks to pause before the next request, in milliseconds. */
	pauseMs: number | null;
	/** What earlier crawls tell, when this check has brought it to light. */
	earlier?: EarlierCrawls;
}

/**
 * A new job may not be visible at once. Only a job that stays unknown this long, over this many
 * checks, is an error.
 */
const MISSING_GRACE_MS = 10_000;
const MISSING_MIN_CHECKS = 3;
/**
 * The same for a job that was found before: jobs are rarely deleted while somebody waits for them,
 * whereas gateways that restart, and one provider while its database is busy, say "not found" of
 * everything.
 */
const GONE_GRACE_MS = 60_000;

/**
 * How long a crawl must show no change before a deduced end counts. A crawl that has not yet found
 * most of its pages can look complete for as long as one page takes to load: automated browsers wait
 * 30 seconds for a page by default.
 */
export const STANDSTILL_MS = 30_000;

/** How long an answer may take at first, and at most after some that took longer. */
const USUAL_TIMEOUT_MS = 30_000;
const LONGEST_TIMEOUT_MS = 300_000;
/** What the check at the deadline gets. */
const SHORTEST_TIMEOUT_MS = 5_000;
/** For whoever sends the request to end it first, and to say what went wrong. */
const SILENCE_GRACE_MS = 1_000;

/**
 * The longest pause that is kept because an answer which is fine asked for it: a server may mean
 * its cache, and a crawl that nobody looks at for hours is as good as lost.
 */
const LONGEST_ASKED_PAUSE_MS = 5 * 60_000;
/** A pause that is longer than this is told to the user. */
const TOLD_PAUSE_MS = 60_000;

/** The state of a wait that begins at `now` and checks at once. */
export function initialState(now: number): WaitState {
	return {
		startedAt: now,
		nextCheckAt: now,
		checks: 0,
		failuresInRow: 0,
		failingSince: null,
		timeoutMs: USUAL_TIMEOUT_MS,
		missingSince: null,
		jobId: null,
		lastSeen: null,
		progressAt: now,
		lastChange: null,
		stillSince: now,
		track: null,
		earlier: null,
		pausedUntil: 0,
	};
}

/** A state out of a saved execution: one of an older version of this package has fewer fields. */
export function restoreState(saved: Partial<WaitState> & Pick<WaitState, 'startedAt'>): WaitState {
	return { ...initialState(saved.startedAt), ...saved };
}

/** When the wait ends at the latest. */
export function deadlineAt(state: WaitState, policy: WaitPolicy): number {
	return state.startedAt + policy.deadlineMs;
}

/** The state of a wait that makes no check before the end of a pause, but for the last one. */
export function pausedState(state: WaitState, policy: WaitPolicy, until: number): WaitState {
	const dueAt = Math.min(until, deadlineAt(state, policy));
	return { ...state, pausedUntil: until, nextCheckAt: Math.max(state.nextCheckAt, dueAt) };
}

/** What follows from a check that found the job. `random` is a number from 0 to below 1. */
export function afterCheck(
	state: WaitState,
	found: FoundJob,
	policy: WaitPolicy,
	now: number,
	random: number,
): FoundTransition {
	const lastSeen = fingerprint(found);
	const hasMoved = lastSeen !== state.lastSeen;
	const lastChange = found.job.updatedAt;
	const isStill = !hasMoved && lastChange === state.lastChange;
	const earlier = found.earlier ?? state.earlier;
	const track = trackProgress(state.track, found.job.progress, now, earlier?.total?.median ?? null);
	const next: WaitState = {
		...state,
		checks: state.checks + 1,
		failuresInRow: 0,
		failingSince: null,
		missingSince: null,
		// An answer that does not name its job leaves it open.
		jobId: state.jobId ?? (found.job.jobId === '' ? null : found.job.jobId),
		lastSeen,
		progressAt: hasMoved ? now : state.progressAt,
		lastChange,
		stillSince: isStill ? state.stillSince : now,
		track,
		earlier,
	};
	const job = believedJob(found, now - next.stillSince);
	const end = (reason: WaitReason): FoundTransition => ({
		job,
		state: next,
		verdict: { kind: 'end', reason },
	});
	if (job.isFinal) return end('final');
	if (now >= deadlineAt(next, policy)) return end('deadline');
	const stallsAt = policy.stallMs > 0 ? next.progressAt + policy.stallMs : Infinity;
	if (now >= stallsAt) return end('stalled');

	// The answer to another wait's check can come before this one's check is due.
	const dueAt = Math.min(state.nextCheckAt, now);
	const made = { dueMs: dueAt - state.startedAt, lateMs: now - dueAt };
	const usualEnd = usualEndOf(next);
	const knowledge = usualEnd && { usualEnd, checks: next.checks };
	const delayMs = nextDelayMs(policy.pace, made, forecastEnd(track), random, knowledge);
	const pauseMs = keptPauseMs(found.pauseMs);
	const wantedAt = Math.min(now + Math.max(delayMs, pauseMs), stallsAt);
	return {
		job: withPauseWarning(job, found.pauseMs ?? 0, pauseMs),
		...checkAgain(next, policy, now, wantedAt),
	};
}

/** When the crawl would end if it were like those before it; its pages tell more than its time. */
function usualEndOf({ earlier, track, startedAt }: WaitState): UsualEnd | null {
	if (earlier === null) return null;
	const { length, total, headStartMs } = earlier;
	const endsAt = usualEndAt(track);
	if (total === null || endsAt === null) return length && { length, headStartMs };
	const median = Math.max(1, headStartMs + endsAt - startedAt);
	// Counters tell nothing that is finer than a page.
	const spread = Math.hypot(total.spread, 1 / total.median);
	return { length: { median, spread }, headStartMs };
}

/** As much of the pause that an answer asked for as is kept, in milliseconds. */
export function keptPauseMs(pauseMs: number | null): number {
	return Math.min(pauseMs ?? 0, LONGEST_ASKED_PAUSE_MS);
}

function withPauseWarning(job: CrawlJob, askedMs: number, keptMs: number): CrawlJob {
	if (askedMs <= TOLD_PAUSE_MS) return job;
	const asked = `The server asked for a pause of ${Math.round(askedMs / 1000)} seconds`;
	const kept = `The crawl is checked again after ${Math.round(keptMs / 1000)} seconds.`;
	return { ...job, warnings: [...job.warnings, `${asked}. ${kept}`] };
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
	const next: WaitState = {
		...state,
		checks: state.checks + 1,
		failuresInRow,
		failingSince: state.failingSince ?? now,
		missingSince: fault.kind === 'missing' ? (state.missingSince ?? now) : null,
		timeoutMs: fault.isTimeout
			? Math.min(LONGEST_TIMEOUT_MS, 2 * state.timeoutMs)
			: state.timeoutMs,
	};

	if (isGivenUp(next, fault, policy, now)) {
		const error = fault.kind === 'missing' && state.lastSeen !== null ? gone(fault) : fault;
		return { state: next, verdict: { kind: 'error', error } };
	}
	if (now >= deadlineAt(next, policy)) {
		// There is nothing to report about a job that no check has found.
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

/** For how long after its deadline a wait stands by a server that does not respond, in milliseconds. */
export const LAST_PATIENCE_MS = SHORTEST_TIMEOUT_MS + SILENCE_GRACE_MS;

/** When there is no time left for the answer to a request that was sent at `sentAt`. */
export function silentAt(state: WaitState, policy: WaitPolicy, sentAt: number): number {
	// A wait that was suspended can make its last check long after the deadline.
	return Math.max(deadlineAt(state, policy), sentAt) + LAST_PATIENCE_MS;
}

/**
 * The verdict on a wait whose answer is still under way when there is no time left.
 * @param sentAt when its request was sent, in milliseconds since the epoch
 * @returns `null` while there is time
 */
export function afterSilence(
	state: WaitState,
	policy: WaitPolicy,
	sentAt: number,
	now: number,
	silence: RequestFault,
): Transition | null {
	if (now < silentAt(state, policy, sentAt)) return null;
	const verdict: Verdict =
		state.lastSeen === null
			? { kind: 'error', error: silence }
			: { kind: 'end', reason: 'deadline' };
	return { state: { ...state, checks: state.checks + 1 }, verdict };
}

/** How long the answer to the next check may take, in milliseconds: not much beyond the deadline. */
export function timeoutFor(state: WaitState, policy: WaitPolicy, now: number): number {
	const untilDeadline = deadlineAt(state, policy) - now;
	return Math.max(SHORTEST_TIMEOUT_MS, Math.min(state.timeoutMs, untilDeadline));
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

function isGivenUp(
	state: WaitState,
	fault: RequestFault,
	policy: WaitPolicy,
	now: number,
): boolean {
	if (fault.kind === 'permanent') return true;
	const graceMs = state.lastSeen === null ? MISSING_GRACE_MS : GONE_GRACE_MS;
	const staysMissing =
		state.missingSince !== null &&
		state.failuresInRow >= MISSING_MIN_CHECKS &&
		now - state.missingSince >= graceMs;
	if (staysMissing) return true;
	// A provider that does not know a crawl yet has not failed.
	if (fault.kind === 'missing') return false;
	const { maxFailuresInRow, pace } = policy;
	if (maxFailuresInRow === 0 || state.failuresInRow < maxFailuresInRow) return false;
	return now - (state.failingSince ?? now) >= shortestOutageMs(pace, maxFailuresInRow);
}

/** The fault of a job that was found before, and that the provider can no longer find. */
function gone(fault: RequestFault): RequestFault {
	const { httpStatus, pauseMs } = fault;
	return new RequestFault('missing', `${fault.message}, although it was found before`, {
		advice:
			"Check whether somebody has deleted it. If the provider keeps finished crawls only for a short time, set 'Responsiveness' to 'Eager' to notice the end sooner.",
		pauseMs,
		httpStatus,
	});
}

/** What a look at a job shows of its progress: another one shows that the job has moved. */
export function fingerprint({ job, activity }: Pick<FoundJob, 'job' | 'activity'>): string {
	const { total, completed, failed, cancelled } = job.progress;
	const seen = [job.status, job.rawStatus, total, completed, failed, cancelled];
	return JSON.stringify(activity === undefined ? seen : [...seen, activity]);
}
