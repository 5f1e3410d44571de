import { type FaultKind, RequestFault } from '../../nodes/shared/errors';
import { createCrawlJob, type CrawlJob, type CrawlStatus } from '../../nodes/shared/crawlJob';
import { PACES, type Pace } from '../../nodes/shared/waiting/pace';
import {
	afterCheck,
	afterFault,
	initialState,
	restoreState,
	silentAt,
	timeoutFor,
	type Transition,
	type WaitPolicy,
	type WaitState,
} from '../../nodes/shared/waiting/wait';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 0, 1);

const policy: WaitPolicy = {
	deadlineMs: HOUR,
	stallMs: 0,
	maxFailuresInRow: 10,
	pace: { kind: 'fixed', intervalMs: 10 * SECOND },
	minGapMs: 0,
};

const crawl = (status: CrawlStatus, completed = 0): CrawlJob =>
	createCrawlJob({
		provider: 'any',
		jobId: 'a',
		reference: { jobId: 'a' },
		status,
		rawStatus: status,
		counters: { total: 10, completed },
	});

const fault = (kind: FaultKind, pauseMs: number | null = null) =>
	new RequestFault(kind, 'It went wrong', { advice: 'Try again.', pauseMs });

const seeJob = (
	state: WaitState,
	job: CrawlJob,
	atMs: number,
	change: Partial<WaitPolicy> = {},
	pauseMs: number | null = null,
): Transition => afterCheck(state, { job, pauseMs }, { ...policy, ...change }, START + atMs, 0.5);

const seeFault = (
	state: WaitState,
	error: RequestFault,
	atMs: number,
	change: Partial<WaitPolicy> = {},
): Transition => afterFault(state, error, { ...policy, ...change }, START + atMs, 0.5);

const dueAt = (state: WaitState, atMs: number): WaitState => ({
	...state,
	nextCheckAt: START + atMs,
});

const dueIn = ({ state }: Transition, atMs: number) => state.nextCheckAt - START - atMs;

const fresh = initialState(START);
const seen = seeJob(fresh, crawl('running'), 0).state;

describe('a check that finds the job', () => {
	it.each<[CrawlStatus, Transition['verdict']]>([
		['queued', { kind: 'continue' }],
		['running', { kind: 'continue' }],
		['unknown', { kind: 'continue' }],
		['succeeded', { kind: 'end', reason: 'final' }],
		['failed', { kind: 'end', reason: 'final' }],
		['cancelled', { kind: 'end', reason: 'final' }],
	])('of status %s leads to %j', (status, verdict) => {
		expect(seeJob(fresh, crawl(status), 0).verdict).toEqual(verdict);
	});

	it('is followed by the next one after the interval', () => {
		expect(dueIn(seeJob(dueAt(seen, MINUTE), crawl('running'), MINUTE), MINUTE)).toBe(10 * SECOND);
	});

	it('is followed by one at the deadline, not later', () => {
		const at = HOUR - 3 * SECOND;
		expect(dueIn(seeJob(dueAt(seen, at), crawl('running'), at), at)).toBe(3 * SECOND);
	});

	it('maxWaitMinutes: ends the wait at the deadline', () => {
		expect(seeJob(seen, crawl('running'), HOUR).verdict).toEqual({
			kind: 'end',
			reason: 'deadline',
		});
	});

	it('counts also when it comes after the deadline', () => {
		expect(seeJob(seen, crawl('succeeded'), 2 * HOUR).verdict).toMatchObject({ reason: 'final' });
	});

	it('keeps the id that the first answer gave', () => {
		const renamed = { ...crawl('running'), jobId: 'b' };
		expect(seen.jobId).toBe('a');
		expect(seeJob(seen, renamed, MINUTE).state.jobId).toBe('a');
	});

	it('takes no id from an answer that gives none', () => {
		const unnamed = seeJob(fresh, { ...crawl('running'), jobId: '' }, 0).state;
		expect(unnamed.jobId).toBeNull();
		expect(seeJob(unnamed, crawl('running'), MINUTE).state.jobId).toBe('a');
	});

	it('is counted, whether it finds the job or fails', () => {
		const failed = seeFault(seen, fault('passing'), MINUTE).state;
		expect([fresh, seen, failed].map(({ checks }) => checks)).toEqual([0, 1, 2]);
	});

	it('is followed by the pause that the server asks for', () => {
		expect(dueIn(seeJob(seen, crawl('running'), 0, {}, 30 * SECOND), 0)).toBe(30 * SECOND);
	});

	it('is followed by five minutes at most, and says so, when the server asks for more', () => {
		const found = { job: crawl('running'), pauseMs: 24 * HOUR };
		const transition = afterCheck(seen, found, policy, START, 0.5);
		expect(dueIn(transition, 0)).toBe(5 * MINUTE);
		expect(transition.job.warnings).toEqual([
			'The server asked for a pause of 86400 seconds. The crawl is checked again after 300 seconds.',
		]);
	});

	it.each([
		['a minute', MINUTE, 0],
		['more than a minute', MINUTE + SECOND, 1],
	])(
		'says so when the server asks for a pause of %s: %i ms, in %i warnings',
		(_, pauseMs, count) => {
			const { job } = afterCheck(seen, { job: crawl('running'), pauseMs }, policy, START, 0.5);
			expect(job.warnings).toHaveLength(count);
		},
	);

	it('is followed by the deadline when the pause that the server asks for ends after it', () => {
		const transition = seeJob(seen, crawl('running'), 0, { deadlineMs: MINUTE }, 4 * MINUTE);
		expect(dueIn(transition, 0)).toBe(MINUTE);
	});

	it('is followed by no check before the least gap, even past the deadline', () => {
		const at = HOUR - 3 * SECOND;
		expect(dueIn(seeJob(seen, crawl('running'), at, { minGapMs: MINUTE }), at)).toBe(MINUTE);
	});
});

describe('an end that is only deduced', () => {
	const even = crawl('succeeded', 10);
	const unconfirmed = crawl('unknown', 10);
	const STANDSTILL = 30 * SECOND;

	const seeEven = (state: WaitState, atMs: number, change: Partial<WaitPolicy> = {}) =>
		afterCheck(
			state,
			{ job: even, unconfirmed, pauseMs: null },
			{ ...policy, ...change },
			START + atMs,
			0.5,
		);

	it('is not believed at the first check', () => {
		expect(seeEven(fresh, 0)).toMatchObject({ job: unconfirmed, verdict: { kind: 'continue' } });
	});

	it('is not believed while it is new, however often it is seen', () => {
		let transition = seeEven(fresh, 0);
		for (let at = SECOND; at < STANDSTILL; at += SECOND) transition = seeEven(transition.state, at);
		expect(transition).toMatchObject({ job: unconfirmed, verdict: { kind: 'continue' } });
	});

	it('is believed when nothing has moved for half a minute', () => {
		const { state } = seeEven(fresh, 0);
		expect(seeEven(state, STANDSTILL)).toMatchObject({
			job: even,
			verdict: { kind: 'end', reason: 'final' },
		});
	});

	it('is forgotten when the crawl finds more pages', () => {
		const { state } = seeEven(fresh, 0);
		const grown = seeJob(state, crawl('unknown', 5), 20 * SECOND).state;
		expect(seeEven(grown, 60 * SECOND).verdict).toEqual({ kind: 'continue' });
	});

	it('is not forgotten by a check that fails', () => {
		const { state } = seeFault(seeEven(fresh, 0).state, fault('passing'), 10 * SECOND);
		expect(seeEven(state, STANDSTILL).verdict).toMatchObject({ reason: 'final' });
	});

	it.each<[string, number, CrawlJob, string]>([
		['is not believed', STANDSTILL - 1, unconfirmed, 'deadline'],
		['is believed', STANDSTILL, even, 'final'],
	])('%s at the deadline after a standstill of %i ms', (_, deadlineMs, job, reason) => {
		const { state } = seeEven(fresh, 0, { deadlineMs });
		expect(seeEven(state, deadlineMs, { deadlineMs })).toMatchObject({ job, verdict: { reason } });
	});

	it('is not believed when the stall limit comes first', () => {
		const stallMs = 10 * SECOND;
		const { state } = seeEven(fresh, 0, { stallMs });
		expect(seeEven(state, stallMs, { stallMs })).toMatchObject({
			job: unconfirmed,
			verdict: { reason: 'stalled' },
		});
	});
});

describe('stallMinutes: the stall limit', () => {
	const stallMs = 5 * MINUTE;

	it('ends a wait in which nothing has moved', () => {
		expect(seeJob(seen, crawl('running'), stallMs, { stallMs }).verdict).toEqual({
			kind: 'end',
			reason: 'stalled',
		});
	});

	it.each([
		['a page more', crawl('running', 1)],
		['another status', crawl('queued')],
	])('begins anew with %s', (_, job) => {
		const moved = seeJob(seen, job, 4 * MINUTE, { stallMs }).state;
		expect(seeJob(moved, job, 6 * MINUTE, { stallMs }).verdict).toEqual({ kind: 'continue' });
	});

	it('begins anew with what else of the answer moves', () => {
		const see = (state: WaitState, activity: unknown, atMs: number) =>
			afterCheck(
				state,
				{ job: crawl('running'), activity, pauseMs: null },
				{ ...policy, stallMs },
				START + atMs,
				0.5,
			);
		const first = see(fresh, { stage: 'scraping' }, 0);
		const moved = see(first.state, { stage: 'chunking' }, 4 * MINUTE);
		expect(see(moved.state, { stage: 'chunking' }, 6 * MINUTE).verdict).toEqual({
			kind: 'continue',
		});
	});

	it('does not begin anew with a time of the last change alone', () => {
		const touched = { ...crawl('running'), updatedAt: '2026-01-01T00:04:00.000Z' };
		const { state } = seeJob(seen, touched, 4 * MINUTE, { stallMs });
		expect(seeJob(state, touched, stallMs, { stallMs }).verdict).toMatchObject({
			reason: 'stalled',
		});
	});

	it('has a check of its own', () => {
		const at = stallMs - 2 * SECOND;
		expect(dueIn(seeJob(dueAt(seen, at), crawl('running'), at, { stallMs }), at)).toBe(2 * SECOND);
	});

	it('says nothing while the job cannot be looked up', () => {
		const transition = seeFault(seen, fault('passing'), 2 * stallMs, { stallMs });
		expect(transition.verdict).toEqual({ kind: 'continue' });
	});
});

/** The verdict after each of the given number of faults, ten seconds apart. */
function verdictsOf(state: WaitState, error: RequestFault, times: number, change = {}) {
	const verdicts: string[] = [];
	let current = state;
	for (let index = 0; index < times; index++) {
		const transition = seeFault(current, error, index * 10 * SECOND, change);
		verdicts.push(transition.verdict.kind);
		current = transition.state;
	}
	return verdicts;
}

describe('a check that fails', () => {
	it.each<[FaultKind, string]>([
		['passing', 'continue'],
		['missing', 'continue'],
		['permanent', 'error'],
	])('with a %s fault leads to %s', (kind, verdict) => {
		expect(seeFault(fresh, fault(kind), 0).verdict.kind).toBe(verdict);
	});

	it('maxConsecutiveFailures: ends the wait after so many failures in a row', () => {
		expect(verdictsOf(seen, fault('passing'), 3, { maxFailuresInRow: 3 })).toEqual([
			'continue',
			'continue',
			'error',
		]);
	});

	it.each([
		['fixed', policy.pace],
		['balanced', PACES.balanced],
	])('maxConsecutiveFailures: 1 ends the wait with the first one, at the pace %s', (_, pace) => {
		expect(verdictsOf(seen, fault('passing'), 1, { maxFailuresInRow: 1, pace })).toEqual(['error']);
	});

	it.each<FaultKind>(['passing', 'permanent'])(
		'with a %s fault that ends the wait is its error as it is, though the job was found before',
		(kind) => {
			const error = fault(kind);
			const { verdict } = seeFault(seen, error, 0, { maxFailuresInRow: 1 });
			expect(verdict.kind === 'error' && verdict.error).toBe(error);
		},
	);

	it.each(['fixed', 'balanced', 'eager', 'relaxed'] as const)(
		'survives an outage of a minute at the pace %s',
		(name) => {
			const pace: Pace = name === 'fixed' ? { kind: 'fixed', intervalMs: 2 * SECOND } : PACES[name];
			let transition: Transition = { state: seen, verdict: { kind: 'continue' } };
			for (let now = START; now < START + MINUTE; now = transition.state.nextCheckAt) {
				transition = afterFault(transition.state, fault('passing'), { ...policy, pace }, now, 0.5);
				expect(transition.verdict).toEqual({ kind: 'continue' });
			}
		},
	);

	it('keeps its place in time however often it has failed', () => {
		const policyOfNoEnd = { ...policy, maxFailuresInRow: 0, deadlineMs: 5_000_000 * MINUTE };
		let { state } = seeFault(seen, fault('passing', SECOND), 0);
		for (let index = 0; index < 3_000; index++) {
			const now = state.nextCheckAt;
			({ state } = afterFault(state, fault('passing', 0), policyOfNoEnd, now, 0.5));
			expect(state.nextCheckAt - now).toBeGreaterThan(0);
			expect(state.nextCheckAt - now).toBeLessThanOrEqual(MINUTE);
		}
	});

	it('gives the next answer twice the time after one that took too long', () => {
		const timeout = new RequestFault('passing', 'Too late', { advice: '', isTimeout: true });
		const { state } = seeFault(seen, timeout, 0);
		expect(timeoutFor(state, policy, START)).toBe(2 * timeoutFor(seen, policy, START));
		const found = seeJob(state, crawl('running'), MINUTE).state;
		expect(timeoutFor(found, policy, START + MINUTE)).toBe(timeoutFor(state, policy, START));
	});

	it('gives no answer time that lies long after the deadline', () => {
		const timeout = new RequestFault('passing', 'Too late', { advice: '', isTimeout: true });
		let { state } = seeFault(seen, timeout, 0);
		for (let index = 0; index < 20; index++) ({ state } = seeFault(state, timeout, index * SECOND));
		expect(timeoutFor(state, policy, START + HOUR - MINUTE)).toBe(MINUTE);
		expect(timeoutFor(state, policy, START + HOUR)).toBe(5 * SECOND);
	});

	it.each([
		['at the beginning', 0],
		['shortly before the deadline', HOUR - 2 * SECOND],
		['at the deadline', HOUR],
		['long after the deadline', 2 * HOUR],
	])('because its time is up can still say so: sent %s', (_, sentAtMs) => {
		const sentAt = START + sentAtMs;
		const requestEndsAt = sentAt + timeoutFor(seen, policy, sentAt);
		expect(silentAt(seen, policy, sentAt)).toBeGreaterThan(requestEndsAt);
	});

	it('says of a job that was found before that it was there', () => {
		const missing = fault('missing');
		let transition = seeFault(seen, missing, 0);
		for (let index = 1; index < 4; index++)
			transition = seeFault(transition.state, missing, index * 20 * SECOND);
		expect(transition.verdict).toMatchObject({
			kind: 'error',
			error: { kind: 'missing', message: expect.stringContaining('was found before') as string },
		});
	});

	it('says nothing of the kind of a job that was never found', () => {
		let transition = seeFault(fresh, fault('missing'), 0);
		for (let index = 1; index < 4; index++)
			transition = seeFault(transition.state, fault('missing'), index * 20 * SECOND);
		expect(transition.verdict).toMatchObject({ error: { message: 'It went wrong' } });
	});

	it.each([404, null])('keeps the status %s of the answer that the job is gone', (httpStatus) => {
		const missing = new RequestFault('missing', 'It went wrong', {
			advice: 'Try again.',
			...(httpStatus !== null && { httpStatus }),
		});
		let transition = seeFault(seen, missing, 0);
		for (let index = 1; index < 4; index++)
			transition = seeFault(transition.state, missing, index * 20 * SECOND);
		expect(transition.verdict).toMatchObject({ error: { kind: 'missing', httpStatus } });
	});

	it('maxConsecutiveFailures: does so never before the deadline when it is 0', () => {
		const verdicts = verdictsOf(seen, fault('passing'), 360, { maxFailuresInRow: 0 });
		expect(new Set(verdicts)).toEqual(new Set(['continue']));
	});

	it('maxConsecutiveFailures: counts from the last check that succeeded', () => {
		const failed = seeFault(seen, fault('passing'), 0, { maxFailuresInRow: 2 }).state;
		const recovered = seeJob(failed, crawl('running'), SECOND).state;
		const again = seeFault(recovered, fault('passing'), 2 * SECOND, { maxFailuresInRow: 2 });
		expect(again.verdict).toEqual({ kind: 'continue' });
	});

	it('ends a known job as still running at the deadline', () => {
		expect(seeFault(seen, fault('passing'), HOUR).verdict).toEqual({
			kind: 'end',
			reason: 'deadline',
		});
	});

	it('makes a job that was never found an error at the deadline', () => {
		expect(seeFault(fresh, fault('passing'), HOUR).verdict.kind).toBe('error');
	});

	it('is repeated sooner than at the usual pace, then less and less often', () => {
		const pace = { kind: 'adaptive', minMs: 2000, maxMs: 60_000, proportion: 1, rootFactor: 99 };
		let state = seen;
		const delays = Array.from({ length: 9 }, () => {
			const transition = seeFault(state, fault('passing'), 30 * MINUTE, { pace: pace as never });
			state = transition.state;
			return dueIn(transition, 30 * MINUTE);
		});
		expect(delays[0]).toBeLessThanOrEqual(SECOND);
		expect(delays).toEqual([...delays].sort((a, b) => a - b));
	});

	it('is repeated after the pause that the server asks for, within the deadline', () => {
		const pause = dueIn(seeFault(seen, fault('passing', 90 * SECOND), 0), 0);
		expect(pause).toBeGreaterThanOrEqual(90 * SECOND);
		expect(pause).toBeLessThan(100 * SECOND);
		expect(dueIn(seeFault(seen, fault('passing', 2 * HOUR), 0), 0)).toBe(HOUR);
	});
});

describe('a job that the provider does not know', () => {
	it('becomes an error when it stays unknown', () => {
		expect(verdictsOf(fresh, fault('missing'), 3)).toEqual(['continue', 'continue', 'error']);
	});

	it('becomes one later when it was found before', () => {
		const verdicts = verdictsOf(seen, fault('missing'), 7);
		expect(verdicts).toEqual([...Array<string>(6).fill('continue'), 'error']);
	});

	it('has time to become visible', () => {
		let state = fresh;
		for (let at = 0; at < 8 * SECOND; at += SECOND) {
			const transition = seeFault(state, fault('missing'), at);
			expect(transition.verdict).toEqual({ kind: 'continue' });
			state = transition.state;
		}
	});

	it.each([
		['fresh', 'a new one', 10],
		['seen', 'one that was found before', 60],
	])('has that time however few failures in a row are allowed: %s', (_, state, seconds) => {
		const start = state === 'a new one' ? fresh : seen;
		let transition = seeFault(start, fault('missing'), 0, { maxFailuresInRow: 1 });
		for (let at = SECOND; at < seconds * SECOND; at += SECOND) {
			expect(transition.verdict).toEqual({ kind: 'continue' });
			transition = seeFault(transition.state, fault('missing'), at, { maxFailuresInRow: 1 });
		}
	});

	it('starts anew when it was seen in between', () => {
		const missing = seeFault(seen, fault('missing'), 0).state;
		const found = seeJob(missing, crawl('running'), MINUTE).state;
		expect(verdictsOf(found, fault('missing'), 2)).toEqual(['continue', 'continue']);
	});
});

describe('what a wait remembers', () => {
	it('is compared with what is seen, also where it was saved before an update', () => {
		const saved = restoreState({
			startedAt: START,
			lastSeen: '["running","running",10,0,null,null]',
			progressAt: START,
		});
		expect(seeJob(saved, crawl('running'), MINUTE).state.progressAt).toBe(START);
	});

	it('is plain JSON of constant size, however long it waits', () => {
		let state = fresh;
		let largest = 0;
		for (let at = 0; at < 48 * HOUR; at += MINUTE) {
			state = seeJob(state, crawl('running', at % 10), at, { deadlineMs: 72 * HOUR }).state;
			largest = Math.max(largest, JSON.stringify(state).length);
		}
		expect(largest).toBeLessThan(600);
		expect(JSON.parse(JSON.stringify(state))).toEqual(state);
	});
});
