import { RequestFault } from '../errors';
import type { Clock } from './clock';
import {
	afterCheck,
	afterFault,
	deadlineAt,
	type FoundJob,
	type Verdict,
	type WaitPolicy,
	type WaitState,
} from './wait';

/** A job as one check found it, with the provider's answer. */
export interface StatusCheck extends FoundJob {
	raw: unknown;
}

/** One wait as it stands. It is a value: each check replaces it by another. */
export interface Wait<Target = unknown> {
	/** What it waits for. The waiting core hands it to the {@link Checker} and knows nothing of it. */
	readonly target: Target;
	readonly policy: WaitPolicy;
	/** Whether somebody wants the provider's own answer; it can be large, so it is not kept otherwise. */
	readonly keepsRaw: boolean;
	readonly state: WaitState;
	readonly verdict: Verdict;
	/** The last check that found the job. */
	readonly last: StatusCheck | null;
	/** What went wrong with the latest check; `null` when it found the job. */
	readonly fault: RequestFault | null;
}

/** A wait that goes on from the given state. */
export function createWait<Target>(
	target: Target,
	policy: WaitPolicy,
	state: WaitState,
	keepsRaw = false,
): Wait<Target> {
	return {
		target,
		policy,
		keepsRaw,
		state,
		verdict: { kind: 'continue' },
		last: null,
		fault: null,
	};
}

/** Whether a wait has not come to an end yet. */
export function isWaiting({ verdict }: Wait): boolean {
	return verdict.kind === 'continue';
}

/** Looks crawls up. */
export interface Checker<Target> {
	/** What a look-up covers: waits of the same key are looked up together. */
	keyOf(wait: Wait<Target>): string;
	/**
	 * Looks up the crawls of waits that have the same key, once.
	 * @returns for each wait what was found, or what went wrong: a `RequestFault` is judged by its
	 * kind, any other error ends the wait
	 */
	check(
		waits: readonly Wait<Target>[],
		timeoutMs: number,
	): Promise<ReadonlyArray<StatusCheck | Error>>;
}

export interface PollOptions<Target> {
	checker: Checker<Target>;
	clock: Clock;
	/** Gives a number from 0 to below 1, at each call another. */
	random: () => number;
	/** Ends the polling at once, without a verdict for what still waits. */
	signal?: AbortSignal;
	/** How many requests may be under way at once. */
	concurrency: number;
	/** Whether the first error ends the polling for all, since nobody will look at the rest. */
	stopOnError: boolean;
	/** After how many checks of each wait to stop; default: as many as it takes. */
	maxRounds?: number;
	/** Called after each check, for each wait it was for, with its place among the given ones. */
	onCheck?: (wait: Wait<Target>, index: number) => void;
}

/** Waits that are looked up together, by their places. */
interface Group {
	readonly indexes: readonly number[];
	/** The request under way, if there is one. */
	request: { sentAt: number; done: Promise<void> } | null;
	/** When the next check is due; infinite where none is left to make. */
	dueAt: number;
	rounds: number;
}

const LONGEST_PAUSE_MS = 500;
/** A request that takes longer gives its place to the next, so that no slow job holds up others. */
const SLOW_REQUEST_MS = 3_000;
/** Checks that are due within this time of each other count as one. */
const SAME_ROUND_MS = 250;
const MAX_TIMEOUT_MS = 30_000;
const MIN_TIMEOUT_MS = 5_000;

/**
 * Checks every wait on its own schedule until each has a verdict.
 * @returns the waits as they stand then, in the order of the given ones
 */
export async function poll<Target>(
	waits: ReadonlyArray<Wait<Target>>,
	options: PollOptions<Target>,
): Promise<Array<Wait<Target>>> {
	const { concurrency, clock, signal, maxRounds = Infinity } = options;
	const current = [...waits];
	let groups = groupByKey(current, options.checker);
	for (;;) {
		groups = groups.filter(({ request, dueAt }) => request !== null || dueAt < Infinity);
		const isOver =
			groups.length === 0 ||
			signal?.aborted === true ||
			(options.stopOnError && current.some(({ verdict }) => verdict.kind === 'error'));
		if (isOver) return current;

		const now = clock.now();
		const { underWay, busy, due, nextAt } = survey(groups, now);
		for (const group of due.slice(0, Math.max(0, concurrency - busy))) {
			group.rounds++;
			const done = checkGroup(group, current, options).finally(() => {
				group.request = null;
				group.dueAt = group.rounds < maxRounds ? nextCheckAt(group, current) : Infinity;
			});
			group.request = { sentAt: now, done };
			underWay.push(done);
		}
		await Promise.race([clock.sleep(nextAt - now, signal), ...underWay]);
	}
}

interface Survey {
	underWay: Promise<void>[];
	/** How many requests are under way, without those that are slow. */
	busy: number;
	/** What is to be checked now, the longest overdue first. */
	due: Group[];
	/** When to look again at the latest, if no request ends before. */
	nextAt: number;
}

/** Made after each answer, and there can be thousands of both: one pass, and nothing costly in it. */
function survey(groups: readonly Group[], now: number): Survey {
	const found: Survey = { underWay: [], busy: 0, due: [], nextAt: now + LONGEST_PAUSE_MS };
	for (const group of groups) {
		const { request, dueAt } = group;
		if (request !== null) {
			found.underWay.push(request.done);
			if (now - request.sentAt < SLOW_REQUEST_MS) found.busy++;
		} else if (dueAt <= now) {
			found.due.push(group);
		} else {
			found.nextAt = Math.min(found.nextAt, dueAt);
		}
	}
	found.due.sort((a, b) => a.dueAt - b.dueAt);
	return found;
}

function groupByKey<Target>(waits: ReadonlyArray<Wait<Target>>, checker: Checker<Target>): Group[] {
	const indexesByKey = new Map<string, number[]>();
	for (const [index, wait] of waits.entries()) {
		const key = checker.keyOf(wait);
		const indexes = indexesByKey.get(key) ?? [];
		indexes.push(index);
		indexesByKey.set(key, indexes);
	}
	return [...indexesByKey.values()].map((indexes) => {
		const group: Group = { indexes, request: null, dueAt: Infinity, rounds: 0 };
		return { ...group, dueAt: nextCheckAt(group, waits) };
	});
}

/** When the first of a group's waits that go on is to be checked; infinite where none goes on. */
function nextCheckAt({ indexes }: Group, waits: readonly Wait[]): number {
	let earliest = Infinity;
	for (const index of indexes) {
		const wait = waits[index];
		if (wait && isWaiting(wait)) earliest = Math.min(earliest, wait.state.nextCheckAt);
	}
	return earliest;
}

/** Checks the waits of a group that go on, and puts what has become of them in their places. */
async function checkGroup<Target>(
	group: Group,
	current: Array<Wait<Target>>,
	options: PollOptions<Target>,
): Promise<void> {
	const { checker, clock, signal, random, onCheck } = options;
	const places = group.indexes.flatMap((index) => {
		const wait = current[index];
		return wait && isWaiting(wait) ? [{ index, wait }] : [];
	});
	const waits = places.map(({ wait }) => wait);
	const sentAt = clock.now();
	const results = await checkAll(checker, waits, timeoutFor(waits, sentAt));
	if (signal?.aborted) return;
	for (const [position, { index, wait }] of places.entries()) {
		const result = results[position] ?? new Error('The check gave no result');
		const next = afterResult(wait, result, sentAt, clock.now(), random);
		current[index] = next;
		onCheck?.(next, index);
	}
}

async function checkAll<Target>(
	checker: Checker<Target>,
	waits: ReadonlyArray<Wait<Target>>,
	timeoutMs: number,
): Promise<ReadonlyArray<StatusCheck | Error>> {
	try {
		return await checker.check(waits, timeoutMs);
	} catch (error) {
		const problem = error instanceof Error ? error : new Error(String(error));
		return waits.map(() => problem);
	}
}

/** As long as an answer may take: not much longer than until the last deadline. */
function timeoutFor(waits: readonly Wait[], now: number): number {
	const untilDeadline = Math.max(
		...waits.map(({ state, policy }) => deadlineAt(state, policy) - now),
	);
	return Math.min(MAX_TIMEOUT_MS, Math.max(MIN_TIMEOUT_MS, untilDeadline));
}

/** The wait after a check whose request was sent at `sentAt` and answered at `now`. */
function afterResult<Target>(
	wait: Wait<Target>,
	result: StatusCheck | Error,
	sentAt: number,
	now: number,
	random: () => number,
): Wait<Target> {
	const { policy, state, keepsRaw } = wait;
	if (!(result instanceof Error)) {
		const { job, ...transition } = afterCheck(state, result, policy, now, random());
		const last = { ...result, job, raw: keepsRaw ? result.raw : null };
		return { ...wait, ...transition, last, fault: null };
	}
	if (!(result instanceof RequestFault)) {
		return { ...wait, verdict: { kind: 'error', error: result } };
	}
	// Another wait's pace must not use up this one's failures.
	if (result.kind !== 'permanent' && sentAt < state.nextCheckAt - SAME_ROUND_MS) return wait;
	return { ...wait, ...afterFault(state, result, policy, now, random()), fault: result };
}
