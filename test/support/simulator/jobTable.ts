import type { SimulatedJob } from './job';

/** A job with what only its provider needs to know about it. */
export interface JobEntry {
	job: SimulatedJob;
}

/** The jobs of one provider, newest first, as far as the provider shows them yet. */
export class JobTable<Entry extends JobEntry> {
	private readonly entries = new Map<string, Entry>();

	/** Adds a job; one of the same id is stopped and replaced. */
	add(entry: Entry): Entry {
		this.remove(entry.job.jobId);
		this.entries.set(entry.job.jobId, entry);
		return entry;
	}

	/** The job of this id as a list of one or none, whether it is visible yet or not. */
	named(jobId: string): Entry[] {
		return this.where(({ job }) => job.jobId === jobId);
	}

	/** All jobs that match, whether they are visible yet or not. */
	where(matches: (entry: Entry) => boolean): Entry[] {
		return [...this.entries.values()].filter(matches).reverse();
	}

	/** The visible job of this id. */
	find(jobId: string): Entry | undefined {
		const entry = this.entries.get(jobId);
		return entry?.job.lookUp() ? entry : undefined;
	}

	/** The visible jobs that match. */
	list(matches: (entry: Entry) => boolean = () => true): Entry[] {
		return this.where((entry) => matches(entry) && entry.job.lookUp());
	}

	/** Stops a job and forgets it. */
	remove(jobId: string): void {
		this.entries.get(jobId)?.job.stop();
		this.entries.delete(jobId);
	}

	/** Stops all jobs. */
	stop(): void {
		for (const { job } of this.entries.values()) job.stop();
	}
}
