import type { LoadedPeer } from '../peerRun';
import type { Scale } from '../scale';
import { sleep } from '../sleep';

/** Longer than the measurement takes, and short enough for all peers. */
const JOB_MS = 240_000;
const WARM_UP_MS = 100;

type Weighing = Pick<Scale, 'weighed' | 'weighedAfterMs'>;

/**
 * The heap that an execution holds that waits for one job, in bytes, with what the stand-in holds for
 * it. The process must do nothing else, and end afterwards: the waits go on.
 * @throws Error when Node runs without `--expose-gc`
 */
export async function heapPerExecution(peer: LoadedPeer, scale: Weighing): Promise<number> {
	await warmUp(peer);
	const jobs = Array.from({ length: scale.weighed }, () => [JOB_MS]);
	return (await heapOf(peer, jobs, scale.weighedAfterMs)) / scale.weighed;
}

/** The same for each further job in a node that waits for several. */
export async function heapPerItem(peer: LoadedPeer, scale: Weighing): Promise<number> {
	await warmUp(peer);
	const one = await heapOf(peer, [[JOB_MS]], scale.weighedAfterMs);
	const many = Array.from({ length: scale.weighed }, () => JOB_MS);
	const all = await heapOf(peer, [many], scale.weighedAfterMs);
	return (all - one) / (scale.weighed - 1);
}

/** What is compiled and loaded for the first wait is not what a wait holds. */
async function warmUp(peer: LoadedPeer): Promise<void> {
	const { standIn, workflow } = await peer.start([WARM_UP_MS]);
	await workflow.finished;
	await standIn.close();
}

/** @param nodes the lengths of the jobs of each */
async function heapOf(
	peer: LoadedPeer,
	nodes: ReadonlyArray<readonly number[]>,
	afterMs: number,
): Promise<number> {
	const before = heapUsed();
	await Promise.all(nodes.map(async (lengths) => await peer.start(lengths)));
	await sleep(afterMs);
	return heapUsed() - before;
}

function heapUsed(): number {
	if (globalThis.gc === undefined) throw new Error('Run Node with --expose-gc');
	globalThis.gc();
	return process.memoryUsage().heapUsed;
}
