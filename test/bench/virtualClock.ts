import { setImmediate as yieldToPromises } from 'node:timers/promises';
import type { Clock } from '../../nodes/shared/waiting/clock';

import { endAfter } from './endOfLoop';

/** How many timers may ring without time going on. */
const MOST_AT_ONCE = 50_000;

interface Timer {
	at: number;
	ring: () => void;
}

/** A clock on which hours pass in moments: time jumps to the next timer once all work is done. */
export class VirtualClock implements Clock {
	private time = 0;
	/** Ordered by time. */
	private readonly timers: Timer[] = [];

	now(): number {
		return this.time;
	}

	sleep(ms: number): Promise<void> {
		// A sleep that is too short to be added would come back at the same time, again and again.
		const soonest = ms > 0 ? this.time * (1 + Number.EPSILON) : this.time;
		return new Promise((ring) => this.insert({ at: Math.max(this.time + ms, soonest), ring }));
	}

	/** Lets time pass until `work` is done. */
	async run(work: Promise<unknown>): Promise<void> {
		let isDone = false;
		const done = work.finally(() => (isDone = true)).then(() => {});
		let nextRound = endAfter(MOST_AT_ONCE);
		for (;;) {
			nextRound();
			await yieldToPromises();
			if (isDone) return done;
			const next = this.timers.shift();
			if (next === undefined) throw new Error('The work waits for something beside the clock');
			if (next.at > this.time) nextRound = endAfter(MOST_AT_ONCE);
			this.time = next.at;
			next.ring();
		}
	}

	private insert(timer: Timer): void {
		let index = this.timers.length;
		while (index > 0 && (this.timers[index - 1]?.at ?? 0) > timer.at) index--;
		this.timers.splice(index, 0, timer);
	}
}
