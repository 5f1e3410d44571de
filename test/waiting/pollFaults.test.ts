import { createCrawlJob } from '../../nodes/shared/crawlJob';
import { RequestFault } from '../../nodes/shared/errors';
import { createWait, type StatusCheck, type Wait } from '../../nodes/shared/waiting/itemWait';
import { poll, type Checker } from '../../nodes/shared/waiting/poll';
import { initialState, type WaitPolicy } from '../../nodes/shared/waiting/wait';
import { VirtualClock } from '../bench/virtualClock';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A crawl by its name, and what shares a rate limit with it. */
interface Target {
	name: string;
	account: string;
}

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

const waitFor = (name: string, account = 'one', change: Partial<WaitPolicy> = {}): Wait<Target> =>
	createWait({ name, account }, { ...policy, ...change }, initialState(clock.now()));

function found(status: 'running' | 'succeeded', pauseMs: number | null = null): StatusCheck {
	const job = createCrawlJob({
		provider: 'any',
		jobId: 'a',
		reference: {},
		status,
		rawStatus: status,
	});
	return { job, raw: null, pauseMs };
}

type Answer = (target: Target) => Promise<StatusCheck>;

/** Looks each crawl up by itself. */
const checkerOf = (answer: Answer): Checker<Target> => ({
	keyOf: ({ target }) => target.name,
	rateLimitOf: ({ target }) => ({ key: target.account }),
	check: async (waits) => {
		const [wait] = waits;
		return wait === undefined ? [] : [await answer(wait.target)];
	},
});

async function pollAll(
	waits: Array<Wait<Target>>,
	checker: Checker<Target>,
	concurrency = 10,
	change: { maxRounds?: number } = {},
): Promise<Array<Wait<Target>>> {
	let ended: Array<Wait<Target>> = [];
	const options = { checker, clock, random: () => 0.5, concurrency, stopOnError: false };
	await clock.run(poll(waits, { ...options, ...change }).then((result) => (ended = result)));
	return ended;
}

const verdicts = (waits: ReadonlyArray<Wait<Target>>) => waits.map(({ verdict }) => verdict);

describe('a request that never ends', () => {
	/** The first answer of each crawl comes, later ones of "stuck" never do. */
	function stuckAfterFirst(): Checker<Target> {
		const seen = new Set<string>();
		return checkerOf(async ({ name }) => {
			if (name !== 'stuck') return found('succeeded');
			if (seen.has(name)) return await new Promise(() => {});
			seen.add(name);
			return found('running');
		});
	}

	it('does not hold up the deadline of its wait for longer than a few seconds', async () => {
		const [stuck] = await pollAll([waitFor('stuck')], stuckAfterFirst());
		expect(stuck?.verdict).toEqual({ kind: 'end', reason: 'deadline' });
		expect(clock.now()).toBeLessThanOrEqual(policy.deadlineMs + 6.5 * SECOND);
	});

	it('does not cost another wait its end', async () => {
		const others = ['a', 'b', 'c', 'd'].map((name) => waitFor(name));
		const ended = await pollAll([waitFor('stuck'), ...others], stuckAfterFirst(), 1);
		expect(verdicts(ended).slice(1)).toEqual(others.map(() => ({ kind: 'end', reason: 'final' })));
	});

	it('counts as a check', async () => {
		const [stuck] = await pollAll([waitFor('stuck')], stuckAfterFirst());
		expect(stuck?.state.checks).toBe(2);
	});

	it('does not hold up those that share a limit which was reached, once its wait is over', async () => {
		let answers = 0;
		const checker = checkerOf(async ({ name }) => {
			if (++answers > 3 && name !== 'b') return await new Promise(() => {});
			return clock.now() < 30 * SECOND ? found('running', SECOND) : found('succeeded');
		});
		const short = { deadlineMs: 20 * SECOND };
		const stuck = [waitFor('stuck', 'one', short), waitFor('stuck too', 'one', short)];
		const ended = await pollAll([...stuck, waitFor('b')], checker);
		expect(ended[2]?.verdict).toEqual({ kind: 'end', reason: 'final' });
		expect(clock.now()).toBeLessThan(policy.deadlineMs);
	});

	it('does not hold up those that share a limit which was reached while its wait goes on', async () => {
		const noticedAt: number[] = [];
		let isLimited = true;
		const checker = checkerOf(async ({ name }) => {
			if (name.startsWith('stuck') && clock.now() > 10 * SECOND) return await new Promise(() => {});
			if (isLimited) {
				isLimited = false;
				throw new RequestFault('passing', 'Too many requests', { advice: '', pauseMs: SECOND });
			}
			if (clock.now() < 30 * SECOND) return found('running');
			noticedAt.push(clock.now());
			return found('succeeded');
		});
		const names = ['stuck', 'stuck too', 'a', 'b', 'c', 'd'];
		const waits = names.map((name) => waitFor(name, 'one', { deadlineMs: 10 * MINUTE }));
		await pollAll(waits, checker);
		expect(noticedAt).toHaveLength(4);
		expect(Math.max(...noticedAt)).toBeLessThanOrEqual(33 * SECOND);
	});

	it('extends no maximum wait for longer than that, however many are in line', async () => {
		const checker = checkerOf(async () =>
			clock.now() < 50 * SECOND ? found('running', SECOND) : await new Promise(() => {}),
		);
		const waits = Array.from({ length: 30 }, (_, index) => waitFor(String(index)));
		const ended = await pollAll(waits, checker, 2);
		expect(verdicts(ended)).toEqual(waits.map(() => ({ kind: 'end', reason: 'deadline' })));
		expect(clock.now()).toBeLessThanOrEqual(policy.deadlineMs + 6.5 * SECOND);
	});

	it('leaves the last checks in line where others are answered', async () => {
		const checker = checkerOf(async () => {
			await clock.sleep(4 * SECOND);
			return clock.now() < policy.deadlineMs ? found('running') : found('succeeded');
		});
		const waits = Array.from({ length: 30 }, (_, index) => waitFor(String(index)));
		const ended = await pollAll(waits, checker, 2);
		expect(verdicts(ended)).toEqual(waits.map(() => ({ kind: 'end', reason: 'final' })));
	});

	it('is an error of a wait that never had an answer', async () => {
		const [silent] = await pollAll(
			[waitFor('silent')],
			checkerOf(async () => await new Promise(() => {})),
		);
		expect(silent?.verdict).toMatchObject({ kind: 'error', error: { isTimeout: true } });
	});
});

describe('a wait that cannot be asked for', () => {
	it('is an error of that wait alone', async () => {
		const checker: Checker<Target> = {
			...checkerOf(async () => found('succeeded')),
			keyOf: ({ target }) => encodeURIComponent(target.name),
		};
		const ended = await pollAll([waitFor('a'), waitFor('\ud800'), waitFor('b')], checker);
		expect(verdicts(ended).map(({ kind }) => kind)).toEqual(['end', 'error', 'end']);
	});
});

describe('a pause that one wait is asked for', () => {
	const PAUSE_MS = 20 * SECOND;

	/** Says once, to the first that asks, to pause. */
	function limitedOnce(reply: (target: Target) => StatusCheck): {
		checker: Checker<Target>;
		sent: Array<Target & { at: number }>;
	} {
		const sent: Array<Target & { at: number }> = [];
		const checker = checkerOf(async (target) => {
			sent.push({ ...target, at: clock.now() });
			return sent.length === 1 ? reply(target) : found('succeeded');
		});
		return { checker, sent };
	}

	it.each([
		[
			'by a refusal',
			(): StatusCheck => {
				throw new RequestFault('passing', 'Too many requests', { advice: '', pauseMs: PAUSE_MS });
			},
		],
		['by an answer that is fine', () => found('running', PAUSE_MS)],
	])('%s is kept by all that share the limit', async (_, reply) => {
		const { checker, sent } = limitedOnce(reply);
		const sharing = [waitFor('a'), waitFor('b'), waitFor('c')];
		await pollAll([...sharing, waitFor('other', 'two')], checker, 1);
		const early = sent.slice(1).filter(({ at }) => at < PAUSE_MS);
		expect(early.map(({ account }) => account)).toEqual(['two']);
	});

	it('lasts for five minutes at most when an answer that is fine asks for it', async () => {
		const { checker, sent } = limitedOnce(() => found('running', 30 * MINUTE));
		const patient = { deadlineMs: 60 * MINUTE };
		await pollAll([waitFor('a', 'one', patient), waitFor('b', 'one', patient)], checker, 1);
		expect(sent.find(({ name }) => name === 'b')?.at).toBe(5 * MINUTE);
	});

	it('is kept by a crawl that also has a wait which is over by then', async () => {
		const sent: Array<[name: string, at: number]> = [];
		const answerTo = (name: string): StatusCheck => {
			sent.push([name, clock.now()]);
			if (clock.now() >= PAUSE_MS) return found('succeeded');
			return found('running', name === 'a' ? PAUSE_MS : null);
		};
		const checker: Checker<Target> = {
			...checkerOf(async () => found('running')),
			check: async (waits) => {
				const answer = answerTo(waits[0]?.target.name ?? '');
				return await Promise.resolve(waits.map(() => answer));
			},
		};
		const short = waitFor('b', 'one', { deadlineMs: SECOND });
		await pollAll([waitFor('a'), short, waitFor('b')], checker, 1);
		expect(sent).toEqual([
			['a', 0],
			['b', SECOND],
			['b', PAUSE_MS],
			['a', PAUSE_MS],
		]);
	});

	it.each([
		['those that were asked', 10],
		['those that were in line', 1],
	])('ends a poll of one round, and is kept after it by %s', async (_, concurrency) => {
		let sent = 0;
		const checker = checkerOf(async () => found('running', sent++ === 0 ? PAUSE_MS : null));
		const waits = ['a', 'b', 'c'].map((name) => waitFor(name));
		const ended = await pollAll(waits, checker, concurrency, { maxRounds: 1 });
		expect(clock.now()).toBe(0);
		expect(sent).toBe(Math.min(concurrency, waits.length));
		expect(ended.map(({ state }) => state.nextCheckAt)).toEqual(waits.map(() => PAUSE_MS));
	});

	it('does not last beyond a deadline', async () => {
		const { checker } = limitedOnce(() => {
			throw new RequestFault('passing', 'Not today', { advice: '', pauseMs: 24 * 60 * MINUTE });
		});
		await pollAll([waitFor('a'), waitFor('b')], checker, 1);
		expect(clock.now()).toBeLessThanOrEqual(policy.deadlineMs + 5 * SECOND);
	});

	it.each([
		['that are quick', SECOND / 5],
		['that are slow', 5 * SECOND],
	])('leaves few requests %s under way at once, each of which could be refused', async (_, ms) => {
		let underWay = 0;
		const most: number[] = [];
		let answers = 0;
		const checker = checkerOf(async () => {
			most.push(++underWay);
			await clock.sleep(ms);
			underWay--;
			return ++answers === 1 ? found('running', PAUSE_MS) : found('succeeded');
		});
		const waits = Array.from({ length: 40 }, (_, index) =>
			waitFor(String(index), 'one', { deadlineMs: 10 * MINUTE }),
		);
		await pollAll(waits, checker, 10);
		expect(Math.max(...most.slice(20))).toBe(2);
	});
});
