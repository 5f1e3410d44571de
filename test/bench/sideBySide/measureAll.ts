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
import { spreadOf } from './statistics';

/** Gives what was measured of a peer. */
type Measured<Result> = (peer: Peer) => Result;

/**
 * Measures one thing after the other: of all peers at once where they wait, of one at a time where what
 * counts is the work or the memory of its process.
 */
export async function measureAll(
	peers: readonly Peer[],
	scale: Scale,
	isQuick: boolean,
): Promise<PeerResults[]> {
	const { runs } = scale;
	const inRuns = async (measure: () => Promise<number>) => {
		const values: number[] = [];
		while (values.length < runs) values.push(await measure());
		return spreadOf(values);
	};
	const ofAll = async <Result>(measure: (peer: Peer) => Promise<Result>) => {
		const results = peers.map(async (peer): Promise<[Peer, Result]> => [peer, await measure(peer)]);
		return lookUp(new Map(await Promise.all(results)));
	};
	const inTurn = async <Result>(title: string, measure: (peer: Peer) => Promise<Result>) => {
		tell(title);
		// What is measured in company is wrong, and soon there.
		if (isQuick) return await ofAll(measure);
		const results = new Map<Peer, Result>();
		for (const peer of peers) results.set(peer, await measure(peer));
		return lookUp(results);
	};

	const load = await inTurn('load', async (peer) => measureLoad(peer, runs));
	const loaded = await inTurn('engine', async (peer) => LoadedPeer.load(peer));
	const atOnce = async <Result>(title: string, measure: (peer: LoadedPeer) => Promise<Result>) => {
		tell(title);
		return await ofAll(async (peer) => measure(loaded(peer)));
	};

	const delays = await atOnce('single jobs', async (peer) =>
		byKey(
			scale.lengths,
			({ name }) => name,
			async (length) => measureDelays(peer, length, scale),
		),
	);
	const crowds = await atOnce('many jobs in one node', async (peer) =>
		byKey(scale.crowds, String, async (count) => measureCrowd(peer, count, scale)),
	);
	const stopped = await atOnce('Stop', async (peer) => measureStop(peer, scale));
	const faults = await atOnce('faults', async (peer) =>
		byKey(scale.faults, String, async (name) => measureFault(peer, name, scale.faultyMs)),
	);
	const perExecution = await inTurn('heap of executions', async ({ id }) =>
		inRuns(async () => inChild('heapPerExecution', id, isQuick)),
	);
	const perItem = await inTurn('heap of items', async ({ id }) =>
		inRuns(async () => inChild('heapPerItem', id, isQuick)),
	);
	const cpu = await inTurn('work', async ({ id }) =>
		inRuns(async () => inChild('cpuPerHour', id, isQuick)),
	);
	const simulated = await inTurn('simulated clock', async ({ id }) =>
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

function lookUp<Result>(results: ReadonlyMap<Peer, Result>): Measured<Result> {
	return (peer) => {
		if (!results.has(peer)) throw new Error(`${peer.name} was not measured`);
		return results.get(peer) as Result;
	};
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

/** On the error output: the other one is for the tables. */
function tell(title: string): void {
	console.error(`${new Date().toISOString().slice(11, 19)} ${title}`);
}
