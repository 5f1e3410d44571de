import { escapeAt, JSON_MARKS, jsonEscapeAt, unescapeText } from '../../nodes/shared/http/escapes';

describe('a text with escapes', () => {
	it.each([
		['%41%4a%4F', 'AJO'],
		['\\u0041\\u00e9', 'Aé'],
		['\\x41\\X4a', 'AJ'],
		['\\"\\\'\\\\\\/', '"\'\\/'],
		['&#65;&#66', 'AB'],
		['&#x41;&#X4A', 'AJ'],
		['&amp;&LT;&gt;&quot;&apos;&sol;&plus;&equals;', '&<>"\'/+='],
		['a%2', null],
		['a\\n', null],
		['a&nbsp;', null],
		['%zz \\u12 &#;', null],
		['plain', null],
		['', null],
	])('%j means %j', (text, meaning) => {
		expect(unescapeText(text)?.text ?? null).toBe(meaning);
	});

	it.each([
		['a%41b', [0, 1, 4, 5]],
		['%41\\u0042c', [0, 3, 9, 10]],
		['ab&amp;', [0, 1, 2, 7]],
		['x&#x41;%42y', [0, 1, 7, 10, 11]],
	])('%j has its places: %j', (text, places) => {
		const place = unescapeText(text)?.places();
		expect(places.map((_, inner) => place?.(inner))).toEqual(places);
	});
});

describe('a text with escapes of JSON', () => {
	it.each([
		['a\\b\\f\\n\\r\\tz', 'a\b\f\n\r\tz'],
		['\\u0041\\"\\\\\\/', 'A"\\/'],
		['\\\\n', '\\n'],
		['%41\\n&amp;', '%41\n&amp;'],
		['%41&amp;', null],
		['{"a":"b\\\\"}', '{\na\n:\nb\\\n}'],
	])('%j means %j', (text, meaning) => {
		expect(unescapeText(text, jsonEscapeAt, JSON_MARKS)?.text ?? null).toBe(meaning);
	});
});

describe('the escape at a place', () => {
	it.each([
		['%00', 0x00],
		['%41', 0x41],
		['%fF', 0xff],
		['%9a', 0x9a],
		['%A0', 0xa0],
		['\\u0041', 0x41],
		['\\U20aC', 0x20ac],
		['\\x7e', 0x7e],
		['\\X0f', 0x0f],
		['\\"', 0x22],
		["\\'", 0x27],
		['\\/', 0x2f],
		['\\\\', 0x5c],
		['&#65;', 0x41],
		['&#65', 0x41],
		['&#0000065', 0x41],
		['&#x41;', 0x41],
		['&#X000041;', 0x41],
		['&#x120041;', 0x41],
		['&lt;', 0x3c],
		['&EQUALS;', 0x3d],
	])('%j', (text, code) => {
		expect(escapeAt(text, 0)).toEqual({ code, end: text.length });
		expect(escapeAt(`..${text}%41`, 2)).toEqual({ code, end: 2 + text.length });
	});

	it.each([
		['%411', 3],
		['\\u00411', 6],
		['\\x411', 4],
		['&#00000651;', 9],
		['&#x0000411;', 9],
		['&#65g', 4],
		['&amp;;', 5],
	])('of %j ends at %i', (text, end) => {
		expect(escapeAt(text, 0)?.end).toBe(end);
	});

	it.each([
		['%4'],
		['%g0'],
		['%0g'],
		['%/0'],
		['%0:'],
		['%@0'],
		['%0`'],
		['\\n'],
		['\\t'],
		['\\u004'],
		['\\x4'],
		['&nbsp;'],
		['&lt'],
		['&equals'],
		['&equalss;'],
		['&toString;'],
		['&#;'],
		['&#a;'],
		['&#x;'],
		['&;'],
		['& '],
		['a'],
		['\\'],
		['%'],
		['&'],
		[''],
	])('is none in %j', (text) => {
		expect(escapeAt(text, 0)).toBeNull();
	});
});
