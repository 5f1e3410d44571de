import { retryAfterMs } from '../../nodes/shared/http/retryAfter';

const NOW = Date.parse('2026-05-26T10:30:00Z');

describe('retryAfterMs', () => {
	it.each([
		['seconds', '120', 120_000],
		['no time at all', '0', 0],
		['fractions of a second', '1.5', 1500],
		['blanks around it', ' 7 ', 7000],
		['a date', 'Tue, 26 May 2026 10:32:00 GMT', 120_000],
		['a date in the past', 'Tue, 26 May 2026 10:00:00 GMT', 0],
		['something else', 'soon', null],
		['a negative number', '-5', null],
	])('reads %s', (_, value, expected) => {
		expect(retryAfterMs({ 'retry-after': value }, NOW)).toBe(expected);
	});

	it('is null without the header', () => {
		expect(retryAfterMs({}, NOW)).toBeNull();
	});

	it('finds the header in any casing', () => {
		expect(retryAfterMs({ 'Retry-After': '3' }, NOW)).toBe(3000);
	});
});
