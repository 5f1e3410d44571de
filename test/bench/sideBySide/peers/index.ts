import type { InstalledPeers } from '../installed';
import type { Peer } from '../peer';
import { bigQuery } from './bigQuery';
import { databricks } from './databricks';
import { firecrawl } from './firecrawl';
import { handBuilt } from './handBuilt';
import { llamaCloud } from './llamaCloud';
import { ours, oursDurable, oursWithoutCounters } from './ours';

/** This package: with usable counters, and without. */
export const OURS: readonly Peer[] = [ours, oursWithoutCounters];

/** What is measured on a whole n8n: this package in two wait modes, and others. */
export function peersOnN8n(peers: readonly Peer[]): Peer[] {
	const others = peers.filter((peer) => !OURS.includes(peer));
	return [oursDurable, ours, ...others];
}

/** What people use today. */
export function otherPeers(installed: InstalledPeers): Peer[] {
	return [firecrawl, bigQuery, databricks, llamaCloud, handBuilt].map((create) =>
		create(installed),
	);
}
