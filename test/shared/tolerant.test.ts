import {
	listOf,
	objectOf,
	onlyIf,
	toAmount,
	toCount,
	toEntries,
	toExactText,
	toIsoTime,
	toObject,
	toText,
	wholeListOf,
	withRest,
} from '../../nodes/shared/tolerant';

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
		[-0, 0],
		['12', 12],
		[' 12 ', 12],
		[-1, null],
		[1.5, null],
		['many', null],
		['+12', null],
		['1e3', null],
		['0x10', null],
		[Infinity, null],
		[null, null],
		[true, null],
	])('reads %p as %p', (value, expected) => {
		expect(toCount(value)).toBe(expected);
	});
});

describe('toAmount', () => {
	it.each([
		[0.25, 0.25],
		[-0, 0],
		['12', 12],
		['0.25', 0.25],
		[' 12.50 ', 12.5],
		[-0.5, null],
		['-0.5', null],
		['+12', null],
		['.5', null],
		['5.', null],
		['1e3', null],
		['0x10', null],
		['a few', null],
		[Infinity, null],
		[Number.NaN, null],
		[null, null],
		[true, null],
		[[5], null],
	])('reads %p as %p', (value, expected) => {
		expect(toAmount(value)).toBe(expected);
	});
});

describe('toText', () => {
	it.each([
		[' a ', 'a'],
		[7, '7'],
		[Number.NaN, null],
		[Infinity, null],
		['  ', null],
		[null, null],
		[{}, null],
	])('reads %p as %p', (value, expected) => {
		expect(toText(value)).toBe(expected);
	});
});

describe('toObject', () => {
	it.each([
		[{ a: 1 }, { a: 1 }],
		[[], null],
		['text', null],
		[null, null],
	])('reads %j as %j', (value, expected) => {
		expect(toObject(value)).toEqual(expected);
	});
});

describe('toEntries', () => {
	it.each([
		[[1], [1]],
		[null, []],
		[undefined, null],
		[{}, null],
	])('reads %j as %j', (value, expected) => {
		expect(toEntries(value)).toEqual(expected);
	});
});

describe('listOf', () => {
	const names = listOf(objectOf({ name: toExactText }, 'name'));

	it('leaves out elements that do not fit', () => {
		expect(names([{ name: 'a' }, null, { name: 1 }])).toEqual([{ name: 'a' }]);
	});

	it.each([[undefined], [null], ['a'], [{}]])('is empty for %p', (value) => {
		expect(names(value)).toEqual([]);
	});
});

describe('wholeListOf', () => {
	const names = wholeListOf(toExactText);

	it.each([
		[
			['a', ''],
			['a', ''],
		],
		[[], []],
		[['a', null], null],
		[{ length: 0 }, null],
		[null, null],
	])('reads %j as %j', (value, expected) => {
		expect(names(value)).toEqual(expected);
	});
});

describe('objectOf', () => {
	const page = objectOf({ id: toText, size: toCount }, 'id');

	it.each([
		[
			{ id: 1, size: '2', other: true },
			{ id: '1', size: 2 },
		],
		[{ id: 'a' }, { id: 'a', size: null }],
		[{ size: 1 }, null],
		[{ id: ' ' }, null],
		[null, null],
		['id', null],
		[[{ id: 'a' }], null],
	])('reads %j as %j', (value, expected) => {
		expect(page(value)).toEqual(expected);
	});

	it('takes nothing from a prototype', () => {
		expect(page(Object.create({ id: 'a' }))).toBeNull();
	});

	it('takes nothing from a field that is named like the prototype', () => {
		expect(page(JSON.parse('{"__proto__":{"id":"a"}}'))).toBeNull();
	});
});

describe('withRest', () => {
	const entry = withRest(objectOf({ id: toText }, 'id'));

	it('keeps the other fields as they are, behind those that are read', () => {
		expect(Object.entries(entry({ b: [1], id: 7 }) ?? {})).toEqual([
			['id', '7'],
			['b', [1]],
		]);
	});

	it('leaves out a field that is named like the prototype', () => {
		const read = entry(JSON.parse('{"id":"a","__proto__":{"b":1}}')) ?? {};
		expect(Object.keys(read)).toEqual(['id']);
	});

	it('leaves out fields with numbers for names, which can take more room than all others', () => {
		expect(Object.keys(entry({ id: 'a', 1000: 1, '1e3': 2 }) ?? {})).toEqual(['id', '1e3']);
	});

	it('is nothing where the reader has nothing', () => {
		expect(entry({ b: 1 })).toBeNull();
	});
});

describe('onlyIf', () => {
	const even = onlyIf(toCount, (count) => count % 2 === 0);

	it.each([
		['4', 4],
		[3, null],
		['x', null],
	])('reads %j as %j', (value, expected) => {
		expect(even(value)).toBe(expected);
	});
});
