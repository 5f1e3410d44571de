import { between, seededRandom } from '../../random';
import type { LoadedPeer } from '../peerRun';
import type { Scale } from '../scale';
import { sleep } from '../sleep';
import { mean, spreadOf, type Spread } from '../statistics';

/** What comes of n8n's Stop. */
export interface Stopped {
	/** From Stop until the execution was over. */
	stopMs: Spread;
	/** The requests that came after it, on average. */
	requestsAfter: number;
}

/** Stops executions somewhere in their waits; all at once. */
export async function measureStop(
	peer: LoadedPeer,
	{ stopped, runs }: Pick<Scale, 'stopped' | 'runs'>,
): Promise<Stopped> {
	const random = seededRandom(runs);
	const all = await Promise.all(
		Array.from({ length: runs }, async () => {
			const { standIn, workflow } = await peer.start([stopped.lengthMs]);
			await sleep(between(stopped.earliestMs, stopped.latestMs, random));
			const requestsBefore = standIn.requests;
			const stoppedAt = performance.now();
			workflow.stop();
			await workflow.finished;
			const stopMs = performance.now() - stoppedAt;
			await standIn.close();
			return { stopMs, requestsAfter: standIn.requests - requestsBefore };
		}),
	);
	return {
		stopMs: spreadOf(all.map(({ stopMs }) => stopMs)),
		requestsAfter: mean(all.map(({ requestsAfter }) => requestsAfter)),
	};
}
