import type { Peer } from './peer';
import { spreadOf, type Spread } from './statistics';

/** Gives what was measured of a peer. */
type Measured<Result> = (peer: Peer) => Result;

type Measure<Result> = (peer: Peer) => Result | Promise<Result>;

/** Measures one thing of all peers, and then the next. */
export class Stages {
	constructor(private readonly peers: readonly Peer[]) {}

	/** For what depends on time alone, as waits hardly work, and for what is held meanwhile. */
	async atOnce<Result>(title: string, measure: Measure<Result>): Promise<Measured<Result>> {
		tell(title);
		const results = this.peers.map(
			async (peer): Promise<[Peer, Result]> => [peer, await measure(peer)],
		);
		return lookUp(new Map(await Promise.all(results)));
	}

	/** For what takes the processor. */
	async inTurn<Result>(title: string, measure: Measure<Result>): Promise<Measured<Result>> {
		tell(title);
		const results = new Map<Peer, Result>();
		for (const peer of this.peers) results.set(peer, await measure(peer));
		return lookUp(results);
	}

	/** The same several times, each time of all peers, so that a slower machine is slower for all. */
	async repeated(
		how: 'atOnce' | 'inTurn',
		title: string,
		times: number,
		measure: Measure<number>,
	): Promise<Measured<Spread>> {
		const rounds: Array<Measured<number>> = [];
		while (rounds.length < times) {
			rounds.push(await this[how](`${title}, run ${rounds.length + 1}`, measure));
		}
		return (peer) => spreadOf(rounds.map((round) => round(peer)));
	}
}

function lookUp<Result>(results: ReadonlyMap<Peer, Result>): Measured<Result> {
	return (peer) => {
		if (!results.has(peer)) throw new Error(`${peer.name} was not measured`);
		return results.get(peer) as Result;
	};
}

/** On the error output: the other one is for the tables. */
function tell(title: string): void {
	console.error(`${new Date().toISOString().slice(11, 19)} ${title}`);
}
