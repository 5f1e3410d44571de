import type { InstalledPeers } from '../installed';
import type { Peer } from '../peer';
import { bigQuery } from './bigQuery';
import { databricks } from './databricks';
import { firecrawl } from './firecrawl';
import { handBuilt } from './handBuilt';
import { llamaCloud } from './llamaCloud';
import { ours, oursWithoutCounters } from './ours';

/** This package: with usable counters, and without. */
export const OURS: readonly Peer[] = [ours, oursWithoutCounters];

/** What people use today. */
export function otherPeers(installed: InstalledPeers): Peer[] {
	return [firecrawl, bigQuery, databricks, llamaCloud, handBuilt].map((create) =>
		create(installed),
	);
}
