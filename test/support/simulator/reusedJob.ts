import { randomUUID } from 'node:crypto';
import type { JobView, SimulatedJob } from './job';

/** A job that is done from the start, with the outcome of an earlier one. */
export class ReusedJob implements SimulatedJob {
	readonly jobId = randomUUID();
	private readonly createdAt = Date.now();

	constructor(private readonly earlier: SimulatedJob) {}

	lookUp(): boolean {
		return true;
	}

	view(): JobView {
		const at = this.createdAt;
		return { ...this.earlier.view(), createdAt: at, startedAt: at, updatedAt: at, finishedAt: at };
	}

	cancel(): null {
		return null;
	}

	stop(): void {
		// The earlier job is another's to stop.
	}
}
