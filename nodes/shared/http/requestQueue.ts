import { RequestFault } from '../errors';
import type { Clock } from '../waiting/clock';
import { DueQueue } from '../waiting/dueQueue';
import type { ApiAnswer, SendRequest } from './api';

/** How many requests are under way at once. */
const CONCURRENCY = 10;
/** A request that takes longer gives its place to the next, so that no slow server holds up others. */
const SLOW_REQUEST_MS = 3_000;
/** The longest pause that all keep because one was asked for it. */
const LONGEST_SHARED_PAUSE_MS = 60_000;

/** Sends the requests of many who work side by side, few at once, those of the first ones first. */
export class RequestQueue {
	private free = CONCURRENCY;

	/** Who waits to be let in, by their places in line. */
	private readonly waiting = new DueQueue<() => void>();

	/** The answers to the requests of readers, by these. */
	private readonly answers = new Map<string, Promise<ApiAnswer>>();

	private pausedUntil = 0;

	constructor(private readonly clock: Clock) {}

	/**
	 * A way to send through the queue, one request at a time.
	 * @param place in line: smaller ones come first
	 */
	sender(send: SendRequest, place: number, signal?: AbortSignal): SendRequest {
		return async (request) => {
			const leave = await this.enterUnpaused(place, signal);
			try {
				const sent = send(request);
				void this.keepPause(sent);
				return await sent;
			} finally {
				leave();
			}
		};
	}

	/**
	 * The same for look-ups, and for what is done once for all: equal requests are sent once, and have
	 * one answer.
	 */
	reader(send: SendRequest, place: number, signal?: AbortSignal): SendRequest {
		const sendOne = this.sender(send, place, signal);
		return async (request) => {
			const key = JSON.stringify(request);
			const answer = this.answers.get(key) ?? sendOne(request);
			this.answers.set(key, answer);
			return await answer;
		};
	}

	private async keepPause(sent: Promise<ApiAnswer>): Promise<void> {
		try {
			this.pause((await sent).pauseMs);
		} catch (error) {
			if (error instanceof RequestFault) this.pause(error.pauseMs);
		}
	}

	/** A limit belongs to the account: a pause that one is asked for is kept by all. */
	private pause(ms: number | null): void {
		const until = this.clock.now() + Math.min(ms ?? 0, LONGEST_SHARED_PAUSE_MS);
		this.pausedUntil = Math.max(this.pausedUntil, until);
	}

	/** The pause can have been asked for while this one was in line. */
	private async enterUnpaused(place: number, signal?: AbortSignal): Promise<() => void> {
		for (;;) {
			await this.clock.sleep(Math.max(0, this.pausedUntil - this.clock.now()), signal);
			const leave = await this.enter(place);
			if (signal?.aborted !== true && this.pausedUntil <= this.clock.now()) return leave;
			leave();
			signal?.throwIfAborted();
		}
	}

	/** @returns what gives the place free; it does so by itself after a while */
	private async enter(place: number): Promise<() => void> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((resolve) => this.waiting.set(resolve, place));
		const hasLeft = new AbortController();
		const leave = (): void => {
			if (hasLeft.signal.aborted) return;
			hasLeft.abort();
			this.free++;
			this.letNextIn();
		};
		void this.clock.sleep(SLOW_REQUEST_MS, hasLeft.signal).then(leave);
		return leave;
	}

	private letNextIn(): void {
		const enter = this.waiting.take();
		if (enter === undefined) return;
		this.free--;
		enter();
	}
}
