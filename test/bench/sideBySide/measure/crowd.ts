import { between, seededRandom } from '../../random';
import type { LoadedPeer } from '../peerRun';
import type { Scale } from '../scale';
import { mean, spreadOf, type Spread } from '../statistics';

/** What it is like to wait for many jobs in one node. */
export interface Crowd {
	/** The mean of a run from the start of the node until a job's end was told. */
	toldAfterMs: Spread;
	/** Until the node was done. */
	doneAfterMs: Spread;
	/** The same if all ends had been told at once: the mean length of the jobs. */
	atBestMs: number;
	/** Jobs whose end the workflow did not give. */
	lost: number;
}

/** Measures a node that has many items; all runs at once. */
export async function measureCrowd(
	peer: LoadedPeer,
	count: number,
	{ crowdLengthsMs, runs }: Pick<Scale, 'crowdLengthsMs' | 'runs'>,
): Promise<Crowd> {
	const random = seededRandom(count);
	const lengths = Array.from({ length: count }, () => between(...crowdLengthsMs, random));
	const all = await Promise.all(
		Array.from({ length: runs }, async () => await waitForAll(peer, lengths)),
	);
	return {
		toldAfterMs: spreadOf(all.map(({ toldAfterMs }) => toldAfterMs)),
		doneAfterMs: spreadOf(all.map(({ doneAfterMs }) => doneAfterMs)),
		atBestMs: mean(lengths),
		lost: all.reduce((sum, { lost }) => sum + lost, 0),
	};
}

async function waitForAll(peer: LoadedPeer, lengths: readonly number[]) {
	const { standIn, workflow } = await peer.start(lengths);
	const startedAt = Date.now();
	const { run } = await workflow.finished;
	const doneAt = Date.now();
	await standIn.close();
	return {
		toldAfterMs: mean(standIn.jobs.map(({ toldAt }) => (toldAt ?? doneAt) - startedAt)),
		doneAfterMs: doneAt - startedAt,
		lost: lengths.length - peer.peer.countEnds(run),
	};
}
