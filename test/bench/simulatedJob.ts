import { createCrawlJob, type CrawlJob } from '../../nodes/shared/crawlJob';
import { CURVES, type Curve, type CurveName } from './curves';
import { between } from './random';

/** A crawl on a simulated clock. Times are milliseconds since the wait for it began. */
export interface SimulatedJob {
	id: string;
	/** Not after 0: a crawl is started before it is waited for. */
	startsAt: number;
	endsAt: number;
	curve: Curve;
	answers: AnswerTimes;
}

/** The shortest and the longest time that a status request takes, in milliseconds. */
export type AnswerTimes = readonly [shortestMs: number, longestMs: number];

/** So that no schedule profits from where its checks happen to fall. */
const LENGTH_SPREAD = 0.1;
/** A workflow that starts a crawl comes to the wait within this time. */
const LONGEST_HEAD_START_MS = 1_000;

const USUAL_ANSWERS: AnswerTimes = [100, 300];

/** The kind of crawl that is waited for; its jobs differ in length by up to a tenth. */
export interface JobKind {
	lengthMs: number;
	curve: CurveName;
	pages: number;
	/** Default: 0.1 to 0.3 s. */
	answers?: AnswerTimes;
}

/**
 * Draws a job of a kind.
 * @param position from 0 (a tenth shorter than the kind says) to 1 (a tenth longer)
 */
export function drawJob(
	id: string,
	{ lengthMs: meanLengthMs, curve, pages, answers = USUAL_ANSWERS }: JobKind,
	position: number,
	random: () => number,
): SimulatedJob {
	const lengthMs = meanLengthMs * (1 + LENGTH_SPREAD * (2 * position - 1));
	const startsAt = -between(0, LONGEST_HEAD_START_MS, random);
	const endsAt = startsAt + lengthMs;
	return { id, startsAt, endsAt, curve: CURVES[curve](pages, random), answers };
}

/** How long one status request takes, in milliseconds; the server looks half-way through it. */
export function drawAnswerTime({ answers }: SimulatedJob, random: () => number): number {
	return between(...answers, random);
}

/** The job as the server finds it at `now`. */
export function jobAt(job: SimulatedJob, now: number): CrawlJob {
	const share = (now - job.startsAt) / (job.endsAt - job.startsAt);
	const counters = job.curve(Math.min(1, share));
	return createCrawlJob({
		provider: 'simulated',
		jobId: job.id,
		reference: { jobId: job.id },
		status: now >= job.endsAt ? 'succeeded' : 'running',
		rawStatus: null,
		...(counters && { counters }),
	});
}
