import { startCrowd } from './crowd';
import { seededRandom } from './random';
import { drawJob } from './simulatedJob';
import { VirtualClock } from './virtualClock';

const JOBS = 1_000;
const CONCURRENCY = 100;
const LENGTH_MS = 60_000;
/**
 * Every job still goes on then, every wait has had several answers, and no request is under way: a
 * request holds more than a wait, but there are a hundred at most.
 */
const MEASURED_AFTER_MS = 32_000;

/**
 * The heap that one of a thousand waits holds, in bytes: all that the driver keeps and the last
 * answer, but not the workflow's item.
 * @throws Error when Node runs without `--expose-gc`
 */
export async function heapPerWait(): Promise<number> {
	// The first crowd leaves compiled code behind, which is not what a wait holds.
	await heapOfCrowd();
	return (await heapOfCrowd()) / JOBS;
}

async function heapOfCrowd(): Promise<number> {
	const kind = { lengthMs: LENGTH_MS, curve: 'steady', pages: 100 } as const;
	const jobs = Array.from({ length: JOBS }, (_, index) => {
		const random = seededRandom(index);
		return { ...drawJob(`9d7b2c8e-8a4b-4c10-9af3-${index}`, kind, 0.5, random), random };
	});
	const clock = new VirtualClock();
	const before = heapUsed();
	const crowd = startCrowd(jobs, clock, CONCURRENCY);
	await clock.run(clock.sleep(MEASURED_AFTER_MS));
	const held = heapUsed() - before;
	await clock.run(crowd.done);
	return held;
}

function heapUsed(): number {
	if (globalThis.gc === undefined) throw new Error('Run Node with --expose-gc');
	globalThis.gc();
	return process.memoryUsage().heapUsed;
}
