import { inChild } from './inChild';
import { measureCrowd } from './measure/crowd';
import { measureDelays } from './measure/delays';
import { measureFault } from './measure/faults';
import { measureLoad } from './measure/load';
import { measureSize } from './measure/size';
import { measureStop } from './measure/stop';
import type { Peer } from './peer';
import { LoadedPeer } from './peerRun';
import type { PeerResults } from './results';
import type { Scale } from './scale';
import { Stages } from './stages';

/** Measures all that the bench measures, of all peers in the same run. */
export async function measureAll(
	peers: readonly Peer[],
	scale: Scale,
	isQuick: boolean,
): Promise<PeerResults[]> {
	const { runs } = scale;
	const stages = new Stages(peers);

	const load = await stages.repeated('inTurn', 'load', runs, measureLoad);
	const loaded = await stages.inTurn('engine', async (peer) => LoadedPeer.load(peer));
	const delays = await stages.atOnce('single jobs', async (peer) =>
		byKey(
			scale.lengths,
			({ name }) => name,
			async (length) => measureDelays(loaded(peer), length, scale),
		),
	);
	const crowds = await stages.atOnce('many jobs in one node', async (peer) =>
		byKey(scale.crowds, String, async (count) => measureCrowd(loaded(peer), count, scale)),
	);
	const stopped = await stages.atOnce('Stop', async (peer) => measureStop(loaded(peer), scale));
	const faults = await stages.atOnce('faults', async (peer) =>
		byKey(scale.faults, String, async (name) => measureFault(loaded(peer), name, scale.faultyMs)),
	);
	const perExecution = await stages.repeated('atOnce', 'heap of executions', runs, async ({ id }) =>
		inChild('heapPerExecution', id, isQuick),
	);
	const perItem = await stages.repeated('atOnce', 'heap of items', runs, async ({ id }) =>
		inChild('heapPerItem', id, isQuick),
	);
	const cpu = await stages.repeated('inTurn', 'CPU', runs, async ({ id }) =>
		inChild('cpuPerHour', id, isQuick),
	);
	const simulated = await stages.inTurn('simulated clock', async ({ id }) =>
		inChild('simulatedDelays', id, isQuick),
	);
	return peers.map((peer) => ({
		id: peer.id,
		name: peer.name,
		what: peer.what,
		delays: { ...delays(peer), ...simulated(peer) },
		crowds: crowds(peer),
		stopped: stopped(peer),
		faults: faults(peer),
		heapPerExecution: perExecution(peer),
		heapPerItem: perItem(peer),
		cpuPerHour: cpu(peer),
		load: load(peer),
		size: measureSize(peer),
	}));
}

/** Measures for several things at once. */
async function byKey<Item, Result>(
	items: readonly Item[],
	keyOf: (item: Item) => string,
	measure: (item: Item) => Promise<Result>,
): Promise<Record<string, Result>> {
	const entries = items.map(
		async (item): Promise<[string, Result]> => [keyOf(item), await measure(item)],
	);
	return Object.fromEntries(await Promise.all(entries));
}
