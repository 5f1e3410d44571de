import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A connection that nobody uses any more may stay open: this is how long that is waited for. */
const SILENCE_MS = 1_000;
/** Of a connection in this process, both ends. */
const ENDS = 2;
/** What a promise sets going is under way by then. */
const TURNS = 4;

/** Stands in for what Node's `setTimeout` gives. */
class JumpingTimer {
	constructor(
		readonly at: number,
		readonly ring: () => void,
	) {}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	hasRef(): boolean {
		return true;
	}
}

/**
 * Takes the place of this process's clock: `Date` and `setTimeout`. It jumps to the next timer as soon as
 * all connections are closed, but for those that wait for the clock themselves, so that hours of waiting
 * with real requests take seconds.
 * Node's own insides, such as the time-outs of sockets, keep the true clock.
 */
export class JumpingClock {
	/** Ordered by time. */
	private readonly timers: JumpingTimer[] = [];

	private time = Date.now();

	/** Counts what was set and ended. */
	private changes = 0;

	/** @param held how many requests wait for the clock in a server of this process */
	constructor(private readonly held: () => number) {}

	/** Takes the place of the clock, for good. */
	install(): void {
		const now = () => this.time;
		const RealDate = Date;
		globalThis.Date = class extends RealDate {
			constructor(...values: unknown[]) {
				super(...((values.length === 0 ? [now()] : values) as [number]));
			}

			static override now(): number {
				return now();
			}
		} as DateConstructor;
		const set = (ring: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
			this.insert(new JumpingTimer(this.time + Math.max(1, Math.trunc(ms)), () => ring(...given)));
		const clear = (timer: unknown) => this.remove(timer);
		Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
	}

	/** Lets time pass until `work` is done. */
	async run<Result>(work: Promise<Result>): Promise<Result> {
		let isDone = false;
		const done = work.finally(() => (isDone = true));
		// A rejection is told at the end.
		done.catch(() => undefined);
		for (;;) {
			await this.quiet();
			if (isDone) return await done;
			const next = this.timers.shift();
			if (next === undefined) continue;
			this.time = next.at;
			this.changes++;
			next.ring();
		}
	}

	/** Waits until all that can happen without the clock has happened. */
	private async quiet(): Promise<void> {
		let since = performance.now();
		let turns = 0;
		let seen = '';
		for (;;) {
			await nextTurn();
			const resources = process.getActiveResourcesInfo();
			const connecting = resources.filter((name) => /Connect|GetAddrInfo/.test(name)).length;
			const sockets = resources.filter((name) => name === 'TCPSocketWrap').length;
			const now = `${connecting} ${sockets} ${this.changes}`;
			if (now !== seen) {
				seen = now;
				turns = 0;
				since = performance.now();
			}
			turns++;
			const isHeld = connecting === 0 && sockets <= ENDS * this.held();
			if (isHeld && turns >= TURNS) return;
			if (performance.now() - since > SILENCE_MS) return;
		}
	}

	private insert(timer: JumpingTimer): JumpingTimer {
		let index = this.timers.length;
		while (index > 0 && (this.timers[index - 1]?.at ?? 0) > timer.at) index--;
		this.timers.splice(index, 0, timer);
		this.changes++;
		return timer;
	}

	private remove(timer: unknown): void {
		const index = this.timers.indexOf(timer as JumpingTimer);
		if (index < 0) return;
		this.timers.splice(index, 1);
		this.changes++;
	}
}
