import { RequestFault } from '../../nodes/shared/errors';
import type { ApiAnswer, ApiRequest, SendRequest } from '../../nodes/shared/http/api';
import { RequestQueue } from '../../nodes/shared/http/requestQueue';
import { VirtualClock } from '../bench/virtualClock';

const REQUEST: ApiRequest = { method: 'GET', path: '/' };

/** Requests that take so long each, and when they were sent by whom. */
function requests(tookMs: number, pauseMs: number | null = null) {
	const clock = new VirtualClock();
	const queue = new RequestQueue(clock);
	const sent: Array<[place: number, at: number]> = [];
	const send =
		(place: number): SendRequest =>
		async (): Promise<ApiAnswer> => {
			sent.push([place, clock.now()]);
			await clock.sleep(tookMs);
			return { body: place, pauseMs };
		};
	const sender = (place: number, signal?: AbortSignal) => queue.sender(send(place), place, signal);
	return { clock, queue, sent, sender };
}

const places = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('requests of many who work side by side', () => {
	it('are ten at once', async () => {
		const { clock, sent, sender } = requests(1_000);
		await clock.run(Promise.all(places(25).map(async (place) => await sender(place)(REQUEST))));
		expect(sent.map(([, at]) => at)).toEqual([
			...places(10).map(() => 0),
			...places(10).map(() => 1_000),
			...places(5).map(() => 2_000),
		]);
	});

	it('are all sent where several have one place in line', async () => {
		const { clock, sent, sender } = requests(1_000);
		await clock.run(Promise.all(places(25).map(async () => await sender(7)(REQUEST))));
		expect(sent).toHaveLength(25);
	});

	it('give what they are answered', async () => {
		const { clock, sender } = requests(1_000);
		const all = Promise.all(places(12).map(async (place) => await sender(place)(REQUEST)));
		await clock.run(all);
		expect((await all).map(({ body }) => body)).toEqual(places(12));
	});

	it('are those of the first in line before others', async () => {
		const { clock, sent, sender } = requests(1_000);
		const order = [...places(10), 15, 12, 14, 11];
		await clock.run(Promise.all(order.map(async (place) => await sender(place)(REQUEST))));
		expect(sent.slice(10).map(([place]) => place)).toEqual([11, 12, 14, 15]);
	});

	it('do not wait for slow ones for more than three seconds', async () => {
		const { clock, sent, sender } = requests(60_000);
		await clock.run(Promise.all(places(25).map(async (place) => await sender(place)(REQUEST))));
		expect(new Set(sent.map(([, at]) => at))).toEqual(new Set([0, 3_000, 6_000]));
	});

	it('give their place once, however late a slow one is answered', async () => {
		const { clock, sent, sender } = requests(5_000);
		await clock.run(Promise.all(places(40).map(async (place) => await sender(place)(REQUEST))));
		expect(sent.map(([, at]) => at)).toEqual(places(40).map((n) => 3_000 * Math.floor(n / 10)));
	});

	it.each([
		[2_000, 3_000],
		[90_000, 61_000],
	])('all keep a pause of %i ms that one was asked for', async (pauseMs, nextAt) => {
		const { clock, sent, sender } = requests(1_000, pauseMs);
		await clock.run(sender(0)(REQUEST).then(async () => await sender(1)(REQUEST)));
		expect(sent.at(-1)).toEqual([1, nextAt]);
	});

	it('all keep a pause that came while they were in line', async () => {
		const { clock, sent, sender } = requests(1_000, 60_000);
		await clock.run(Promise.all(places(25).map(async (place) => await sender(place)(REQUEST))));
		expect(sent.map(([, at]) => at)).toEqual([
			...places(10).map(() => 0),
			...places(10).map(() => 61_000),
			...places(5).map(() => 122_000),
		]);
	});

	it('all keep a pause that comes with a fault', async () => {
		const { clock, queue, sent, sender } = requests(1_000);
		const refused = queue.sender(
			async () =>
				await Promise.reject(new RequestFault('passing', 'No', { advice: '', pauseMs: 5_000 })),
			0,
		);
		await clock.run(
			expect(refused(REQUEST))
				.rejects.toThrow('No')
				.then(async () => await sender(1)(REQUEST)),
		);
		expect(sent).toEqual([[1, 5_000]]);
	});

	it('keep the longest pause', async () => {
		const { clock, queue, sent, sender } = requests(0);
		const asked = (pauseMs: number) =>
			queue.sender(async () => {
				await clock.sleep(1_000);
				return { body: null, pauseMs };
			}, 0);
		await clock.run(
			Promise.all([asked(9_000)(REQUEST), asked(4_000)(REQUEST)]).then(
				async () => await sender(1)(REQUEST),
			),
		);
		expect(sent).toEqual([[1, 10_000]]);
	});

	it('are sent once if they are equal and change nothing', async () => {
		const { clock, queue } = requests(1_000);
		let sent = 0;
		const send: SendRequest = async ({ path }) => {
			sent++;
			await clock.sleep(1_000);
			return { body: path, pauseMs: null };
		};
		const paths = ['/a', '/b', '/a', '/a'];
		const all = Promise.all(
			paths.map(async (path, place) => await queue.reader(send, place)({ method: 'GET', path })),
		);
		await clock.run(all);
		expect((await all).map(({ body }) => body)).toEqual(paths);
		expect(sent).toBe(2);
	});

	it('are not sent after a stop, and give their place to the next', async () => {
		const { clock, sent, sender } = requests(1_000);
		const stop = new AbortController();
		const first = places(10).map(async (place) => await sender(place)(REQUEST));
		const stopped = places(3).map(async (place) => await sender(10 + place, stop.signal)(REQUEST));
		const last = sender(20)(REQUEST);
		const outcomes = Promise.allSettled(stopped);
		stop.abort(new Error('stopped'));
		await clock.run(Promise.all([...first, outcomes, last]));
		expect((await outcomes).map(({ status }) => status)).toEqual(places(3).map(() => 'rejected'));
		expect(sent.map(([place]) => place)).toEqual([...places(10), 20]);
	});
});
