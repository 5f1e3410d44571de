import { between, seededRandom } from '../../random';
import type { LoadedPeer } from '../peerRun';
import type { Length } from '../scale';
import { sleep } from '../sleep';
import { mean, spreadOf, type Spread } from '../statistics';

/** Jobs of a length differ by up to a tenth, so that no schedule profits from where its checks fall. */
const LENGTH_SPREAD = 0.1;
/** The jobs of all runs start within this time, in milliseconds. */
const START_WITHIN_MS = 3_000;

/** What waiting for one job of a length costs. */
export interface Delays {
	/** Per job; the spread is that of the runs. */
	requests: Spread;
	/** From the end of a job until it was told; the mean of a run. */
	delayMs: Spread;
	worstDelayMs: number;
	/** Jobs whose end the workflow did not give. */
	lost: number;
}

interface Told {
	requests: number;
	delayMs: number;
	isLost: boolean;
}

/**
 * Measures waits for single jobs, each in an execution of its own; all at once, as waits hardly work.
 * @returns null where the peer cannot wait for so long
 */
export async function measureDelays(
	peer: LoadedPeer,
	length: Length,
	{ runs, jobsPerRun }: { runs: number; jobsPerRun: number },
): Promise<Delays | null> {
	if (length.ms * (1 + LENGTH_SPREAD) > peer.peer.longestMs) return null;
	const random = seededRandom(length.ms);
	const told = await Promise.all(
		Array.from({ length: runs * jobsPerRun }, async (_, index) => {
			// Each run has short jobs and long ones.
			const place = ((index % jobsPerRun) + random()) / jobsPerRun;
			const startAfterMs = between(0, START_WITHIN_MS, random);
			await sleep(startAfterMs);
			return await waitForOne(peer, length.ms * (1 + LENGTH_SPREAD * (2 * place - 1)));
		}),
	);
	const byRun = Array.from({ length: runs }, (_, run) =>
		told.slice(run * jobsPerRun, (run + 1) * jobsPerRun),
	);
	return {
		requests: spreadOf(byRun.map((jobs) => mean(jobs.map(({ requests }) => requests)))),
		delayMs: spreadOf(byRun.map((jobs) => mean(jobs.map(({ delayMs }) => delayMs)))),
		worstDelayMs: Math.max(...told.map(({ delayMs }) => delayMs)),
		lost: told.filter(({ isLost }) => isLost).length,
	};
}

async function waitForOne(peer: LoadedPeer, lengthMs: number): Promise<Told> {
	const { standIn, workflow } = await peer.start([lengthMs]);
	const { run, error } = await workflow.finished;
	await standIn.close();
	const [job] = standIn.jobs;
	if (job?.startedAt == null) throw new Error('The job was not started', { cause: error });
	const endedAt = job.startedAt + job.lengthMs;
	return {
		requests: job.requests,
		delayMs: (job.toldAt ?? Date.now()) - endedAt,
		isLost: peer.peer.countEnds(run) !== 1,
	};
}
