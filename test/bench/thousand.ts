import { PACES } from '../../nodes/shared/waiting/pace';
import { startCrowd, type CrowdedJob } from './crowd';
import type { CurveName } from './curves';
import { LENGTHS, type JobLength } from './lengths';
import { seededRandom } from './random';
import { drawJob, type SimulatedJob } from './simulatedJob';
import { seconds, table } from './table';
import { VirtualClock } from './virtualClock';
import { waitAlone } from './waitAlone';

const JOBS = 1_000;
/** A step of 2,000 or more gives jobs and waits that are all different. */
const FIRST_SEED = 0;
/** By the time that longer jobs end, the crowd has thinned out. */
const CROWD_LENGTHS = LENGTHS.slice(0, 4);

interface Setting {
	curve: CurveName;
	/** How many requests are under way at once. */
	concurrency: number;
}

const SETTINGS: readonly Setting[] = [
	{ curve: 'steady', concurrency: 10 },
	{ curve: 'steady', concurrency: 50 },
	{ curve: 'steady', concurrency: 100 },
	{ curve: 'even', concurrency: 100 },
	{ curve: 'none', concurrency: 100 },
];

/** What differs by more is counted. */
const TOLERANCE_MS = 3_000;

/**
 * Holds the waits for a thousand jobs that all start at once against the wait for each of them
 * alone. The chance in a job's wait (answer times, jitter) is the same in both.
 */
export async function compareConcurrencies(): Promise<string> {
	const rows: string[][] = [];
	for (const setting of SETTINGS) {
		const cells: string[] = [];
		for (const length of CROWD_LENGTHS) cells.push(await compareWithAlone(length, setting));
		rows.push([`${setting.concurrency} at a time, ${setting.curve}`, ...cells]);
	}
	return [
		'mean and worst difference · how many jobs were noticed more than 3 s later / earlier',
		table(['1,000 jobs', ...CROWD_LENGTHS.map(({ name }) => name)], rows),
	].join('\n\n');
}

async function compareWithAlone(length: JobLength, setting: Setting): Promise<string> {
	const jobs = drawJobs(length, setting.curve);
	const alone = jobs.map((job) => {
		const { random } = withChance(job);
		return waitAlone(job, PACES.balanced, random).noticedMs;
	});
	const clock = new VirtualClock();
	const crowd = startCrowd(jobs.map(withChance), clock, setting.concurrency);
	await clock.run(crowd.done);
	return cell(crowd.delays().map((delayMs, index) => delayMs - (alone[index] ?? 0)));
}

function drawJobs({ ms, pages }: JobLength, curve: CurveName): SimulatedJob[] {
	const kind = { lengthMs: ms, curve, pages };
	return Array.from({ length: JOBS }, (_, index) =>
		drawJob(String(index), kind, index / JOBS, seededRandom(FIRST_SEED + index)),
	);
}

/** The same chance each time. */
function withChance(job: SimulatedJob): CrowdedJob {
	return { ...job, random: seededRandom(FIRST_SEED + JOBS + Number(job.id)) };
}

function cell(differences: readonly number[]): string {
	const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
	const later = differences.filter((difference) => difference > TOLERANCE_MS).length;
	const earlier = differences.filter((difference) => difference < -TOLERANCE_MS).length;
	return `${seconds(mean)} · ${seconds(Math.max(...differences))} · ${later} / ${earlier}`;
}
