import { readStatusAnswer, type StatusCheck, type StatusQuery } from '../checkStatus';
import { RequestFault } from '../http/fault';
import type { ApiAnswer, ApiRequest, SendRequest } from '../provider';
import type { Clock } from './clock';
import {
	afterCheck,
	afterFault,
	deadlineAt,
	type Verdict,
	type WaitPolicy,
	type WatchState,
} from './watch';

/** One item's wait, while it goes on and after its end. */
export interface Watch {
	readonly query: StatusQuery;
	readonly policy: WaitPolicy;
	state: WatchState;
	verdict: Verdict;
	/** Whether somebody wants the provider's own answer; it can be large, so it is not kept otherwise. */
	readonly keepsRaw: boolean;
	/** The last check that found the job. */
	last: StatusCheck | null;
	/** What went wrong with the latest check; `null` when it found the job. */
	fault: RequestFault | null;
}

export interface PollOptions {
	send: SendRequest;
	clock: Clock;
	/** Gives a number from 0 to below 1, at each call another. */
	random: () => number;
	/** Ends the polling at once, without a verdict for what still waits. */
	signal?: AbortSignal;
	/** How many requests may be under way at once. */
	concurrency: number;
	/** Whether the first error ends the polling for all, since nobody will look at the rest. */
	stopOnError: boolean;
	/** After how many checks of each watch to stop; default: as many as it takes. */
	maxRounds?: number;
	/** Called after each check, for each watch it was for. */
	onCheck?: (watch: Watch) => void;
}

/** A wait that goes on from the given state. */
export function createWatch(
	query: StatusQuery,
	policy: WaitPolicy,
	state: WatchState,
	keepsRaw = false,
): Watch {
	return { query, policy, state, keepsRaw, verdict: { kind: 'continue' }, last: null, fault: null };
}

/** Watches whose status request is the same, so that one answer serves them all. */
interface Group {
	readonly watches: readonly Watch[];
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

/** Checks every watch on its own schedule until each has a verdict. */
export async function poll(watches: readonly Watch[], options: PollOptions): Promise<void> {
	const { concurrency, clock, signal, maxRounds = Infinity } = options;
	let waiting = groupByRequest(watches);
	for (;;) {
		waiting = waiting.filter(({ request, dueAt }) => request !== null || dueAt < Infinity);
		const isOver =
			waiting.length === 0 ||
			signal?.aborted === true ||
			(options.stopOnError && watches.some((watch) => watch.verdict.kind === 'error'));
		if (isOver) return;

		const now = clock.now();
		const { underWay, busy, due, nextAt } = survey(waiting, now);
		for (const group of due.slice(0, Math.max(0, concurrency - busy))) {
			group.rounds++;
			const done = checkGroup(group, options).finally(() => {
				group.request = null;
				group.dueAt = group.rounds < maxRounds ? nextCheckAt(group.watches) : Infinity;
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
function survey(waiting: readonly Group[], now: number): Survey {
	const found: Survey = { underWay: [], busy: 0, due: [], nextAt: now + LONGEST_PAUSE_MS };
	for (const group of waiting) {
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

function groupByRequest(watches: readonly Watch[]): Group[] {
	const groups = new Map<string, Watch[]>();
	for (const watch of watches) {
		const key = JSON.stringify(statusRequest(watch));
		const group = groups.get(key) ?? [];
		group.push(watch);
		groups.set(key, group);
	}
	return [...groups.values()].map((group) => ({
		watches: group,
		request: null,
		dueAt: nextCheckAt(group),
		rounds: 0,
	}));
}

/** The job of a wait stays the one that its first good check found, if the reference left it open. */
function pinnedQuery({ query, state }: Watch): StatusQuery {
	const { jobIdKey } = query.provider;
	if (query.reference[jobIdKey] !== '' || state.jobId === null) return query;
	return { ...query, reference: { ...query.reference, [jobIdKey]: state.jobId } };
}

function statusRequest(watch: Watch): ApiRequest {
	const { provider, reference } = pinnedQuery(watch);
	return provider.statusRequest(reference);
}

function isWaiting(watch: Watch): boolean {
	return watch.verdict.kind === 'continue';
}

/** When the first of the waits that go on is to be checked; infinite where none goes on. */
function nextCheckAt(watches: readonly Watch[]): number {
	let earliest = Infinity;
	for (const watch of watches) {
		if (isWaiting(watch)) earliest = Math.min(earliest, watch.state.nextCheckAt);
	}
	return earliest;
}

async function checkGroup(group: Group, options: PollOptions): Promise<void> {
	const watches = group.watches.filter(isWaiting);
	const sentAt = options.clock.now();
	const answer = await fetchStatus(watches, options);
	if (options.signal?.aborted) return;
	for (const watch of watches) {
		applyAnswer(watch, answer, sentAt, options);
		options.onCheck?.(watch);
	}
}

async function fetchStatus(watches: Watch[], options: PollOptions): Promise<ApiAnswer | Error> {
	const [first] = watches;
	if (first === undefined) return new Error('There is nothing to check');
	const now = options.clock.now();
	const untilDeadline = Math.max(
		...watches.map(({ state, policy }) => deadlineAt(state, policy) - now),
	);
	const timeoutMs = Math.min(MAX_TIMEOUT_MS, Math.max(MIN_TIMEOUT_MS, untilDeadline));
	try {
		return await options.send({ ...statusRequest(first), timeoutMs });
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}

function applyAnswer(
	watch: Watch,
	answer: ApiAnswer | Error,
	sentAt: number,
	options: PollOptions,
): void {
	const { policy, state } = watch;
	const found = answer instanceof Error ? answer : readCheck(watch, answer);
	const now = options.clock.now();
	if (!(found instanceof Error)) {
		const { job, ...step } = afterCheck(state, found, policy, now, options.random());
		Object.assign(watch, step);
		watch.last = { ...found, job, raw: watch.keepsRaw ? found.raw : null };
		watch.fault = null;
	} else if (found instanceof RequestFault) {
		// Another watch's pace must not use up this one's failures.
		if (found.kind !== 'permanent' && sentAt < state.nextCheckAt - SAME_ROUND_MS) return;
		Object.assign(watch, afterFault(state, found, policy, now, options.random()));
		watch.fault = found;
	} else {
		watch.verdict = { kind: 'error', error: found };
	}
}

function readCheck(watch: Watch, answer: ApiAnswer): StatusCheck | Error {
	try {
		return readStatusAnswer(pinnedQuery(watch), answer.body, answer.pauseMs);
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}
