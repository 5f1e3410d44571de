import { isFinal, type JobView, type SimulatedJob } from './job';

const TIMEOUT_MS = 5_000;
const LOOK_EVERY_MS = 250;

/** A call to somebody's webhook. */
export interface EventCall {
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** Events on their way to webhooks, over a network that can lose and repeat them. */
export class Events {
	/** Every so manieth event is lost; 0 for none. */
	dropEvery = 0;

	/** Every so manieth event comes twice; 0 for none. */
	doubleEvery = 0;

	/** What became of the calls: how many were answered with each HTTP status, lost, or not answered. */
	readonly counts: Record<string, number> = {};

	private count = 0;

	private readonly watched = new Map<SimulatedJob, (view: JobView) => void>();

	private timer: NodeJS.Timeout | null = null;

	/** Calls a webhook once, whether anybody listens or not, unless the network loses or repeats it. */
	async send(call: EventCall): Promise<void> {
		this.count += 1;
		if (isTurn(this.count, this.dropEvery)) {
			this.tally('lost');
			return;
		}
		await this.post(call);
		if (isTurn(this.count, this.doubleEvery)) await this.post(call);
	}

	/** Tells when a job ends. Its clock has to be started by somebody who looks it up. */
	whenEnded(job: SimulatedJob, tell: (view: JobView) => void): void {
		this.watched.set(job, tell);
		this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref();
	}

	stop(): void {
		if (this.timer !== null) clearInterval(this.timer);
		this.watched.clear();
	}

	private look(): void {
		for (const [job, tell] of this.watched) {
			const view = job.view();
			if (!isFinal(view.phase)) continue;
			this.watched.delete(job);
			tell(view);
		}
	}

	private async post({ url, headers, body }: EventCall): Promise<void> {
		try {
			const { status } = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', connection: 'close', ...headers },
				body,
				redirect: 'manual',
				signal: AbortSignal.timeout(TIMEOUT_MS),
			});
			this.tally(String(status));
		} catch {
			this.tally('failed');
		}
	}

	private tally(outcome: string): void {
		this.counts[outcome] = (this.counts[outcome] ?? 0) + 1;
	}
}

function isTurn(count: number, every: number): boolean {
	return every > 0 && count % every === 0;
}
