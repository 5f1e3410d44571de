import { FAULTS } from '../faults';
import type { LoadedPeer } from '../peerRun';

/** More than any fault lasts, with the longest pause of any peer behind it. */
const PATIENCE_MS = 180_000;

/** What came of a wait whose service had a fault. */
export type FaultResult = 'right' | 'error' | 'wrong outcome' | 'no end';

/** Lets a fault befall a wait for one job. */
export async function measureFault(
	peer: LoadedPeer,
	name: string,
	lengthMs: number,
): Promise<FaultResult> {
	const fault = FAULTS[name];
	if (fault === undefined) throw new Error(`There is no fault "${name}"`);
	const { standIn, workflow } = await peer.start([lengthMs], fault());
	let hasPatience = true;
	const timer = setTimeout(() => {
		hasPatience = false;
		workflow.stop();
	}, PATIENCE_MS);
	const { run, error } = await workflow.finished;
	clearTimeout(timer);
	await standIn.close();
	if (!hasPatience) return 'no end';
	if (error !== undefined) return 'error';
	return peer.peer.countEnds(run) === 1 ? 'right' : 'wrong outcome';
}
