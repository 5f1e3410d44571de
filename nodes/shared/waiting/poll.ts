import { AdvisedError, RequestFault, toError } from '../errors';
import type { Clock } from './clock';
import { DueQueue } from './dueQueue';
import { groupByKey, type Group, type Grouping, type Lane } from './groups';
import {
	isWaiting,
	waitAfterResult,
	waitAfterSilence,
	type StatusCheck,
	type Wait,
} from './itemWait';
import {
	deadlineAt,
	keptPauseMs,
	LAST_PATIENCE_MS,
	pausedState,
	silentAt,
	timeoutFor,
} from './wait';

/** Looks crawls up. */
export interface Checker<Target> extends Grouping<Target> {
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

const LONGEST_PAUSE_MS = 60_000;
/** A request that takes longer gives up its place, so that slow jobs do not delay others. */
const SLOW_REQUEST_MS = 3_000;
/** One that takes even longer no longer counts among those that can reach a rate limit. */
const SILENT_REQUEST_MS = 10_000;
/** A longer pause ends a poll of so many rounds: what comes after it is not to hold an execution. */
const LONGEST_HELD_PAUSE_MS = 10_000;
/** The place in a lane of a check after which there is no time for another. */
const FIRST = -Infinity;

/**
 * Checks every wait on its own schedule until each has a verdict. No request delays another wait,
 * and none delays the end of its own wait by more than a few seconds.
 * @returns the final waits, in the order of the given ones
 */
export async function poll<Target>(
	waits: ReadonlyArray<Wait<Target>>,
	options: PollOptions<Target>,
): Promise<Array<Wait<Target>>> {
	return await new Polling([...waits], options).run();
}

/** Nothing in it is done for every group after every answer: there can be ten thousand. */
class Polling<Target> {
	/** What has to be looked at, and when. */
	private readonly agenda = new DueQueue<Group | Lane>();
	/** The lanes that may send now. */
	private readonly open = new DueQueue<Lane>();
	private readonly maxRounds: number;
	private readonly groups: readonly Group[];
	private groupsLeft: number;
	private placesLeft: number;
	private hasError = false;
	private failure: { error: unknown } | null = null;
	/** When it wakes up by itself, the latest time first: one that is on its way serves again. */
	private readonly sleeps: number[] = [];
	/** Ends the sleeps that are left over. */
	private readonly over = new AbortController();
	private isAwake = false;
	private onWake: (() => void) | null = null;

	constructor(
		private readonly current: Array<Wait<Target>>,
		private readonly options: PollOptions<Target>,
	) {
		this.maxRounds = options.maxRounds ?? Infinity;
		this.groups = groupByKey(current, options.checker, (wait, index, error) => {
			this.replace(index, { ...wait, verdict: { kind: 'error', error: toError(error) } });
		});
		this.groupsLeft = this.groups.length;
		this.placesLeft = options.concurrency;
		for (const group of this.groups) {
			group.dueAt = this.nextCheckAt(group);
			this.reschedule(group);
		}
	}

	async run(): Promise<Array<Wait<Target>>> {
		const { signal } = this.options;
		const stop = () => this.wake();
		signal?.addEventListener('abort', stop);
		try {
			await this.untilOver();
			if (this.maxRounds < Infinity) this.keepPauses();
			return this.current;
		} finally {
			signal?.removeEventListener('abort', stop);
			this.over.abort();
		}
	}

	private async untilOver(): Promise<void> {
		for (;;) {
			const now = this.options.clock.now();
			for (let next = this.agenda.take(now); next !== undefined; next = this.agenda.take(now)) {
				if ('due' in next) this.openOrClose(next, now);
				else this.lookAt(next, now);
			}
			if (this.failure !== null) throw this.failure.error;
			if (this.isOver()) return;
			this.sendDue(now);
			await this.untilNext(now);
		}
	}

	private isOver(): boolean {
		const { signal, stopOnError } = this.options;
		return this.groupsLeft === 0 || signal?.aborted === true || (stopOnError && this.hasError);
	}

	private lookAt(group: Group, now: number): void {
		const { request, lane } = group;
		if (request === null) {
			this.putInLine(group, now);
			this.openOrClose(lane, now);
			return;
		}
		if (!request.isSlow) {
			request.isSlow = true;
			this.placesLeft++;
		}
		const wasSilent = request.isSilent;
		request.isSilent ||= now >= request.sentAt + SILENT_REQUEST_MS;
		this.endOverdue(group, request.sentAt, now);
		this.reschedule(group);
		request.isSilent ||= group.isOver;
		if (request.isSilent === wasSilent) return;
		// It may never end, and others of the lane can be waiting for that.
		lane.limit.end();
		this.openOrClose(lane, now);
	}

	/** The last check goes first, and is given up when the server does not respond to any. */
	private putInLine(group: Group, now: number): void {
		const endsAt = this.earliest(group, ({ state, policy }) => deadlineAt(state, policy));
		if (now < endsAt) {
			group.lane.due.set(group, group.dueAt);
			this.agenda.set(group, endsAt);
			return;
		}
		group.lastSince = Math.min(group.lastSince, now);
		const givenUpAt = Math.max(group.lastSince, group.lane.answeredAt) + LAST_PATIENCE_MS;
		if (now < givenUpAt) {
			group.lane.due.set(group, FIRST);
			this.agenda.set(group, givenUpAt);
			return;
		}
		group.lane.due.delete(group);
		this.endOverdue(group, group.lastSince, now);
		group.lastSince = Infinity;
		group.dueAt = this.nextCheckAt(group);
		this.reschedule(group);
	}

	/** Notes whether a lane may send now, or when to look again. */
	private openOrClose(lane: Lane, now: number): void {
		if (this.isHeldTooLong(lane, now)) this.leave(lane);
		const { first } = lane.due;
		const opensAt = first === undefined ? Infinity : lane.limit.opensAt(first.at === FIRST);
		const isOpen = opensAt <= now;
		this.open.set(lane, isOpen && first !== undefined ? first.at : Infinity);
		this.agenda.set(lane, isOpen ? Infinity : opensAt);
	}

	private isHeldTooLong({ limit, due }: Lane, now: number): boolean {
		return (
			this.maxRounds < Infinity &&
			due.first?.at !== FIRST &&
			limit.pausedUntil > now + LONGEST_HELD_PAUSE_MS
		);
	}

	/** Ends the rounds of those in line, and of none whose last check is due. */
	private leave({ due }: Lane): void {
		for (let group = due.take(); group !== undefined; group = due.take()) {
			group.rounds = Infinity;
			group.dueAt = Infinity;
			this.reschedule(group);
		}
	}

	/** The pauses that were asked for are kept by all waits of the lane, also after this poll. */
	private keepPauses(): void {
		const now = this.options.clock.now();
		for (const group of this.groups) {
			const { pausedUntil } = group.lane.limit;
			if (pausedUntil <= now) continue;
			for (const [index, wait] of this.unfinished(group)) {
				this.replace(index, { ...wait, state: pausedState(wait.state, wait.policy, pausedUntil) });
			}
		}
	}

	private sendDue(now: number): void {
		while (this.placesLeft > 0) {
			const group = this.open.take()?.due.take();
			if (group === undefined) return;
			this.send(group, now);
			this.openOrClose(group.lane, now);
		}
	}

	private send(group: Group, now: number): void {
		const request = { sentAt: now, isSlow: false, isSilent: false };
		group.request = request;
		group.lastSince = Infinity;
		group.rounds++;
		group.lane.limit.begin(now);
		this.placesLeft--;
		this.reschedule(group);
		void this.checkGroup(group, now)
			.catch((error: unknown) => (this.failure ??= { error }))
			.finally(() => {
				if (group.isOver) return;
				group.request = null;
				if (!request.isSilent) group.lane.limit.end();
				if (!request.isSlow) this.placesLeft++;
				group.dueAt = this.nextCheckAt(group);
				this.reschedule(group);
				this.openOrClose(group.lane, this.options.clock.now());
				this.wake();
			});
	}

	/** Notes when to look at a group again, or that it is over. */
	private reschedule(group: Group): void {
		const at = this.nextLookAt(group);
		this.agenda.set(group, at);
		if (at < Infinity) return;
		group.isOver = true;
		this.groupsLeft--;
	}

	private nextLookAt(group: Group): number {
		const { request } = group;
		if (request === null) return group.dueAt;
		const { sentAt, isSlow, isSilent } = request;
		if (!isSlow) return sentAt + SLOW_REQUEST_MS;
		const endsAt = this.earliest(group, ({ state, policy }) => silentAt(state, policy, sentAt));
		return isSilent || endsAt === Infinity ? endsAt : Math.min(endsAt, sentAt + SILENT_REQUEST_MS);
	}

	/** Resolves when something is to be done, or after a minute: clocks can be set. */
	private async untilNext(now: number): Promise<void> {
		const { clock } = this.options;
		const wakesAt = Math.min(this.agenda.first?.at ?? Infinity, now + LONGEST_PAUSE_MS);
		if (wakesAt < (this.sleeps.at(-1) ?? Infinity)) {
			this.sleeps.push(wakesAt);
			void clock.sleep(wakesAt - now, this.over.signal).then(() => {
				this.sleeps.splice(this.sleeps.indexOf(wakesAt), 1);
				this.wake();
			});
		}
		if (!this.isAwake) await new Promise<void>((resolve) => (this.onWake = resolve));
		this.isAwake = false;
	}

	private wake(): void {
		this.isAwake = true;
		this.onWake?.();
	}

	private replace(index: number, wait: Wait<Target>): void {
		this.current[index] = wait;
		this.hasError ||= wait.verdict.kind === 'error';
	}

	/** The unfinished waits of a group, with their places. */
	private *unfinished({ indexes }: Group): Iterable<[number, Wait<Target>]> {
		for (const index of indexes) {
			const wait = this.current[index];
			if (wait && isWaiting(wait)) yield [index, wait];
		}
	}

	/** The earliest of a group's unfinished waits; infinite if there are none. */
	private earliest(group: Group, timeOf: (wait: Wait<Target>) => number): number {
		let earliest = Infinity;
		for (const [, wait] of this.unfinished(group)) earliest = Math.min(earliest, timeOf(wait));
		return earliest;
	}

	private nextCheckAt(group: Group): number {
		if (group.rounds >= this.maxRounds) return Infinity;
		return this.earliest(group, ({ state }) => state.nextCheckAt);
	}

	/** Ends the waits that have no time left while their request is still under way. */
	private endOverdue(group: Group, sentAt: number, now: number): void {
		for (const [index, wait] of this.unfinished(group)) {
			const ended = waitAfterSilence(wait, sentAt, now);
			if (ended === null) continue;
			this.replace(index, ended);
			this.options.onCheck?.(ended, index);
		}
	}

	/** Checks the unfinished waits of a group, and replaces them by their successors. */
	private async checkGroup(group: Group, sentAt: number): Promise<void> {
		const { checker, clock, signal, random, onCheck } = this.options;
		const asked = new Map(this.unfinished(group));
		const waits = [...asked.values()];
		const timeoutMs = Math.max(
			...waits.map(({ state, policy }) => timeoutFor(state, policy, sentAt)),
		);
		const results = await checkAll(checker, waits, timeoutMs);
		if (signal?.aborted) return;
		const now = clock.now();
		if (results.some((result) => !isSilence(result))) group.lane.answeredAt = now;
		const resultOf = new Map([...asked.keys()].map((index, place) => [index, results[place]]));
		// Some may have ended while the request was under way.
		for (const [index, wait] of this.unfinished(group)) {
			const result = resultOf.get(index) ?? NO_RESULT;
			const pauseMs = askedPauseMs(result);
			if (pauseMs > 0) group.lane.limit.pause(now + pauseMs);
			const next = waitAfterResult(wait, result, sentAt, now, random);
			this.replace(index, next);
			onCheck?.(next, index);
		}
	}
}

function isSilence(result: StatusCheck | Error): boolean {
	return result instanceof RequestFault && result.isTimeout;
}

const NO_RESULT = new AdvisedError(
	'The check returned no result',
	'Report this as a bug of this node.',
);

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

/** How long a result asks everyone to pause who shares its rate limit, in milliseconds. */
function askedPauseMs(result: StatusCheck | Error): number {
	if (result instanceof RequestFault) return result.pauseMs ?? 0;
	return result instanceof Error ? 0 : keptPauseMs(result.pauseMs);
}
