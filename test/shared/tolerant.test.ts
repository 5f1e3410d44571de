import { z } from 'zod/v3';

import { listOf, toCount, toIsoTime, toText } from '../../nodes/shared/tolerant';

describe('toIsoTime', () => {
	it.each([
		['2026-05-26T10:30:00Z', '2026-05-26T10:30:00.000Z'],
		['2026-05-26T12:30:00+02:00', '2026-05-26T10:30:00.000Z'],
		['2026-05-26T10:30:00.123456', '2026-05-26T10:30:00.123Z'],
		['2026-05-26 10:30:00', '2026-05-26T10:30:00.000Z'],
		['2026-05-26', '2026-05-26T00:00:00.000Z'],
		[1779791400, '2026-05-26T10:30:00.000Z'],
		[1779791400000, '2026-05-26T10:30:00.000Z'],
		['<string>', null],
		['', null],
		['2026-99-99', null],
		[0, null],
		[-5, null],
		[Number.NaN, null],
		[1e20, null],
		[null, null],
		[undefined, null],
		[{}, null],
	])('reads %p as %p', (value, expected) => {
		expect(toIsoTime(value)).toBe(expected);
	});
});

describe('toCount', () => {
	it.each([
		[7, 7],
		[0, 0],
		['12', 12],
		[-1, null],
		[1.5, null],
		['many', null],
		[Infinity, null],
		[null, null],
		[true, null],
	])('reads %p as %p', (value, expected) => {
		expect(toCount(value)).toBe(expected);
	});
});

describe('toText', () => {
	it.each([
		[' a ', 'a'],
		[7, '7'],
		['  ', null],
		[null, null],
		[{}, null],
	])('reads %p as %p', (value, expected) => {
		expect(toText(value)).toBe(expected);
	});
});

describe('listOf', () => {
	const names = listOf(z.object({ name: z.string() }));

	it('leaves out elements that do not fit', () => {
		expect(names.parse([{ name: 'a' }, null, { name: 1 }])).toEqual([{ name: 'a' }]);
	});

	it.each([[undefined], [null], ['a'], [{}]])('is empty for %p', (value) => {
		expect(names.parse(value)).toEqual([]);
	});
});
