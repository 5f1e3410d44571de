import { RequestFault } from '../../nodes/shared/errors';
import {
	MAX_ENTRIES,
	MAX_SLICES,
	readList,
	take,
	withRetries,
	type List,
	type ListReading,
	type ListSlice,
} from '../../nodes/shared/paginate';

/** A time that passes only while somebody sleeps. */
function testReading(): ListReading & { slept: number[]; hints: string[] } {
	const slept: number[] = [];
	const hints: string[] = [];
	const sleep = async (ms: number) => {
		slept.push(ms);
	};
	return { clock: { now: () => 0, sleep }, slept, hints, hint: (message) => hints.push(message) };
}

type Slice = Partial<ListSlice<string>> & { entries: string[] };

/**
 * Serves slices by their places in the list; where there are none, an empty one is the end. What
 * `answers` gives for a request, counted from 1, comes first.
 */
function server(slices: Slice[], answers: Record<number, Slice | RequestFault> = {}) {
	const positions: number[] = [];
	const list: List<string> = {
		fetchSlice: async (position) => {
			const place = Number(position || 0);
			const scripted = answers[positions.push(place)];
			if (scripted instanceof RequestFault) throw scripted;
			const slice = scripted ?? slices[place];
			if (slice === undefined) return { entries: [], next: null };
			return { next: String(place + 1), ...slice };
		},
		keyOf: (entry) => entry.toLowerCase(),
	};
	return { list, positions };
}

const fault = (kind: 'passing' | 'missing' | 'permanent' = 'passing', pauseMs = 0) =>
	new RequestFault(kind, 'The server is down', { advice: '', pauseMs });

describe('a list', () => {
	it('has the entries of all slices', async () => {
		const { list } = server([{ entries: ['a', 'b'] }, { entries: ['c'], next: null }]);
		expect(await take(list, Infinity)).toEqual(['a', 'b', 'c']);
	});

	it('has an entry once that moved to a later slice', async () => {
		const { list } = server([{ entries: ['a', 'b'] }, { entries: ['b', 'c'] }]);
		expect(await take(list, Infinity)).toEqual(['a', 'b', 'c']);
	});

	it('has the better one of two entries that are the same, in the place of the first', async () => {
		const { list } = server([{ entries: ['a', 'b'] }, { entries: ['A', 'B'] }]);
		const better = { ...list, isBetter: (entry: string) => entry === 'A' };
		expect(await take(better, Infinity)).toEqual(['A', 'b']);
	});

	it.each<[string, Slice[], number]>([
		['an empty slice', [{ entries: ['a'] }], 2],
		[
			'a slice after which the server says that nothing follows',
			[{ entries: ['a'], next: null }],
			1,
		],
		['the last entry of those that it counts', [{ entries: ['a', 'b'], total: 2 }], 1],
		['slices that bring nothing new', Array.from({ length: 9 }, () => ({ entries: ['a'] })), 4],
		['a cursor that leads back', [{ entries: ['a'] }, { entries: ['b'], next: '1' }], 2],
		['empty slices, whatever follows', Array.from({ length: 9 }, () => ({ entries: [] })), 3],
	])('ends at %s', async (_, slices, requests) => {
		const { list, positions } = server(slices);
		await take(list, Infinity);
		expect(positions).toHaveLength(requests);
	});

	it('goes on after a slice of which nothing can be read', async () => {
		const { list } = server([
			{ entries: [], length: 50 },
			{ entries: ['a'], next: null },
		]);
		expect(await take(list, Infinity)).toEqual(['a']);
	});

	it('does not end at a count that is smaller than what was listed', async () => {
		const { list } = server([{ entries: ['a', 'b'], total: 1 }, { entries: ['c'] }]);
		expect(await take(list, Infinity)).toEqual(['a', 'b', 'c']);
	});

	it.each([
		[1, 1],
		[2, 1],
		[3, 2],
		[0, 0],
	])('of which %i entries are wanted is asked for %i slices', async (limit, expected) => {
		const { list, positions } = server([{ entries: ['a', 'b'] }, { entries: ['c', 'd'] }]);
		expect(await take(list, limit)).toHaveLength(limit);
		expect(positions).toHaveLength(expected);
	});

	it('can be as long as one answer makes it', async () => {
		const entries = Array.from({ length: 130_000 }, (_, index) => String(index));
		expect(await take(server([{ entries, next: null }]).list, Infinity)).toHaveLength(130_000);
	});

	it('ends between two slices when the reading is stopped', async () => {
		const stop = new AbortController();
		const { list, positions } = server(
			Array.from({ length: 9 }, (_, i) => ({ entries: [`${i}`] })),
		);
		const stopping: List<string> = {
			...list,
			fetchSlice: async (position) => {
				if (positions.length === 2) stop.abort();
				return await list.fetchSlice(position);
			},
		};
		const reading = { ...testReading(), signal: stop.signal };
		await expect(take(stopping, Infinity, reading)).rejects.toThrow();
		expect(positions).toHaveLength(3);
	});
});

describe('a list without an end', () => {
	const endless = (size: number): List<string> => ({
		fetchSlice: async (position) => {
			const place = Number(position || 0);
			const entries = Array.from({ length: size }, (_, index) => `${place}-${index}`);
			return { entries, next: String(place + 1) };
		},
		keyOf: (entry) => entry,
	});

	it.each([
		['entries', 500, MAX_ENTRIES],
		['slices', 1, MAX_SLICES],
	])('is read up to a number of %s', async (_, size, expected) => {
		expect(await take(endless(size), Infinity)).toHaveLength(expected);
	});

	it('is given as far as it was read, with a hint', async () => {
		const reading = testReading();
		await take(endless(500), Infinity, reading);
		expect(reading.hints).toEqual([expect.stringContaining(`after ${MAX_ENTRIES} entries`)]);
	});

	it('is read up to a weight', async () => {
		const list = endless(50);
		const heavy: List<{ id: string; text: string }> = {
			fetchSlice: async (position) => {
				const { entries, next } = await list.fetchSlice(position);
				return { entries: entries.map((id) => ({ id, text: 'x'.repeat(100_000) })), next };
			},
			keyOf: ({ id }) => id,
		};
		expect(await take(heavy, Infinity)).toHaveLength(2_000);
	});

	it.each<[string, object, string]>([
		['names', { ['n'.repeat(20_000_000)]: '' }, ''],
		['values that are no texts', { values: Array.from({ length: 400_000 }, () => []) }, ''],
		['positions', {}, 'p'.repeat(20_000_000)],
	])('is read up to a weight of its %s', async (_, more, cursor) => {
		const reading = testReading();
		const heavy: List<{ id: string }> = {
			fetchSlice: async (position) => {
				const next = position.length + 1;
				return { entries: [{ id: String(next), ...more }], next: `${cursor}${'.'.repeat(next)}` };
			},
			keyOf: ({ id }) => id,
		};
		expect((await take(heavy, Infinity, reading)).length).toBeLessThan(15);
		expect(reading.hints).toEqual([expect.stringContaining('not read any further')]);
	});
});

describe('a slice that meets a fault', () => {
	const slices: Slice[] = [{ entries: ['a'] }, { entries: ['b'] }, { entries: ['c'], next: null }];

	it('is asked for again, and none before it', async () => {
		const { list, positions } = server(slices, { 2: fault(), 3: fault(), 5: fault() });
		expect(await take(list, Infinity, testReading())).toEqual(['a', 'b', 'c']);
		expect(positions).toEqual([0, 1, 1, 1, 2, 2]);
	});

	it('is asked for after longer and longer pauses', async () => {
		const reading = testReading();
		await take(server(slices, { 1: fault(), 2: fault(), 3: fault() }).list, Infinity, reading);
		expect(reading.slept).toEqual([500, 1_000, 2_000]);
	});

	it('is asked for after the pause that the server wants', async () => {
		const reading = testReading();
		await take(server(slices, { 1: fault('passing', 7_000) }).list, Infinity, reading);
		expect(reading.slept).toEqual([7_000]);
	});

	it.each([
		['the tries are used up', Array.from({ length: 9 }, () => fault()), 5],
		['the pause would be too long', [fault('passing', 3_600_000)], 1],
		['it cannot pass', [fault('permanent')], 1],
		['it is missing', [fault('missing')], 1],
	])('ends the reading when %s', async (_, faults, requests) => {
		const answers = Object.fromEntries(faults.map((answer, index) => [index + 1, answer]));
		const { list, positions } = server(slices, answers);
		await expect(take(list, Infinity, testReading())).rejects.toThrow('The server is down');
		expect(positions).toHaveLength(requests);
	});

	it('leaves what was read before it', async () => {
		const { list } = server(slices, { 2: fault('permanent') });
		const { entries, error } = await readList(list, Infinity, testReading());
		expect({ entries, message: error?.message }).toEqual({
			entries: ['a'],
			message: 'The server is down',
		});
	});

	it('is not asked for again once the reading is stopped', async () => {
		const signal = AbortSignal.abort();
		let tries = 0;
		const lookUp = async () => {
			tries++;
			throw fault();
		};
		await expect(withRetries(lookUp, { ...testReading(), signal })).rejects.toThrow();
		expect(tries).toBe(1);
	});
});

describe('a list that is shorter than the server counts', () => {
	it('goes on after a short slice', async () => {
		const { list } = server([
			{ entries: ['a'], total: 4 },
			{ entries: ['b', 'c'], total: 4 },
			{ entries: ['d'], total: 4 },
		]);
		expect(await take(list, Infinity)).toEqual(['a', 'b', 'c', 'd']);
	});

	it('is looked at again: what comes later is not missed', async () => {
		const { list } = server([{ entries: ['a', 'b'], total: 2 }], {
			1: { entries: [], total: 2, next: null },
			2: { entries: [], total: 2, next: null },
		});
		const reading = testReading();
		expect(await take(list, Infinity, reading)).toEqual(['a', 'b']);
		expect(reading.hints).toEqual([]);
	});

	it('is looked at again where a slice was not full', async () => {
		const late = { entries: ['a'], total: 5 };
		const { list, positions } = server(
			[
				{ entries: ['a', 'b'], total: 5 },
				{ entries: ['c', 'd'], total: 5 },
				{ entries: ['e'], total: 5 },
			],
			{ 1: late },
		);
		expect(new Set(await take(list, Infinity, testReading()))).toEqual(
			new Set(['a', 'b', 'c', 'd', 'e']),
		);
		expect(positions).toEqual([0, 1, 2, 3, 0]);
	});

	it('is said to be so, with how many entries are missing', async () => {
		const reading = testReading();
		await take(server([{ entries: ['a'], total: 4 }]).list, Infinity, reading);
		expect(reading.hints).toEqual([expect.stringContaining('missing: 3')]);
	});

	it('is looked at again a few times only', async () => {
		const { list, positions } = server([{ entries: ['a'], total: 4 }]);
		await take(list, Infinity, testReading());
		expect(positions.length).toBeLessThan(10);
	});

	it('is not looked at again when no more is wanted', async () => {
		const reading = testReading();
		await take(server([{ entries: ['a'], total: 4 }]).list, 1, reading);
		expect(reading).toMatchObject({ slept: [], hints: [] });
	});
});

describe('a list with times', () => {
	const timed = (slices: Slice[]) => {
		const { list, positions } = server(slices);
		const timeOf = (entry: string) => (entry.startsWith('?') ? null : entry);
		return { list: { ...list, timeOf }, positions };
	};

	it.each([
		['oldest first', [['1', '2'], ['3']]],
		['newest first', [['3', '2'], ['1']]],
		['in no order', [['2', '3'], ['1']]],
	])('that comes %s is newest first', async (_, parts) => {
		const { list } = timed(parts.map((entries) => ({ entries })));
		expect(await take(list, Infinity)).toEqual(['3', '2', '1']);
	});

	it('gives the newest also where that comes last', async () => {
		expect(await take(timed([{ entries: ['1', '2'] }, { entries: ['3'] }]).list, 1)).toEqual(['3']);
	});

	it('is read no further than needed where the newest come first', async () => {
		const { list, positions } = timed([{ entries: ['3', '2'] }, { entries: ['1'] }]);
		await take(list, 1);
		expect(positions).toEqual([0]);
	});

	it('has what is without a time at its end', async () => {
		const { list } = timed([{ entries: ['?a', '1', '2', '?b'], next: null }]);
		expect(await take(list, Infinity)).toEqual(['2', '1', '?a', '?b']);
	});
});

it.each([
	['is refused', fault('permanent')],
	['is told to wait for long', fault('passing', 10 * 60_000)],
])('keeps the entries where a second look for more of them %s', async (_, answer) => {
	const { list } = server([{ entries: ['a', 'b'], total: 3 }], { 3: answer });
	expect(await readList(list, Infinity, testReading())).toMatchObject({
		entries: ['a', 'b'],
		missing: 1,
		error: null,
		secondLookFault: answer,
	});
});
