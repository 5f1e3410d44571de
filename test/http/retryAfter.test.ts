import { MAX_PAUSE_MS, pauseMs, retryAfterMs } from '../../nodes/shared/http/retryAfter';

const NOW = Date.parse('2026-05-26T10:30:00Z');
const in120Seconds = (NOW + 120_000) / 1000;

describe('retryAfterMs', () => {
	it.each([
		['seconds', '120', 120_000],
		['no time at all', '0', 0],
		['fractions of a second', '1.5', 1500],
		['a decimal point without decimals', '3.', 3000],
		['blanks around it', ' 7 ', 7000],
		['a number', 7, 7000],
		['a list of one', ['7'], 7000],
		['an HTTP date', 'Tue, 26 May 2026 10:32:00 GMT', 120_000],
		['an HTTP date of the older kinds', 'Tuesday, 26-May-26 10:32:00 GMT', 120_000],
		['an HTTP date of the oldest kind, which has no zone', 'Tue May 26 10:32:00 2026', 120_000],
		[
			'a date as JavaScript writes it',
			'Tue May 26 2026 12:32:00 GMT+0200 (Central European Summer Time)',
			120_000,
		],
		['a date with a zone like that of ISO', 'Tue, 26 May 2026 12:32:00 +02:00', 120_000],
		['a date as mails have it', 'Tue, 26 May 2026 12:32:00 +0200 (CEST)', 120_000],
		['an HTTP date without its zone', 'Tue, 26 May 2026 10:32:00', 120_000],
		['an HTTP date in the past', 'Tue, 26 May 2026 10:00:00 GMT', 0],
		['seconds since 1970', String(in120Seconds), 120_000],
		['seconds since 1970 with fractions', `${in120Seconds}.5`, 120_500],
		['milliseconds since 1970', String(in120Seconds * 1000), 120_000],
		['a point in time in the past', String(in120Seconds - 240), 0],
		['an ISO date', '2026-05-26T10:32:00Z', 120_000],
		['an ISO date with milliseconds', '2026-05-26T10:32:00.250Z', 120_250],
		['an ISO date in another zone', '2026-05-26T12:32:00+02:00', 120_000],
		['an ISO date without a zone', '2026-05-26T10:32:00', 120_000],
		['an ISO date with a blank', '2026-05-26 10:32:00', 120_000],
	])('reads %s', (_, value, expected) => {
		expect(retryAfterMs({ 'retry-after': value }, NOW)).toBe(expected);
	});

	it.each([
		['in any casing', { 'RETRY-After': '2' }, 2_000],
		['as the first of a list', { 'retry-after': ['3', '4'] }, 3_000],
		['as what is no date but may look like one', { 'retry-after': 'x2026-05-26T10:32:00Z' }, null],
		['as a text that ends like a date', { 'retry-after': '1 Tue, 26 May 2026' }, null],
		['as a month alone', { 'retry-after': '2026-05' }, null],
		['as a day with one digit', { 'retry-after': '2026-05-2' }, null],
		['as a date of its day', { 'retry-after': '2026-05-27' }, 13.5 * 60 * 60 * 1_000],
		['as blanks', { 'retry-after': '  ' }, null],
		['with blanks around it', { 'retry-after': [' 4 '] }, 4_000],
		['as an ISO date without a time', { 'retry-after': '2026-05-26' }, 0],
		['as the first second that is a point in time', { 'retry-after': '1000000000' }, 0],
		['not at all', {}, null],
	])('reads the header %s', (_, headers, expected) => {
		expect(retryAfterMs(headers, NOW)).toBe(expected);
	});

	it.each([['soon'], ['-5'], ['1e3'], ['0x10'], ['NaN'], ['Infinity'], [''], [{}], [null]])(
		'is null for %j',
		(value) => {
			expect(retryAfterMs({ 'retry-after': value }, NOW)).toBeNull();
		},
	);

	it.each([
		['seconds', '999999999'],
		['a point in time', '99999999999'],
		['milliseconds', '99999999999999999'],
		['digits without end', '9'.repeat(400)],
		['a date', 'Tue, 26 May 9999 10:32:00 GMT'],
	])('is never longer than a day for %s', (_, value) => {
		expect(retryAfterMs({ 'retry-after': value }, NOW)).toBe(MAX_PAUSE_MS);
	});

	it.each([
		['an HTTP date', 'Tue, 26 May 2026 13:32:00 GMT'],
		['seconds since 1970', String(in120Seconds + 3 * 3600)],
		['an ISO date', '2026-05-26T13:32:00Z'],
	])("reads %s by the server's own clock", (_, value) => {
		const headers = { date: 'Tue, 26 May 2026 13:30:00 GMT', 'retry-after': value };
		expect(retryAfterMs(headers, NOW)).toBe(120_000);
	});

	it("does not mind the server's clock for seconds", () => {
		const headers = { date: 'Tue, 26 May 2026 13:30:00 GMT', 'retry-after': '120' };
		expect(retryAfterMs(headers, NOW)).toBe(120_000);
	});

	it('is null without the header', () => {
		expect(retryAfterMs({}, NOW)).toBeNull();
	});

	it('finds the header in any casing', () => {
		expect(retryAfterMs({ 'Retry-After': '3' }, NOW)).toBe(3000);
	});
});

describe('pauseMs', () => {
	it.each([
		[Number.NaN, null],
		[Number.POSITIVE_INFINITY, MAX_PAUSE_MS],
		[-1, 0],
		[0.2, 1],
	])('makes %d to %j', (ms, expected) => {
		expect(pauseMs(ms)).toBe(expected);
	});
});
