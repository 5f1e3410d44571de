import type { Pace } from '../../nodes/shared/waiting/pace';
import { seededRandom } from './random';
import { drawJob, type JobKind } from './simulatedJob';
import { waitAlone } from './waitAlone';

const FIRST_SEED = 1_000_003;

/** A way to wait that is measured. */
export interface Contender {
	name: string;
	pace: Pace;
	/** The pause that the server asks for in each answer; default none. */
	retryAfterMs?: number;
}

/** What waiting for a kind of job costs; times are milliseconds. */
export interface Measurement {
	requests: number;
	meanDelayMs: number;
	worstDelayMs: number;
	/** Requests × mean delay ÷ half the length: about 1 for a fixed interval. */
	efficiency: number;
	/** The worst delay over the mean length. */
	worstShare: number;
}

/** Measures a contender over `runs` jobs of a kind. All contenders get the same jobs. */
export function measure(contender: Contender, kind: JobKind, runs: number): Measurement {
	let requests = 0;
	let delayMs = 0;
	let worstDelayMs = 0;
	for (let run = 0; run < runs; run++) {
		const random = seededRandom(FIRST_SEED + run);
		const job = drawJob(String(run), kind, (run + random()) / runs, random);
		const result = waitAlone(job, contender.pace, random, contender.retryAfterMs);
		requests += result.requests;
		delayMs += result.delayMs;
		worstDelayMs = Math.max(worstDelayMs, result.delayMs);
	}
	const meanDelayMs = delayMs / runs;
	return {
		requests: requests / runs,
		meanDelayMs,
		worstDelayMs,
		efficiency: ((requests / runs) * meanDelayMs) / (kind.lengthMs / 2),
		worstShare: worstDelayMs / kind.lengthMs,
	};
}
