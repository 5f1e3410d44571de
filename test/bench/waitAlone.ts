import type { Pace } from '../../nodes/shared/waiting/pace';
import type { EarlierCrawls } from '../../nodes/shared/waiting/earlier';
import { afterCheck, initialState, type WaitPolicy } from '../../nodes/shared/waiting/wait';
import { endAfter } from './endOfLoop';
import { drawAnswerTime, jobAt, type SimulatedJob } from './simulatedJob';

/** What one wait cost, and when it ended; both times count from the end of its job. */
export interface WaitResult {
	requests: number;
	/** Until the server was asked: what a schedule can do something about. */
	delayMs: number;
	/** Until the answer was there. */
	noticedMs: number;
}

/** Many more than two days have room for. */
const MOST_CHECKS = 100_000;

/** Never ends a wait before its job has ended. */
export function patientPolicy(pace: Pace): WaitPolicy {
	return { deadlineMs: Infinity, stallMs: 0, maxFailuresInRow: 0, pace, minGapMs: 0 };
}

/**
 * Waits for one job on a simulated clock, with the node's own rules.
 * @param retryAfterMs the pause that the server asks for in each answer; `null` = none
 * @param earlier what is known of earlier crawls; `null` = nothing
 */
export function waitAlone(
	job: SimulatedJob,
	pace: Pace,
	random: () => number,
	retryAfterMs: number | null = null,
	earlier: EarlierCrawls | null = null,
): WaitResult {
	const policy = patientPolicy(pace);
	let state = { ...initialState(0), earlier };
	const nextRound = endAfter(MOST_CHECKS);
	for (;;) {
		nextRound();
		const answerMs = drawAnswerTime(job, random);
		const now = state.nextCheckAt + answerMs;
		const askedAt = now - answerMs / 2;
		const check = { job: jobAt(job, askedAt), pauseMs: retryAfterMs };
		const transition = afterCheck(state, check, policy, now, random());
		state = transition.state;
		if (transition.verdict.kind !== 'continue') {
			return {
				requests: state.checks,
				delayMs: askedAt - job.endsAt,
				noticedMs: now - job.endsAt,
			};
		}
	}
}
