import {
	nextDelayMs,
	PACES,
	retryDelayMs,
	spreadPauseMs,
	type Pace,
} from '../../nodes/shared/waiting/pace';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const TIMES = [0, 5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 48 * HOUR];
const NAMES = Object.keys(PACES) as Array<keyof typeof PACES>;

/** The longest interval that a pace allows at a time: no jitter, no forecast. */
const law = (pace: Pace, waitedMs: number) => nextDelayMs(pace, waitedMs, null, 0);

describe.each(NAMES)('the pace %s', (name) => {
	const pace = PACES[name];

	it('never waits less the longer it has waited', () => {
		const intervals = TIMES.map((waitedMs) => law(pace, waitedMs));
		expect(intervals).toEqual([...intervals].sort((a, b) => a - b));
	});

	it('stays between its shortest and its longest interval', () => {
		for (const waitedMs of TIMES) {
			expect(law(pace, waitedMs)).toBeGreaterThanOrEqual(pace.shortestMs);
			expect(law(pace, waitedMs)).toBeLessThanOrEqual(pace.longestMs);
		}
	});

	it('shortens an interval by chance, and never lengthens it', () => {
		for (const waitedMs of TIMES) {
			expect(nextDelayMs(pace, waitedMs, null, 0.99)).toBeLessThan(law(pace, waitedMs));
		}
	});

	it('is never later because of a forecast', () => {
		for (const waitedMs of TIMES) {
			for (const remainingMs of [0, SECOND, MINUTE, HOUR, Infinity]) {
				expect(nextDelayMs(pace, waitedMs, { remainingMs }, 0)).toBeLessThanOrEqual(
					law(pace, waitedMs),
				);
			}
		}
	});

	it('comes sooner when the end is foreseen', () => {
		const remainingMs = pace.shortestMs / 2;
		expect(nextDelayMs(pace, HOUR, { remainingMs }, 0)).toBeLessThanOrEqual(remainingMs);
	});

	it('never becomes a burst, however near the end seems', () => {
		expect(nextDelayMs(pace, HOUR, { remainingMs: 0 }, 0)).toBeGreaterThanOrEqual(300);
	});
});

describe('the paces beside each other', () => {
	it.each(TIMES)('are in the order of their names after %i ms', (waitedMs) => {
		expect(law(PACES.eager, waitedMs)).toBeLessThanOrEqual(law(PACES.balanced, waitedMs));
		expect(law(PACES.balanced, waitedMs)).toBeLessThanOrEqual(law(PACES.relaxed, waitedMs));
	});

	it('keep to two seconds and a minute in balance', () => {
		expect(law(PACES.balanced, 0)).toBeGreaterThanOrEqual(2 * SECOND);
		expect(law(PACES.balanced, 48 * HOUR)).toBe(MINUTE);
	});
});

describe('a fixed pace', () => {
	const pace: Pace = { kind: 'fixed', intervalMs: 7 * SECOND };

	it.each(TIMES)('is the same after %i ms, whatever is foreseen', (waitedMs) => {
		expect(nextDelayMs(pace, waitedMs, { remainingMs: 0 }, 0.9)).toBe(7 * SECOND);
	});

	it('is the same after a failure', () => {
		expect(retryDelayMs(pace, 5, 0.9)).toBe(7 * SECOND);
	});
});

describe('the pause after failures', () => {
	it('begins with a second and ends with a minute', () => {
		expect(retryDelayMs(PACES.balanced, 1, 0)).toBe(SECOND);
		expect(retryDelayMs(PACES.balanced, 50, 0)).toBe(MINUTE);
	});

	it('lets ten failures in a row span more than a minute and a half', () => {
		const pauses = Array.from({ length: 9 }, (_, index) =>
			retryDelayMs(PACES.balanced, index + 1, 0),
		);
		expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(90 * SECOND);
	});
});

describe('the pause that a server asks for', () => {
	it.each([1, 2, 9])('is never cut short after %i failures', (failures) => {
		expect(spreadPauseMs(10 * SECOND, failures, 0)).toBe(10 * SECOND);
	});

	it('is spread more with each failure', () => {
		const longest = [1, 2, 3].map((failures) => spreadPauseMs(10 * SECOND, failures, 0.999));
		expect(longest).toEqual([...longest].sort((a, b) => a - b));
		expect(longest[0]).toBeLessThan(11 * SECOND);
	});
});
