import {
	optionalId,
	readBoolean,
	readChoice,
	readChoices,
	readIds,
	readJson,
	readLines,
	readNumber,
	readText,
	requireId,
} from '../../nodes/shared/input';
import {
	readWebAddresses,
	requireWebAddress,
	requireWebAddresses,
} from '../../nodes/shared/webAddresses';

const LABEL = 'Some Field';
const HALF = '\ud83d';
const INVISIBLE = '\u200b';

const CHOICES = [
	{ name: 'Discovery', value: 'discovery' },
	{ name: 'In This Execution', value: 'inExecution' },
	{ name: '2021-04-15', value: '2021-04-15' },
];

describe('a boolean', () => {
	it.each([
		[true, true],
		['true', true],
		[' TRUE ', true],
		['yes', true],
		['On', true],
		[1, true],
		['1', true],
		[false, false],
		['False', false],
		['no', false],
		['off', false],
		[0, false],
		['0', false],
	])('is read out of %j', (value, expected) => {
		expect(readBoolean(value, LABEL)).toBe(expected);
	});

	it.each([['maybe'], [2], [[true]], [{}], ['']])('is not read out of %j', (value) => {
		expect(() => readBoolean(value, LABEL)).toThrow(`'${LABEL}' must be true or false`);
	});
});

describe('a number', () => {
	it.each([
		[3, 3],
		['3', 3],
		[' 2.5 ', 2.5],
		['1e1', 10],
		[`4${INVISIBLE}`, 4],
	])('is read out of %j', (value, expected) => {
		expect(readNumber(value, LABEL)).toBe(expected);
	});

	it.each([['three'], ['0x10'], [''], [true], [[3]], [Number.NaN], [Infinity], ['1,5'], [-1]])(
		'is not read out of %j',
		(value) => {
			expect(() => readNumber(value, LABEL)).toThrow(`'${LABEL}' must be a number`);
		},
	);

	it.each([[0], ['11'], ['2.5']])('in a range of whole numbers is not %j', (value) => {
		const range = { minimum: 1, maximum: 10, isWhole: true };
		expect(() => readNumber(value, LABEL, range)).toThrow(
			`'${LABEL}' must be a whole number from 1 to 10`,
		);
	});
});

describe('a choice', () => {
	it.each([
		['discovery', 'discovery'],
		['Discovery', 'discovery'],
		[' DISCOVERY\n', 'discovery'],
		['"discovery"', 'discovery'],
		['in this execution', 'inExecution'],
		['in-execution', 'inExecution'],
		['2021-04-15', '2021-04-15'],
	])('is found for %j', (value, expected) => {
		expect(readChoice(value, LABEL, CHOICES)).toBe(expected);
	});

	it.each([['someday'], [7], [[]], [{}], [null]])('is not found for %j', (value) => {
		expect(() => readChoice(value, LABEL, CHOICES)).toThrow(`'${LABEL}' cannot be`);
	});

	it.each([
		[['discovery'], ['discovery']],
		['Discovery', ['discovery']],
		['discovery, inExecution', ['discovery', 'inExecution']],
		['discovery\nDISCOVERY', ['discovery']],
		['In This Execution', ['inExecution']],
		['["discovery","inExecution"]', ['discovery', 'inExecution']],
		[[], []],
	])('among several is found for %j', (value, expected) => {
		expect(readChoices(value, LABEL, CHOICES)).toEqual(expected);
	});
});

describe('an id', () => {
	it.each([
		['abc', 'abc'],
		[' abc\n', 'abc'],
		[`${INVISIBLE}a${INVISIBLE}bc\ufeff`, 'abc'],
		['"abc"', 'abc'],
		["'abc'", 'abc'],
		['“abc”', 'abc'],
		['`"abc"`', 'abc'],
		[42, '42'],
		[9007199254740993n, '9007199254740993'],
	])('is read out of %p', (value, expected) => {
		expect(requireId(value, LABEL)).toBe(expected);
	});

	it.each([['a b'], ['a/b'], ['..'], ['a?b'], ['a#b'], ['a%20b'], [{}], [['a']], [true]])(
		'is not %j',
		(value) => {
			expect(() => requireId(value, LABEL)).toThrow(`'${LABEL}' is not a valid ID`);
		},
	);

	it.each([[undefined], [null], [''], [' '], [INVISIBLE], ['""']])('is missing in %j', (value) => {
		expect(() => requireId(value, LABEL)).toThrow(`'${LABEL}' is missing`);
		expect(optionalId(value, LABEL)).toBe('');
	});

	it('is refused with half of a character', () => {
		expect(() => requireId(`a${HALF}`, LABEL)).toThrow(
			`'${LABEL}' contains an incomplete character`,
		);
	});

	it('may stand in a list in any form', () => {
		for (const value of [['a', 'b', 'a'], 'a, b', 'a\nb', 'a b', '["a","b"]', ['"a"', 'b']]) {
			expect(readIds(value, LABEL)).toEqual(['a', 'b']);
		}
	});
});

describe('web addresses', () => {
	const BOTH = ['https://a/x', 'https://b/y'];

	it.each([
		['https://a/x\nhttps://b/y'],
		['https://a/x\r\n\r\nhttps://b/y\n'],
		['https://a/x, https://b/y'],
		['https://a/x,https://b/y'],
		['https://a/x; https://b/y'],
		['https://a/x|https://b/y'],
		['https://a/x，https://b/y'],
		['https://a/x、 https://b/y'],
		['https://a/x https://b/y'],
		['https://a/x , https://b/y'],
		['https://a/x,\nhttps://b/y,'],
		['"https://a/x", "https://b/y"'],
		["'https://a/x','https://b/y'"],
		['„https://a/x“,„https://b/y“'],
		['«https://a/x»,«https://b/y»'],
		['["https://a/x","https://b/y"]'],
		[BOTH],
		[['https://a/x, https://b/y']],
		[['https://a/x', ' https://b/y ', 'https://a/x']],
		[`${INVISIBLE}https://a/x\n<https://b/y>`],
		['https://a/x\\nhttps://b/y'],
		['https://a/x\\r\\n\\r\\n"https://b/y"\\n'],
		['https://a/x\\t https://b/y'],
		['https://a/x\u200d\n\u200chttps://b/y'],
	])('are two in %j', (value) => {
		expect(requireWebAddresses(value, LABEL)).toEqual(BOTH);
	});

	it.each([
		['https://a/x?list=1,2'],
		['https://a/x,y'],
		['https://a/(1,2);v=1'],
		['https://a/https://b/y?u=https://c'],
	])('keep the comma in %s', (address) => {
		expect(requireWebAddresses(address, LABEL)).toEqual([address]);
	});

	it.each([
		[
			'Persian',
			'https://fa.wikipedia.org/wiki/\u0646\u06cc\u0645\u200c\u0641\u0627\u0635\u0644\u0647',
		],
		['an emoji', 'https://a/\u{1f469}\u200d\u{1f33e}'],
	])('keep the joiners within words: %s', (_, address) => {
		expect(requireWebAddresses(address, LABEL)).toEqual([address]);
		expect(requireWebAddress(`\u200c${address}\u200d `, LABEL)).toBe(address);
	});

	it.each([
		['example.com', 'Entry 1'],
		['https://a/x, b/y', 'Entry 2'],
		[['https://a/x', 7], 'Entry 2'],
		[[{ url: 'https://a/x' }], 'Entry 1'],
		['https://a/my page', 'Entry 1'],
	])('are refused in %j', (value, entry) => {
		expect(() => readWebAddresses(value, LABEL)).toThrow(`${entry} of '${LABEL}'`);
	});

	it.each([[undefined], [''], [' \n, '], [[]], ['[]']])('are missing in %j', (value) => {
		expect(readWebAddresses(value, LABEL)).toEqual([]);
		expect(() => requireWebAddresses(value, LABEL)).toThrow(`'${LABEL}' is missing`);
	});

	it.each([[' "https://a/x" '], [['https://a/x']], [`https://a/x${INVISIBLE}`]])(
		'in a field for one are read out of %j',
		(value) => {
			expect(requireWebAddress(value, LABEL)).toBe('https://a/x');
		},
	);

	it.each([
		['https://a/x, https://b/y'],
		['https://a/x\nhttps://b/y'],
		['https://a/x https://b/y'],
		['https://a/x|https://b/y'],
		[`https://a/x;${INVISIBLE}https://b/y`],
	])('in a field for one are not two, as in %j', (value) => {
		expect(() => requireWebAddress(value, LABEL)).toThrow(`'${LABEL}' holds 2 addresses`);
	});

	it('are refused with half of a character', () => {
		const read = () => requireWebAddress(`https://a/${HALF}`, LABEL);
		expect(read).toThrow(`'${LABEL}' contains an incomplete character`);
	});
});

describe('patterns', () => {
	it.each([
		['/blog/*\n/docs/*', ['/blog/*', '/docs/*']],
		['/blog/*, /docs/*', ['/blog/*', '/docs/*']],
		['/blog/*,/docs/*\n', ['/blog/*', '/docs/*']],
		[['/blog/*', '', '/blog/*'], ['/blog/*']],
		['["/blog/*"]', ['/blog/*']],
		['/{blog,docs}/*', ['/{blog,docs}/*']],
		['^/a{1,3}$', ['^/a{1,3}$']],
		['/a\\),/b{c,d}', ['/a\\)', '/b{c,d}']],
		['/a),/b{c,d}', ['/a)', '/b{c,d}']],
		['/a\\(,/b', ['/a\\(', '/b']],
		['/a\\,/b', ['/a\\,/b']],
		['/a\\', ['/a\\']],
		['/\u0646\u06cc\u0645\u200c\u0641/*', ['/\u0646\u06cc\u0645\u200c\u0641/*']],
		[undefined, []],
	])('are read out of %j', (value, expected) => {
		expect(readLines(value)).toEqual(expected);
	});
});

describe('a text', () => {
	it.each([
		['a', 'a'],
		[4.9, '4.9'],
		[true, 'true'],
		[null, ''],
		[['a'], 'a'],
	])('is read out of %j', (value, expected) => {
		expect(readText(value, LABEL)).toBe(expected);
	});

	it.each([[{}], [['a', 'b']]])('is not %j', (value) => {
		expect(() => readText(value, LABEL)).toThrow(`'${LABEL}' must be text`);
	});
});

describe('JSON', () => {
	it.each([
		['{"a":1}', { a: 1 }],
		[{ a: 1 }, { a: 1 }],
	])('is read out of %j', (value, expected) => {
		expect(readJson(value, LABEL)).toEqual(expected);
	});

	it('is refused where it is none', () => {
		expect(() => readJson('{ a', LABEL)).toThrow(`'${LABEL}' is not valid JSON`);
	});
});
