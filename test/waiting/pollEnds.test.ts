import { getEventListeners } from 'node:events';

import { createCrawlJob } from '../../nodes/shared/crawlJob';
import { RequestFault } from '../../nodes/shared/errors';
import { createWait, type StatusCheck, type Wait } from '../../nodes/shared/waiting/itemWait';
import { poll, type Checker, type PollOptions } from '../../nodes/shared/waiting/poll';
import { initialState, timeoutFor, type WaitPolicy } from '../../nodes/shared/waiting/wait';
import { VirtualClock } from '../bench/virtualClock';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const policy: WaitPolicy = {
	deadlineMs: MINUTE,
	stallMs: 0,
	maxFailuresInRow: 10,
	pace: { kind: 'fixed', intervalMs: 2 * SECOND },
	minGapMs: 0,
};

let clock: VirtualClock;
beforeEach(() => {
	clock = new VirtualClock();
});

/** A wait for the crawl of a name. */
const waitFor = (name: string, change: Partial<WaitPolicy> = {}): Wait<string> =>
	createWait(name, { ...policy, ...change }, initialState(clock.now()));

function found(status: 'running' | 'succeeded'): StatusCheck {
	const job = createCrawlJob({
		provider: 'any',
		jobId: 'a',
		reference: {},
		status,
		rawStatus: status,
	});
	return { job, raw: null, pauseMs: null };
}

const refused = new RequestFault('permanent', 'No', { advice: '' });

interface Polled {
	ended: Array<Wait<string>>;
	/** Which crawls were looked up, and for how many waits. */
	requests: Array<{ name: string; waits: number; at: number }>;
}

async function pollAll(
	waits: Array<Wait<string>>,
	answer: (name: string, count: number) => Promise<StatusCheck>,
	change: Partial<PollOptions<string>> = {},
): Promise<Polled> {
	const requests: Polled['requests'] = [];
	const checker: Checker<string> = {
		keyOf: ({ target }) => target,
		rateLimitOf: () => ({ key: 'one' }),
		check: async (together) => {
			const name = together[0]?.target ?? '';
			requests.push({ name, waits: together.length, at: clock.now() });
			const result = await answer(name, requests.length);
			return together.map(() => result);
		},
	};
	let ended: Array<Wait<string>> = [];
	const options = { checker, clock, random: () => 0.5, concurrency: 10, stopOnError: false };
	let failure: unknown = null;
	await clock.run(
		poll(waits, { ...options, ...change }).then(
			(result) => (ended = result),
			(error: unknown) => (failure = error),
		),
	);
	if (failure !== null) throw failure as Error;
	return { ended, requests };
}

const never = async () => await new Promise<StatusCheck>(() => {});

const kinds = (waits: ReadonlyArray<Wait<string>>) => waits.map(({ verdict }) => verdict.kind);

describe('waits for the same crawl', () => {
	it('are looked up together', async () => {
		const { requests } = await pollAll([waitFor('a'), waitFor('a'), waitFor('b')], async () =>
			found('succeeded'),
		);
		expect(requests.map(({ name, waits }) => [name, waits])).toEqual([
			['a', 2],
			['b', 1],
		]);
	});

	it('are looked up for those alone that still wait', async () => {
		const short = waitFor('a', { deadlineMs: 5 * SECOND });
		const { ended, requests } = await pollAll([short, waitFor('a')], async () =>
			clock.now() < 10 * SECOND ? found('running') : found('succeeded'),
		);
		expect(ended.map(({ verdict }) => verdict)).toEqual([
			{ kind: 'end', reason: 'deadline' },
			{ kind: 'end', reason: 'final' },
		]);
		const late = requests.filter(({ at }) => at > 6 * SECOND);
		expect(new Set(late.map(({ waits }) => waits))).toEqual(new Set([1]));
	});

	it('give the answer as much time as the most patient of them', async () => {
		const [hurried, patient] = [waitFor('a', { deadlineMs: 10 * SECOND }), waitFor('a')];
		const given: number[] = [];
		const checker: Checker<string> = {
			keyOf: ({ target }) => target,
			rateLimitOf: () => ({ key: 'one' }),
			check: async (waits, timeoutMs) => {
				given.push(timeoutMs);
				return waits.map(() => found('succeeded'));
			},
		};
		await pollAll([hurried, patient], never, { checker });
		expect(given).toEqual([timeoutFor(patient.state, patient.policy, clock.now())]);
	});

	it('end once each, where an answer never comes', async () => {
		const told: number[] = [];
		await pollAll([waitFor('a', { deadlineMs: 5 * SECOND }), waitFor('a')], never, {
			onCheck: (_, index) => told.push(index),
		});
		expect(told).toEqual([0, 1]);
	});

	it('stay as they ended, when an answer comes that the others still wait for', async () => {
		const short = waitFor('a', { deadlineMs: 5 * SECOND });
		const { ended } = await pollAll([short, waitFor('a')], async (_, count) => {
			if (count === 1) return found('running');
			await clock.sleep(20 * SECOND);
			return found('succeeded');
		});
		expect(ended.map(({ verdict }) => verdict)).toEqual([
			{ kind: 'end', reason: 'deadline' },
			{ kind: 'end', reason: 'final' },
		]);
	});
});

describe('stopOnError', () => {
	const failing = async (name: string) => {
		if (name === 'bad') throw refused;
		return found('running');
	};

	it('ends the polling with the first error, and leaves the other waits as they are', async () => {
		const { ended } = await pollAll([waitFor('a'), waitFor('bad')], failing, { stopOnError: true });
		expect(kinds(ended)).toEqual(['continue', 'error']);
		expect(clock.now()).toBeLessThan(2 * SECOND);
	});

	it('lets the other waits go on where it is off', async () => {
		const { ended } = await pollAll([waitFor('a'), waitFor('bad')], failing);
		expect(kinds(ended)).toEqual(['end', 'error']);
	});
});

describe('a signal to stop', () => {
	it('ends the polling without a verdict, and without another request', async () => {
		const stop = new AbortController();
		const { ended, requests } = await pollAll(
			[waitFor('a')],
			async (_, count) => {
				if (count === 3) stop.abort();
				return found('running');
			},
			{ signal: stop.signal },
		);
		expect(kinds(ended)).toEqual(['continue']);
		expect(requests).toHaveLength(3);
	});

	it('ends the polling while a request is under way', async () => {
		const stop = new AbortController();
		void clock.sleep(SECOND).then(() => stop.abort());
		const { ended } = await pollAll([waitFor('a')], never, { signal: stop.signal });
		expect(kinds(ended)).toEqual(['continue']);
		expect(clock.now()).toBe(SECOND);
	});

	it('ends the polling at once where it comes while a request is being sent', async () => {
		const stop = new AbortController();
		const stopAndHang = async () => {
			stop.abort();
			return await never();
		};
		await pollAll([waitFor('a')], stopAndHang, { signal: stop.signal });
		expect(clock.now()).toBe(0);
	});

	it('leaves each wait as it is then, whatever answer is under way', async () => {
		const stop = new AbortController();
		const stopAndAnswer = async () => {
			stop.abort();
			return found('succeeded');
		};
		const { ended } = await pollAll([waitFor('a')], stopAndAnswer, { signal: stop.signal });
		expect(kinds(ended)).toEqual(['continue']);
	});

	it('is no longer listened to after the end', async () => {
		const { signal } = new AbortController();
		await pollAll([waitFor('a')], async () => found('succeeded'), { signal });
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});
});

describe('maxRounds', () => {
	it('ends the polling after so many checks of each wait', async () => {
		const { ended, requests } = await pollAll(
			[waitFor('a'), waitFor('b')],
			async () => found('running'),
			{ maxRounds: 3 },
		);
		expect(kinds(ended)).toEqual(['continue', 'continue']);
		expect(requests).toHaveLength(6);
	});
});

describe('onCheck', () => {
	it('tells of each check, with the place of its wait', async () => {
		const told: Array<[string, number, string]> = [];
		await pollAll(
			[waitFor('a'), waitFor('b')],
			async (name) => {
				if (name === 'b') throw refused;
				return found('succeeded');
			},
			{ onCheck: ({ target, verdict }, index) => told.push([target, index, verdict.kind]) },
		);
		expect(told).toEqual([
			['a', 0, 'end'],
			['b', 1, 'error'],
		]);
	});

	it('ends the polling with the error that it throws', async () => {
		const broken = new Error('The caller is broken');
		const onCheck = () => {
			throw broken;
		};
		const polled = pollAll([waitFor('a')], async () => found('running'), { onCheck });
		await expect(polled).rejects.toBe(broken);
	});
});

describe('a check that is not what was promised', () => {
	it.each<[string, () => Promise<StatusCheck[]>, string]>([
		['gives fewer results than waits', async () => [], 'no result'],
		['fails with a text', async () => await Promise.reject('a text' as unknown as Error), 'a text'],
	])('and %s is an error of its waits', async (_, check, message) => {
		const checker: Checker<string> = {
			keyOf: ({ target }) => target,
			rateLimitOf: () => ({ key: 'one' }),
			check,
		};
		const { ended } = await pollAll([waitFor('a')], async () => found('running'), { checker });
		expect(ended[0]?.verdict).toMatchObject({
			kind: 'error',
			error: { message: expect.stringContaining(message) as string },
		});
	});
});

describe('a request that takes longer than three seconds', () => {
	it('leaves its place to another', async () => {
		const { requests } = await pollAll(
			[waitFor('slow'), waitFor('b')],
			async (name) => {
				if (name === 'slow') await clock.sleep(10 * SECOND);
				return found('succeeded');
			},
			{ concurrency: 1 },
		);
		expect(requests.map(({ name, at }) => [name, at])).toEqual([
			['slow', 0],
			['b', 3 * SECOND],
		]);
	});

	it.each([
		['its answer comes', async () => await clock.sleep(8 * SECOND)],
		['its wait ends without an answer', never],
	])('leaves no second place when %s', async (_, slow) => {
		let underWay = 0;
		let most = 0;
		const answer = async (name: string) => {
			if (name === 'slow') {
				await slow();
				return found('succeeded');
			}
			most = Math.max(most, ++underWay);
			await clock.sleep(SECOND);
			underWay--;
			return clock.now() < 30 * SECOND ? found('running') : found('succeeded');
		};
		const waits = [waitFor('slow', { deadlineMs: 5 * SECOND }), waitFor('b'), waitFor('c')];
		await pollAll(waits, answer, { concurrency: 1 });
		expect(most).toBe(1);
	});

	it('ends no other wait when its answer comes after the end of its own', async () => {
		const { ended } = await pollAll(
			[waitFor('slow', { deadlineMs: 5 * SECOND }), waitFor('b')],
			async (name) => {
				if (name === 'slow') await clock.sleep(20 * SECOND);
				return clock.now() < 40 * SECOND ? found('running') : found('succeeded');
			},
		);
		expect(ended[1]?.verdict).toEqual({ kind: 'end', reason: 'final' });
	});
});
