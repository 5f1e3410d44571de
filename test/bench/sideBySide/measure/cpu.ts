import type { LoadedPeer } from '../peerRun';
import type { Scale } from '../scale';
import { sleep } from '../sleep';

/** Longer than the measurement takes, and short enough for all peers. */
const JOB_MS = 240_000;
const HOUR_MS = 3_600_000;

/**
 * The time that the processor works for an hour of waiting, in milliseconds, with what the stand-in does
 * for it: that of waits which began a moment ago, each in an execution of its own. The process must do
 * nothing else, and end afterwards: the waits go on.
 */
export async function cpuPerHour(
	peer: LoadedPeer,
	{ weighed, weighedAfterMs, busyMs }: Pick<Scale, 'weighed' | 'weighedAfterMs' | 'busyMs'>,
): Promise<number> {
	await Promise.all(Array.from({ length: weighed }, async () => await peer.start([JOB_MS])));
	await sleep(weighedAfterMs);
	const before = process.cpuUsage();
	await sleep(busyMs);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000 / weighed / (busyMs / HOUR_MS);
}
