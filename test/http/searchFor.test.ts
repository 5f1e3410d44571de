import { searchFor, shortestOf } from '../../nodes/shared/http/searchFor';

const NEEDLES = ['abcdefgh', 'Zq7_w2x9y4', 'abcd-1234-efgh-5678'];
const search = (text: string) => searchFor(NEEDLES)(text);

const around = Array.from({ length: 40 }, (_, before) => before);

describe('a search for any of several texts', () => {
	it.each(NEEDLES)('finds "%s" at every place of a text', (needle) => {
		const searchOne = searchFor(NEEDLES);
		const missed = around.flatMap((before) =>
			around.filter((after) => !searchOne('.'.repeat(before) + needle + '.'.repeat(after))),
		);
		expect(missed).toEqual([]);
	});

	it.each(NEEDLES)('finds "%s" in no text that has all of it but one letter', (needle) => {
		const spoilt = Array.from(needle, (_, at) => `${needle.slice(0, at)}.${needle.slice(at + 1)}`);
		const found = around.flatMap((before) =>
			spoilt.filter((text) => search(`${'.'.repeat(before)}${text}...`)),
		);
		expect(found).toEqual([]);
	});

	it('finds one behind much that begins like it', () => {
		expect(search(`${'abcdefg.'.repeat(1_000)}abcdefgh`)).toBe(true);
		expect(search('abcdefg.'.repeat(1_000))).toBe(false);
	});

	it('finds nothing where nothing is looked for', () => {
		expect(searchFor([])('abcdefgh')).toBe(false);
	});

	it.each(NEEDLES)('finds "%s" alone, at the beginning and at the end', (needle) => {
		const alone = searchFor([needle]);
		for (const text of [needle, `${needle}.`, `.${needle}`]) expect(alone(text)).toBe(true);
		expect(alone(needle.slice(1))).toBe(false);
	});

	it('knows the length of the shortest', () => {
		expect(shortestOf(NEEDLES)).toBe(8);
		expect(shortestOf([])).toBe(Infinity);
	});
});
