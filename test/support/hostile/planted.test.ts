import { Finder, plant, SPELLINGS } from './planted';

const secret = plant('test');
const finder = new Finder({ test: secret });
const cases = SPELLINGS.map((spell, index) => [index, spell(secret.value)] as const);

describe('the search for planted secrets', () => {
	it.each(cases)('finds every spelling, %d', (_, spelling) => {
		expect(finder.find(`It is ${spelling}.`)).not.toEqual([]);
	});

	it.each(cases)('finds it in the text of a JSON text, %d', (_, spelling) => {
		expect(finder.find(JSON.stringify(JSON.stringify([spelling])))).not.toEqual([]);
	});

	it.each([
		['the first half', secret.value.slice(0, secret.value.length / 2)],
		['the second half', secret.value.slice(secret.value.length / 2)],
		['lower case', secret.value.toLowerCase()],
	])('finds %s', (_, part) => {
		expect(finder.find(part)).not.toEqual([]);
	});

	it('finds nothing else', () => {
		expect(finder.find(plant('other').value)).toEqual([]);
	});
});
