import { RequestFault } from '../errors';
import {
	afterCheck,
	afterFault,
	afterSilence,
	type FoundJob,
	type Verdict,
	type WaitPolicy,
	type WaitState,
} from './wait';

/** A job as one check found it, with the provider's answer. */
export interface StatusCheck extends FoundJob {
	raw: unknown;
}

/** One wait. Immutable: each check gives a new one. */
export interface Wait<Target = unknown> {
	/** What it waits for. Only the `Checker` looks into it. */
	readonly target: Target;
	readonly policy: WaitPolicy;
	/** Whether to keep the provider's own answer, which can be large. */
	readonly keepsRaw: boolean;
	readonly state: WaitState;
	readonly verdict: Verdict;
	/** The last check that found the job. */
	readonly last: StatusCheck | null;
	/** What went wrong with the latest check; `null` when it found the job. */
	readonly fault: RequestFault | null;
}

/** A wait that continues from the given state. */
export function createWait<Target>(
	target: Target,
	policy: WaitPolicy,
	state: WaitState,
	keepsRaw = false,
): Wait<Target> {
	return {
		target,
		policy,
		keepsRaw,
		state,
		verdict: { kind: 'continue' },
		last: null,
		fault: null,
	};
}

/** Whether a wait has not come to an end yet. */
export function isWaiting({ verdict }: Wait): boolean {
	return verdict.kind === 'continue';
}

/** Checks that are due within this time of each other count as one. */
const SAME_ROUND_MS = 250;

/** The wait after a check whose request was sent at `sentAt` and answered at `now`. */
export function waitAfterResult<Target>(
	wait: Wait<Target>,
	result: StatusCheck | Error,
	sentAt: number,
	now: number,
	random: () => number,
): Wait<Target> {
	const { policy, state, keepsRaw } = wait;
	if (!(result instanceof Error)) {
		const { job, ...transition } = afterCheck(state, result, policy, now, random());
		const last = { ...result, job, raw: keepsRaw ? result.raw : null };
		return { ...wait, ...transition, last, fault: null };
	}
	if (!(result instanceof RequestFault)) {
		return { ...wait, verdict: { kind: 'error', error: result } };
	}
	// A check that was due for another wait does not count as a failure of this one.
	if (result.kind !== 'permanent' && sentAt < state.nextCheckAt - SAME_ROUND_MS) return wait;
	return { ...wait, ...afterFault(state, result, policy, now, random()), fault: result };
}

const SILENCE = new RequestFault('passing', 'The server did not respond in time', {
	advice:
		"Check the 'Base URL' in the credential, and that the service is running and can be reached from n8n.",
	isTimeout: true,
});

/** The wait that has no time left at `now` for an answer to what was sent at `sentAt`; `null` if it has. */
export function waitAfterSilence<Target>(
	wait: Wait<Target>,
	sentAt: number,
	now: number,
): Wait<Target> | null {
	const transition = afterSilence(wait.state, wait.policy, sentAt, now, SILENCE);
	return transition && { ...wait, ...transition, fault: SILENCE };
}
