import { paginate, take, type ListPage } from '../../nodes/shared/paginate';

/** Serves the given pages and counts how many were asked for. */
function server(pages: Array<ListPage<string>>) {
	let requests = 0;
	const fetchPage = async (page: number): Promise<ListPage<string>> => {
		requests++;
		return pages[page - 1] ?? { entries: [], isLast: false };
	};
	return { entries: () => paginate(fetchPage, (entry) => entry), requests: () => requests };
}

describe('paginate', () => {
	it('gives the entries of all pages', async () => {
		const { entries } = server([
			{ entries: ['a', 'b'], isLast: false },
			{ entries: ['c'], isLast: true },
		]);
		expect(await take(entries(), Infinity)).toEqual(['a', 'b', 'c']);
	});

	it('gives an entry once that moved to a later page', async () => {
		const { entries } = server([
			{ entries: ['a', 'b'], isLast: false },
			{ entries: ['b', 'c'], isLast: true },
		]);
		expect(await take(entries(), Infinity)).toEqual(['a', 'b', 'c']);
	});

	it('ends when a server repeats a page', async () => {
		const repeated = { entries: ['a', 'b'], isLast: false };
		const { entries, requests } = server(Array.from({ length: 100 }, () => repeated));
		expect(await take(entries(), Infinity)).toEqual(['a', 'b']);
		expect(requests()).toBe(2);
	});

	it('ends at an empty page', async () => {
		const { entries, requests } = server([{ entries: ['a'], isLast: false }]);
		expect(await take(entries(), Infinity)).toEqual(['a']);
		expect(requests()).toBe(2);
	});
});

describe('take', () => {
	it.each([
		[1, 1],
		[2, 1],
		[3, 2],
		[0, 0],
	])('of %i entries asks for %i pages', async (limit, expected) => {
		const { entries, requests } = server([
			{ entries: ['a', 'b'], isLast: false },
			{ entries: ['c', 'd'], isLast: true },
		]);
		expect(await take(entries(), limit)).toHaveLength(limit);
		expect(requests()).toBe(expected);
	});
});
