import { parseText } from '../../nodes/shared/http/jsonText';
import { MAX_DEPTH, MAX_VALUES } from '../../nodes/shared/http/limits';

describe('JSON', () => {
	it.each([
		['{"a":[1,"b",null]}', { a: [1, 'b', null] }],
		[' [1] ', [1]],
		['7', 7],
		['"text"', 'text'],
		['', null],
		[' \n', null],
	])('is the value of %j', (text, value) => {
		expect(parseText(text)).toEqual({ isJson: true, value });
	});

	it.each([
		['<html>', 'a web page instead of JSON', true],
		['  <!doctype html>', 'a web page instead of JSON', true],
		['{"a":', 'damaged or incomplete JSON', false],
		[' [1', 'damaged or incomplete JSON', false],
		['Bad gateway', 'plain text instead of JSON', false],
		['Bad [gateway]', 'plain text instead of JSON', false],
		['Error: <html>', 'plain text instead of JSON', false],
		['{"a":1} <p>', 'damaged or incomplete JSON', false],
	])('is not %j', (text, description, isPage) => {
		expect(parseText(text)).toMatchObject({ isJson: false, description, isPage });
	});

	it('is not looked for in a long text that does not begin like it', () => {
		expect(parseText(`Bad gateway${','.repeat(MAX_VALUES)}`)).toMatchObject({
			description: 'plain text instead of JSON',
		});
	});

	it('shows how a text begins that is none', () => {
		const text = `  no${'x'.repeat(2_000)}`;
		expect(parseText(text)).toMatchObject({ start: text.slice(2, 1_000) });
	});

	const nested = (depth: number, open = '[', close = ']') =>
		open.repeat(depth) + close.repeat(depth);

	it.each([
		['lists', '[', ']'],
		['objects', '{"a":', '}'],
	])('may hold %s in each other up to a depth', (_, open, close) => {
		const filled = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
		expect(parseText(filled(MAX_DEPTH)).isJson).toBe(true);
		expect(parseText(filled(MAX_DEPTH + 1))).toMatchObject({
			description: `JSON that is more than ${MAX_DEPTH} levels deep`,
		});
	});

	it('may hold more lists than that side by side', () => {
		const text = `[${Array.from({ length: MAX_DEPTH + 1 }, () => '[{}]').join(',')}]`;
		expect(parseText(text).isJson).toBe(true);
	});

	it('may not be deeper beside what is shallow', () => {
		const text = `{"a":[1,{"b":2}],"c":[{},${nested(MAX_DEPTH)}]}`;
		expect(parseText(text)).toMatchObject({ isJson: false });
	});

	it('is refused, without running out of stack, however deep it is', () => {
		expect(parseText(nested(400_000))).toMatchObject({
			description: `JSON that is more than ${MAX_DEPTH} levels deep`,
		});
	});

	it('may not be deeper behind brackets that its texts close', () => {
		const text = `{"a":"${']}'.repeat(MAX_DEPTH)}","b":${nested(MAX_DEPTH)}}`;
		expect(parseText(text)).toMatchObject({ isJson: false });
	});

	it.each([
		['brackets', '['],
		['braces', '{'],
	])('may have %s in its texts', (_, piece) => {
		const text = `{"a":"${piece.repeat(MAX_DEPTH + 1)}"}`;
		expect(parseText(text).isJson).toBe(true);
	});

	it.each([
		['in a list', (count: number) => `[${'1,'.repeat(count - 2)}1]`],
		['as lists', (count: number) => `[[],${'[],'.repeat((count - 3) / 2)}1]`],
	])('may hold up to a million values, %s', (_, textOf) => {
		expect(parseText(textOf(MAX_VALUES - 1)).isJson).toBe(true);
		expect(parseText(textOf(MAX_VALUES + 3))).toMatchObject({
			description: 'JSON of more than 1,000,000 values',
		});
	});

	it('may not hold more behind blanks', () => {
		expect(parseText(` \n[${'1,'.repeat(MAX_VALUES)}1]`)).toMatchObject({
			description: 'JSON of more than 1,000,000 values',
		});
	});

	it.each([['__proto__'], ['\\u005f_proto__'], ['p\\u0072oto']])(
		'may have a text like a prototype: %s',
		(text) => {
			const json = `{"a":"${text}"}`;
			expect(parseText(json)).toEqual({ isJson: true, value: JSON.parse(json) as unknown });
		},
	);

	it('may have more commas than that in its texts', () => {
		expect(parseText(`["${','.repeat(MAX_VALUES + 1)}"]`).isJson).toBe(true);
	});

	it.each([
		['a quote', '\\"'],
		['a backslash', '\\\\'],
		['a backslash and a quote', '\\\\\\"'],
	])('may have more commas than that behind %s in its texts', (_, escape) => {
		expect(parseText(`["${escape}${','.repeat(MAX_VALUES + 1)}"]`).isJson).toBe(true);
	});

	it('has a text that ends at a quote behind escaped backslashes', () => {
		const text = `["\\\\",${'1,'.repeat(MAX_VALUES)}1]`;
		expect(parseText(text)).toMatchObject({ isJson: false });
	});

	const escapedName = (name: string) =>
		name.replace(/./g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);

	it.each([
		['in an object', '{"__proto__":{"a":1},"b":2}', { b: 2 }],
		['in a list', '[{"__proto__":1},{}]', [{}, {}]],
		['deep inside', '{"a":[{"b":{"__proto__":[]}},3]}', { a: [{ b: {} }, 3] }],
		['in another', '{"__proto__":{"__proto__":1},"a":null}', { a: null }],
		[
			'beside all else',
			'{"a":"t","b":[1,null,true],"__proto__":{}}',
			{ a: 't', b: [1, null, true] },
		],
		['under an escaped name', '{"\\u005f_proto__":{"a":1},"b":2}', { b: 2 }],
		['under a name of escapes', `{"${escapedName('__proto__')}":{"a":1},"b":2}`, { b: 2 }],
	])('has no prototypes %s', (_, text, value) => {
		const parsed = parseText(text);
		expect(JSON.stringify(parsed)).toBe(JSON.stringify({ isJson: true, value }));
	});
});
