import { hidingPlaces } from '../../nodes/shared/http/hidingPlaces';
import { needlesOf } from '../../nodes/shared/http/needles';

const KEY = 'gn7c1f5aZq90e2b8';
const HIDDEN = '%67n7c1f5aZq90e2b8';

const linesOf = (text: string, secret = KEY) =>
	[...hidingPlaces(text, needlesOf([secret]))]
		.join('')
		.split('\n')
		.filter((line) => line !== '');

describe('the places where escapes can hide a key', () => {
	it.each([
		['a text without escapes', 'gn7c1f5a zq90e2b8gn7c1f5azq90e2b8', []],
		['an escape in a word that is too short', '%67n7c1f5a zq90e2b8', []],
		['an escape between words that are too short', 'gn7c1f5a %67 q90e2b8', []],
		['an escape for a sign', 'gn7c1f5aZ%20q90e2b8', []],
		['what looks like an escape', 'gn7c1f5aZ%q90e2b8', []],
		['nothing', '', []],
		['a key', HIDDEN, [HIDDEN]],
		['a key, at the end of a text', `key: ${HIDDEN}`, [HIDDEN]],
		['a key, at the beginning', `${HIDDEN}: key`, [HIDDEN]],
		['two keys', `"${HIDDEN}" or "${HIDDEN}"`, [HIDDEN, HIDDEN]],
		['a key that ends with the escape', `"gn7c1f5aZq90e2b%38"`, ['gn7c1f5aZq90e2b%38']],
		['a key behind escapes for signs', `%20 %3C ${HIDDEN}`, [HIDDEN]],
		['a key among letters', `abc${HIDDEN}def`, [`abc${HIDDEN}def`]],
		['a key behind a long word', `${'x'.repeat(100)} ${HIDDEN}`, [HIDDEN]],
		['a key before a long word', `${HIDDEN} ${'x'.repeat(100)}`, [HIDDEN]],
		['a key between escapes in short words', `a%41 ${HIDDEN} %42b %43`, [HIDDEN]],
	])('%s', (_, text, places) => {
		expect(linesOf(text)).toEqual(places);
	});

	it.each(Array.from({ length: 2 * KEY.length }, (_, length) => length))(
		'is found behind words of %d letters',
		(length) => {
			const words = `${'x'.repeat(length)} `.repeat(5);
			expect(linesOf(`${words}${HIDDEN} ${words}`)).toEqual([HIDDEN]);
		},
	);

	it('are given in texts of some size, each of them once', () => {
		const texts = [...hidingPlaces(`"${HIDDEN}",`.repeat(1_000), needlesOf([KEY]))];
		expect(texts.join('')).toBe(`${HIDDEN}\n`.repeat(1_000));
		expect(texts.length).toBeGreaterThan(1);
		expect(texts.length).toBeLessThan(10);
	});

	it.each([
		['the end', 20_000, 0],
		['the beginning', 0, 20_000],
		['the middle', 20_000, 20_000],
	])('are no more of a long word than a key can reach into: at %s', (_, before, after) => {
		const [place = '', ...others] = linesOf(`${'x'.repeat(before)}${HIDDEN}${'x'.repeat(after)}`);
		expect(others).toEqual([]);
		expect(place).toContain(HIDDEN);
		expect(place.length).toBeLessThan(300);
	});

	it.each([
		['first', (hex: string) => `&#x26;#x25;25${hex.charCodeAt(0).toString(16)}${hex.slice(1)}`],
		['last', (hex: string) => `${hex.slice(0, -1)}%${hex.charCodeAt(hex.length - 1).toString(16)}`],
	])('hold all of a long key of which only the %s letter is escaped', (_, escaped) => {
		const key = KEY.repeat(10);
		const hidden = escaped(Buffer.from(key).toString('hex'));
		const letters = 'x'.repeat(10_000);
		expect(linesOf(`${letters}${hidden}${letters}`, key).join(' ')).toContain(hidden);
	});

	it.each(Array.from({ length: 30 }, (_, step) => 10 * step))(
		'hold both of two keys in a long word, %d letters from each other',
		(length) => {
			const text = `${HIDDEN}${'x'.repeat(length)}${HIDDEN}${'x'.repeat(20_000)}`;
			const found = [...hidingPlaces(text, needlesOf([KEY]))].join(' ');
			expect(found.split(HIDDEN)).toHaveLength(3);
		},
	);

	it('are all of a text for a word, which begins and ends at quotes too', () => {
		expect([...hidingPlaces('a "docs" b', needlesOf(['docs']))]).toEqual(['a "docs" b']);
	});
});
