import { RequestFault, type FaultKind } from '../../nodes/shared/errors';
import { createWait, waitAfterResult } from '../../nodes/shared/waiting/itemWait';
import { initialState, type WaitPolicy } from '../../nodes/shared/waiting/wait';

const SECOND = 1_000;
const START = Date.UTC(2026, 0);

const policy: WaitPolicy = {
	deadlineMs: 60 * SECOND,
	stallMs: 0,
	maxFailuresInRow: 10,
	pace: { kind: 'fixed', intervalMs: 10 * SECOND },
	minGapMs: 0,
};

/** A wait whose first check is due at once, after one that failed so and was sent then. */
function afterFault(error: Error, sentAt: number) {
	const wait = createWait('crawl', policy, initialState(START));
	return waitAfterResult(wait, error, sentAt, START + SECOND, () => 0);
}

const fault = (kind: FaultKind) => new RequestFault(kind, 'It failed', { advice: 'Try again.' });

describe('a check that several waits share, and that fails', () => {
	it.each([
		['counts if it was sent when it was due', START, 1],
		['counts if it was sent a moment before', START - 0.25 * SECOND, 1],
		['does not count if it was sent long before, for another wait', START - SECOND, 0],
	])('%s', (_, sentAt, failures) => {
		expect(afterFault(fault('passing'), sentAt).state.failuresInRow).toBe(failures);
	});

	it('ends each of them where it will always fail', () => {
		const { verdict } = afterFault(fault('permanent'), START - SECOND);
		expect(verdict.kind).toBe('error');
	});
});

describe('a check that fails for no reason that is foreseen', () => {
	it('ends the wait with that very error', () => {
		const error = new TypeError('A mistake in the code');
		expect(afterFault(error, START).verdict).toEqual({ kind: 'error', error });
	});
});
