import { createCrawlJob } from '../../nodes/shared/crawlJob';
import { PACES, type Pace } from '../../nodes/shared/waiting/pace';
import {
	afterCheck,
	initialState,
	type WaitPolicy,
	type WaitState,
} from '../../nodes/shared/waiting/wait';
import { endAfter } from '../bench/endOfLoop';
import { seededRandom } from '../bench/random';
import { patientPolicy } from '../bench/waitAlone';

/** Many more than any wait makes in the time that these tests look at. */
const MOST_CHECKS = 50_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const running = createCrawlJob({
	provider: 'any',
	jobId: 'a',
	reference: { jobId: 'a' },
	status: 'running',
	rawStatus: null,
});

const fixed: Pace = { kind: 'fixed', intervalMs: 10 * SECOND };
const PACES_AND_FIXED = [...Object.entries(PACES), ['fixed', fixed]] as [string, Pace][];

/** The wait after a check that found the job and was answered at `now`. */
function answered(
	state: WaitState,
	policy: WaitPolicy,
	now: number,
	random = 0,
	pauseMs: number | null = null,
): WaitState {
	return afterCheck(state, { job: running, pauseMs }, policy, now, random).state;
}

/** When the checks of a wait are due, if they are answered so much later as `lateMs` draws. */
function dueTimes(pace: Pace, untilMs: number, lateMs: () => number): number[] {
	const random = seededRandom(1);
	const times: number[] = [];
	let state = initialState(0);
	const nextRound = endAfter(MOST_CHECKS);
	while (state.nextCheckAt < untilMs) {
		nextRound();
		times.push(state.nextCheckAt);
		const now = state.nextCheckAt + lateMs();
		state = answered(state, patientPolicy(pace), now, random());
	}
	return times;
}

describe.each(PACES_AND_FIXED)('a wait at the pace %s', (_, pace) => {
	const punctual = () => dueTimes(pace, HOUR, () => 0);

	it('checks when it would have checked if no check had had to queue', () => {
		const lateness = seededRandom(2);
		const queued = dueTimes(pace, HOUR, () => 2 * SECOND * lateness());
		expect(queued.map(Math.round)).toEqual(punctual().map(Math.round));
	});

	it('makes no more checks of a server that answers slower than it is asked', () => {
		const slow = dueTimes(pace, HOUR, () => 25 * SECOND);
		expect(slow.length).toBeLessThan(punctual().length);
	});

	it('makes up for no check that it missed while the process was suspended', () => {
		let state = initialState(0);
		for (let check = 0; check < 5; check++) {
			state = answered(state, patientPolicy(pace), state.nextCheckAt);
		}
		const resumedAt = state.nextCheckAt + 10 * HOUR;
		state = answered(state, patientPolicy(pace), resumedAt);
		const before = state.checks;
		const nextRound = endAfter(MOST_CHECKS);
		while (state.nextCheckAt < resumedAt + MINUTE) {
			nextRound();
			state = answered(state, patientPolicy(pace), state.nextCheckAt);
		}
		const usual = punctual().filter((dueAt) => dueAt < MINUTE).length;
		expect(state.checks - before).toBeLessThanOrEqual(usual);
	});
});

describe('what counts from the answer, however late it comes', () => {
	const policy = patientPolicy(fixed);
	const lateAt = 4 * SECOND;

	it('is the pause that the server asks for', () => {
		const { nextCheckAt } = answered(initialState(0), policy, lateAt, 0, 30 * SECOND);
		expect(nextCheckAt).toBe(lateAt + 30 * SECOND);
	});

	it('is the least gap between two checks', () => {
		const { nextCheckAt } = answered(initialState(0), { ...policy, minGapMs: MINUTE }, lateAt);
		expect(nextCheckAt).toBe(lateAt + MINUTE);
	});
});

it('an answer that another wait asked for stands for the check that was to come', () => {
	const policy = patientPolicy(fixed);
	const state = answered(initialState(0), policy, 0);
	expect(answered(state, policy, 6 * SECOND).nextCheckAt).toBe(16 * SECOND);
});
