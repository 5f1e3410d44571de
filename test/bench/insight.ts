/**
 * Schedules that know more than a status answer tells, to see how much any schedule could gain. They
 * keep the law's checks: what the node promises for crawls that cannot be foreseen has its price.
 */
import { nextDelayMs, PACES } from '../../nodes/shared/waiting/pace';
import { PAGE_TIME_VARIATION } from './curves';
import { measureWaits, type Measurement } from './measure';
import { drawAnswerTime, FASTEST_ANSWER_MS, type JobKind, type SimulatedJob } from './simulatedJob';
import type { WaitResult } from './waitAlone';

/** When to send the next request if the law does not want it sooner; may be in the past. */
type Aim = (job: SimulatedJob, lookedAt: number) => number;

const MEAN_TRIP_MS = 100;

/** Where to aim: so many standard deviations after the expected end. The range holds the best. */
const OFFSETS = [-1.5, -1.2, -0.9, -0.6, -0.3, 0, 0.3, 0.6, 0.9];

/** Sends the request so that it arrives just after the end, however fast it travels. */
export function measureToldOfEnd(kind: JobKind, runs: number): Measurement {
	return measureAim(({ endsAt }) => endsAt - FASTEST_ANSWER_MS / 2, kind, runs);
}

/**
 * Each check tells when every page so far was done, to the millisecond. How much pages vary is known,
 * and so is how sure the expected end is; what remains is chance. The most efficient offset counts.
 */
export function bestToldOfPages(kind: JobKind, runs: number): Measurement {
	return OFFSETS.map((offset) => measureAim(aimByPages(kind.pages, offset), kind, runs)).reduce(
		(best, next) => (next.efficiency < best.efficiency ? next : best),
	);
}

function aimByPages(pages: number, offset: number): Aim {
	return (job, lookedAt) => {
		const { done, doneAt } = latestPage(job, lookedAt);
		if (done === 0) return Infinity;
		const pageMs = (doneAt - job.startsAt) / done;
		const left = pages - done;
		const deviationMs = pageMs * PAGE_TIME_VARIATION * Math.sqrt((left * pages) / done);
		return doneAt + left * pageMs + offset * deviationMs - MEAN_TRIP_MS;
	};
}

/** How many pages were done when the server looked, and when the latest of them was. */
function latestPage(job: SimulatedJob, lookedAt: number): { done: number; doneAt: number } {
	const doneUntil = (time: number): number =>
		job.curve((time - job.startsAt) / (job.endsAt - job.startsAt))?.completed ?? 0;
	const done = doneUntil(lookedAt);
	let before = job.startsAt;
	let doneAt = lookedAt;
	while (doneAt - before > 1) {
		const middle = (before + doneAt) / 2;
		if (doneUntil(middle) < done) before = middle;
		else doneAt = middle;
	}
	return { done, doneAt };
}

function measureAim(aim: Aim, kind: JobKind, runs: number): Measurement {
	return measureWaits((job, random) => waitWithAim(job, aim, random), kind, runs);
}

function waitWithAim(job: SimulatedJob, aim: Aim, random: () => number): WaitResult {
	let sentAt = 0;
	for (let requests = 1; ; requests++) {
		const answerMs = drawAnswerTime(random);
		const lookedAt = sentAt + answerMs / 2;
		const now = sentAt + answerMs;
		if (lookedAt >= job.endsAt) return { requests, delayMs: now - job.endsAt };
		const made = { dueMs: sentAt, lateMs: answerMs };
		const lawAt = now + nextDelayMs(PACES.balanced, made, null, random());
		sentAt = Math.min(lawAt, Math.max(now, aim(job, lookedAt)));
	}
}
