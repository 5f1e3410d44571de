import { PACES } from '../../nodes/shared/waiting/pace';
import { startCrowd, type CrowdedWait } from './crowd';
import { LENGTHS, type JobLength } from './lengths';
import { seededRandom } from './random';
import { drawJob, type SimulatedJob } from './simulatedJob';
import { seconds, table } from './table';
import { VirtualClock } from './virtualClock';
import { waitAlone } from './waitAlone';

const JOBS_PER_LENGTH = 250;
/** By the time that longer jobs end, the crowd has thinned out. */
const CROWD_LENGTHS = LENGTHS.slice(0, 4);
const CONCURRENCIES = [10, 50, 100];

/** Waits for a thousand jobs that are all started at once: each alone, then all in one node. */
export async function compareConcurrencies(): Promise<string> {
	const jobs = CROWD_LENGTHS.flatMap(drawJobs);
	const alone = jobs.map((job, index) => waitAlone(job, PACES.balanced, seededRandom(index)));
	const rows = [['each alone', ...cells(alone.map(({ delayMs }) => ({ delayMs, queuedMs: 0 })))]];
	for (const concurrency of CONCURRENCIES) {
		const clock = new VirtualClock();
		const crowd = startCrowd(jobs, clock, concurrency, 1);
		await clock.run(crowd.done);
		rows.push([`${concurrency} requests at a time`, ...cells(crowd.waits())]);
	}
	return [
		'mean delay · worst delay · longest time that a check which found the end had to queue',
		table(['1,000 jobs', ...CROWD_LENGTHS.map(({ name }) => name)], rows),
	].join('\n\n');
}

function drawJobs(length: JobLength): SimulatedJob[] {
	const kind = { lengthMs: length.ms, curve: 'steady', pages: length.pages } as const;
	return Array.from({ length: JOBS_PER_LENGTH }, (_, index) =>
		drawJob(`${length.ms}-${index}`, kind, index / JOBS_PER_LENGTH, seededRandom(index)),
	);
}

/** One cell for each length; `waits` are in the order of the jobs. */
function cells(waits: readonly CrowdedWait[]): string[] {
	return CROWD_LENGTHS.map((_, index) => {
		const first = index * JOBS_PER_LENGTH;
		const some = waits.slice(first, first + JOBS_PER_LENGTH);
		const delays = some.map(({ delayMs }) => delayMs);
		const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
		const queued = Math.max(...some.map(({ queuedMs }) => queuedMs));
		return [mean, Math.max(...delays), queued].map(seconds).join(' · ');
	});
}
