import fc from 'fast-check';

import { createCrawlJob } from '../../nodes/shared/crawlJob';
import { RequestFault } from '../../nodes/shared/errors';
import {
	createWait,
	isWaiting,
	type StatusCheck,
	type Wait,
} from '../../nodes/shared/waiting/itemWait';
import { PACES, type Pace } from '../../nodes/shared/waiting/pace';
import { poll } from '../../nodes/shared/waiting/poll';
import { restoreState, STANDSTILL_MS, initialState } from '../../nodes/shared/waiting/wait';
import { seededRandom } from '../bench/random';
import { VirtualClock } from '../bench/virtualClock';
import { runs } from './runs';

/*
 * Random histories of a provider, of what stands between it and n8n, and of n8n itself, played on a
 * clock on which hours pass in moments: faults, pauses, answers that come late or never, ends by a
 * word or by counters, restarts of n8n between two checks. Whatever happens, the laws below hold.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What meets one check. */
type Event =
	| { kind: 'answer'; pauseMs: number | null }
	| { kind: 'passing' | 'missing'; pauseMs: number | null; isTimeout: boolean }
	| { kind: 'slow'; ms: number }
	| { kind: 'silent' };

const pause = fc.option(fc.constantFrom(0, SECOND, 30 * SECOND, 20 * MINUTE, 24 * 60 * MINUTE), {
	freq: 8,
});

const event: fc.Arbitrary<Event> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('answer' as const), pauseMs: pause }) },
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constantFrom('passing' as const, 'missing' as const),
			pauseMs: pause,
			isTimeout: fc.boolean(),
		}),
	},
	fc.record({ kind: fc.constant('slow' as const), ms: fc.integer({ min: 1, max: 90 * SECOND }) }),
	fc.constant({ kind: 'silent' as const }),
);

const history = fc.record({
	/** When the provider's job ends, and how. */
	endsAt: fc.integer({ min: 0, max: 20 * MINUTE }),
	ending: fc.constantFrom('succeeded', 'failed', 'cancelled', 'deduced', 'never'),
	events: fc.array(event, { maxLength: 25 }),
	/** The checks after which n8n restarts. */
	restarts: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }),
	deadlineMs: fc.integer({ min: 0, max: 30 * MINUTE }),
	stallMs: fc.constantFrom(0, 2 * MINUTE),
	pace: fc.constantFrom<Pace>(PACES.relaxed, PACES.balanced, PACES.eager, {
		kind: 'fixed',
		intervalMs: 3 * SECOND,
	}),
	maxFailuresInRow: fc.constantFrom(0, 3, 10),
	seed: fc.nat(),
});

type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

interface Played {
	wait: Wait;
	requests: number[];
	/** The wait after each check. */
	seen: Wait[];
	endedAt: number;
}

async function play(given: History): Promise<Played> {
	const clock = new VirtualClock();
	const random = seededRandom(given.seed);
	const policy = { ...given, minGapMs: 0 };
	const requests: number[] = [];
	const seen: Wait[] = [];

	const found = (pauseMs: number | null): StatusCheck => {
		const isOver = clock.now() >= given.endsAt && given.ending !== 'never';
		const job = (status: 'running' | 'succeeded' | 'failed' | 'cancelled') =>
			createCrawlJob({ provider: 'any', jobId: 'a', reference: {}, status, rawStatus: null });
		if (!isOver) return { job: job('running'), raw: null, pauseMs };
		return given.ending === 'deduced' || given.ending === 'never'
			? { job: job('succeeded'), unconfirmed: job('running'), raw: null, pauseMs }
			: { job: job(given.ending), raw: null, pauseMs };
	};
	const check = async (
		_: readonly Wait[],
		timeoutMs: number,
	): Promise<Array<StatusCheck | Error>> => {
		const event = given.events[requests.length] ?? { kind: 'answer', pauseMs: null };
		requests.push(clock.now());
		switch (event.kind) {
			case 'answer':
				await clock.sleep(200);
				return [found(event.pauseMs)];
			case 'slow':
				await clock.sleep(Math.min(event.ms, timeoutMs));
				return [event.ms < timeoutMs ? found(null) : timeout];
			case 'silent':
				// Whoever sends the request should have given up: the wait does not rely on it.
				await clock.sleep(24 * 60 * MINUTE);
				return [timeout];
			default:
				await clock.sleep(50);
				return [new RequestFault(event.kind, 'A fault', { ...event, advice: '' })];
		}
	};

	let wait: Wait = createWait({}, policy, initialState(0));
	let endedAt = 0;
	const live = async () => {
		for (let lives = 0; lives < 5; lives++) {
			const checksLeft = given.restarts
				.filter((after) => after > requests.length)
				.sort((a, b) => a - b)[0];
			const [last] = await poll([wait], {
				checker: { keyOf: () => 'a', rateLimitOf: () => ({ key: 'a' }), check },
				clock,
				random,
				concurrency: 1,
				stopOnError: false,
				...(checksLeft !== undefined && { maxRounds: checksLeft - requests.length }),
				onCheck: (now) => seen.push(now),
			});
			if (last === undefined) throw new Error('The wait is gone');
			wait = last;
			endedAt = clock.now();
			if (!isWaiting(wait)) return;
			// All that survives a restart is what was saved.
			const saved = JSON.parse(JSON.stringify(wait.state)) as typeof wait.state;
			wait = createWait({}, policy, restoreState(saved));
		}
	};
	await clock.run(live());
	return { wait, requests, seen, endedAt };
}

const timeout = new RequestFault('passing', 'No answer', { advice: '', isTimeout: true });

const law = (holds: (played: Played, given: History) => void, usual = 150) =>
	fc.assert(
		fc.asyncProperty(history, async (given) => holds(await play(given), given)),
		runs(usual),
	);

describe('whatever meets a wait', () => {
	it('it ends exactly once', async () => {
		await law(({ wait, seen }) => {
			expect(isWaiting(wait)).toBe(false);
			expect(seen.filter((after) => !isWaiting(after))).toHaveLength(1);
		});
	});

	it('it is final only after the provider has said so, or has stood still', async () => {
		await law(({ wait, endedAt }, { endsAt, ending }) => {
			if (wait.verdict.kind !== 'end' || wait.verdict.reason !== 'final') return;
			expect(wait.last?.job.status).toBe(ending === 'deduced' ? 'succeeded' : ending);
			expect(endedAt).toBeGreaterThanOrEqual(endsAt + (ending === 'deduced' ? STANDSTILL_MS : 0));
		});
	});

	it('no request leaves after its end', async () => {
		await law(({ requests, endedAt }) => {
			expect(Math.max(...requests)).toBeLessThanOrEqual(endedAt);
		});
	});

	it('it is over at its deadline, but for the answer to the check that is made then', async () => {
		await law(({ endedAt }, { deadlineMs }) => {
			expect(endedAt).toBeLessThanOrEqual(deadlineMs + 7 * SECOND);
		});
	});

	it('it is never over before its deadline without an end, a standstill or an error', async () => {
		await law(({ wait, endedAt }, { deadlineMs }) => {
			if (wait.verdict.kind !== 'end' || wait.verdict.reason !== 'deadline') return;
			expect(endedAt).toBeGreaterThanOrEqual(deadlineMs);
		});
	});

	it('it sends no more requests than its shortest interval allows', async () => {
		await law(({ requests, endedAt }) => {
			expect(requests.length).toBeLessThanOrEqual(2 + endedAt / (SECOND / 2));
		});
	});
});
