import { AdvisedError, RequestFault } from '../errors';
import type { Clock } from './clock';
import {
	afterCheck,
	afterFault,
	afterSilence,
	deadlineAt,
	keptPauseMs,
	timeoutFor,
	type FoundJob,
	type Verdict,
	type WaitPolicy,
	type WaitState,
} from './wait';

/** A job as one check found it, with the provider's answer. */
export interface StatusCheck extends FoundJob {
	raw: unknown;
}

/** One wait. Immutable: each check gives a new one. */
export interface Wait<Target = unknown> {
	/** What it waits for. Only the {@link Checker} looks into it. */
	readonly target: Target;
	readonly policy: WaitPolicy;
	/** Whether to keep the provider's own answer, which can be large. */
	readonly keepsRaw: boolean;
	readonly state: WaitState;
	readonly verdict: Verdict;
	/** The last check that found the job. */
	readonly last: StatusCheck | null;
	/** What went wrong with the latest check; `null` when it found the job. */
	readonly fault: RequestFault | null;
}

/** A wait that continues from the given state. */
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
	/** Waits with the same key are looked up together. */
	keyOf(wait: Wait<Target>): string;
	/** Which waits share a rate limit: a pause that one of them is asked for is kept by all. */
	rateLimitKeyOf(wait: Wait<Target>): string;
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
	/** A random number from 0 to below 1. */
	random: () => number;
	/** Ends the polling at once, without a verdict for unfinished waits. */
	signal?: AbortSignal;
	/** The maximum number of concurrent requests. */
	concurrency: number;
	/** Whether the first error ends the polling for all waits. */
	stopOnError: boolean;
	/** The maximum number of checks of each wait; default: no limit. */
	maxRounds?: number;
	/** Called after each check, for each wait it was for, with its place among the given ones. */
	onCheck?: (wait: Wait<Target>, index: number) => void;
}

/** What waits that share a rate limit have been told about it. */
interface RateLimit {
	pausedUntil: number;
	/** How many of their requests are under way. */
	underWay: number;
	/** Whether it was ever reached. From then on few requests are under way at once. */
	wasReached: boolean;
}

/** Waits that are looked up together, by their places. */
interface Group {
	readonly indexes: readonly number[];
	readonly limit: RateLimit;
	/** When the first of the waits has to be over: a pause lasts no longer. */
	readonly deadlineAt: number;
	/** The request under way, if there is one. */
	request: { sentAt: number; done: Promise<void> } | null;
	/** When the next check is due; infinite where none is left to make. */
	dueAt: number;
	rounds: number;
}

const LONGEST_PAUSE_MS = 500;
/** A request that takes longer gives up its place, so that slow jobs do not delay others. */
const SLOW_REQUEST_MS = 3_000;
/** Checks that are due within this time of each other count as one. */
const SAME_ROUND_MS = 250;
/**
 * Requests under way at once where a rate limit was reached. Each of them is refused when the limit
 * is reached again, and two with answers of 0.2 s are as many as the strictest documented limit allows.
 */
const LIMITED_CONCURRENCY = 2;

/**
 * Checks every wait on its own schedule until each has a verdict. No request delays another wait,
 * and none delays the end of its own wait by more than a few seconds.
 * @returns the final waits, in the order of the given ones
 */
export async function poll<Target>(
	waits: ReadonlyArray<Wait<Target>>,
	options: PollOptions<Target>,
): Promise<Array<Wait<Target>>> {
	const { concurrency, clock, signal, maxRounds = Infinity } = options;
	const current = [...waits];
	let groups = groupByKey(current, options.checker);
	for (;;) {
		for (const group of groups) endOverdue(group, current, options);
		groups = groups.filter((group) => isUnfinished(group, current));
		const isOver =
			groups.length === 0 ||
			signal?.aborted === true ||
			(options.stopOnError && current.some(({ verdict }) => verdict.kind === 'error'));
		if (isOver) return current;

		const now = clock.now();
		const { underWay, busy, due, nextAt } = survey(groups, now);
		let free = concurrency - busy;
		for (const group of due) {
			if (free <= 0) break;
			if (!allows(group.limit)) continue;
			free--;
			group.rounds++;
			group.limit.underWay++;
			const done = checkGroup(group, current, options).finally(() => {
				group.request = null;
				group.limit.underWay--;
				group.dueAt = group.rounds < maxRounds ? nextCheckAt(group, current) : Infinity;
			});
			group.request = { sentAt: now, done };
			underWay.push(done);
		}
		await Promise.race([clock.sleep(nextAt - now, signal), ...underWay]);
	}
}

function allows({ wasReached, underWay }: RateLimit): boolean {
	return !wasReached || underWay < LIMITED_CONCURRENCY;
}

/** Whether something is left to be done for a group: a check to make, or to hear of. */
function isUnfinished({ indexes, request, dueAt }: Group, waits: readonly Wait[]): boolean {
	if (request === null) return dueAt < Infinity;
	return indexes.some((index) => {
		const wait = waits[index];
		return wait !== undefined && isWaiting(wait);
	});
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

/** Runs after each answer, over possibly thousands of groups: one pass, nothing costly. */
function survey(groups: readonly Group[], now: number): Survey {
	const found: Survey = { underWay: [], busy: 0, due: [], nextAt: now + LONGEST_PAUSE_MS };
	for (const group of groups) {
		const { request, limit } = group;
		const dueAt = Math.max(group.dueAt, Math.min(limit.pausedUntil, group.deadlineAt));
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

/** Groups the waits by what they look up. One that cannot even be asked for has its own error. */
function groupByKey<Target>(current: Array<Wait<Target>>, checker: Checker<Target>): Group[] {
	const groups = new Map<string, { indexes: number[]; limit: RateLimit; deadlineAt: number }>();
	const limits = new Map<string, RateLimit>();
	for (const [index, wait] of current.entries()) {
		try {
			const key = checker.keyOf(wait);
			const limitKey = checker.rateLimitKeyOf(wait);
			const limit = limits.get(limitKey) ?? { pausedUntil: 0, underWay: 0, wasReached: false };
			limits.set(limitKey, limit);
			const group = groups.get(key) ?? { indexes: [], limit, deadlineAt: Infinity };
			groups.set(key, group);
			group.indexes.push(index);
			group.deadlineAt = Math.min(group.deadlineAt, deadlineAt(wait.state, wait.policy));
		} catch (error) {
			current[index] = { ...wait, verdict: { kind: 'error', error: toError(error) } };
		}
	}
	return [...groups.values()].map((shared) => {
		const group: Group = { ...shared, request: null, dueAt: Infinity, rounds: 0 };
		return { ...group, dueAt: nextCheckAt(group, current) };
	});
}

function toError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}

const SILENCE = new RequestFault('passing', 'The server did not respond in time', {
	advice:
		"Check the 'Base URL' in the credential, and that the service is running and can be reached from n8n.",
	isTimeout: true,
});

const NO_RESULT = new AdvisedError(
	'The check returned no result',
	'Report this as a bug of the package n8n-nodes-crawl-jobs.',
);

/** Ends the waits that have no time left while their request is still under way. */
function endOverdue<Target>(
	{ indexes, request }: Group,
	current: Array<Wait<Target>>,
	{ clock, onCheck }: PollOptions<Target>,
): void {
	if (request === null) return;
	const now = clock.now();
	for (const index of indexes) {
		const wait = current[index];
		if (wait === undefined || !isWaiting(wait)) continue;
		const transition = afterSilence(wait.state, wait.policy, request.sentAt, now, SILENCE);
		if (transition === null) continue;
		current[index] = { ...wait, ...transition, fault: SILENCE };
		onCheck?.(current[index], index);
	}
}

/** When the next check of a group's unfinished waits is due; infinite if there are none. */
function nextCheckAt({ indexes }: Group, waits: readonly Wait[]): number {
	let earliest = Infinity;
	for (const index of indexes) {
		const wait = waits[index];
		if (wait && isWaiting(wait)) earliest = Math.min(earliest, wait.state.nextCheckAt);
	}
	return earliest;
}

/** Checks the unfinished waits of a group, and replaces them by their successors in `current`. */
async function checkGroup<Target>(
	group: Group,
	current: Array<Wait<Target>>,
	options: PollOptions<Target>,
): Promise<void> {
	const { checker, clock, signal, random, onCheck } = options;
	const places = group.indexes.filter((index) => {
		const wait = current[index];
		return wait !== undefined && isWaiting(wait);
	});
	const waits = places.flatMap((index) => current[index] ?? []);
	const sentAt = clock.now();
	const timeoutMs = Math.max(
		...waits.map(({ state, policy }) => timeoutFor(state, policy, sentAt)),
	);
	const results = await checkAll(checker, waits, timeoutMs);
	if (signal?.aborted) return;
	for (const [position, index] of places.entries()) {
		// It may have ended while the request was under way.
		const wait = current[index];
		if (wait === undefined || !isWaiting(wait)) continue;
		const result = results[position] ?? NO_RESULT;
		keepLimit(group.limit, result, clock.now());
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
		return waits.map(() => toError(error));
	}
}

function keepLimit(limit: RateLimit, result: StatusCheck | Error, now: number): void {
	const pauseMs =
		result instanceof RequestFault
			? (result.pauseMs ?? 0)
			: result instanceof Error
				? 0
				: keptPauseMs(result.pauseMs);
	if (pauseMs <= 0) return;
	limit.wasReached = true;
	limit.pausedUntil = Math.max(limit.pausedUntil, now + pauseMs);
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
	// A check that was due for another wait does not count as a failure of this one.
	if (result.kind !== 'permanent' && sentAt < state.nextCheckAt - SAME_ROUND_MS) return wait;
	return { ...wait, ...afterFault(state, result, policy, now, random()), fault: result };
}
