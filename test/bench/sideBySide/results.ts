import type { Crowd } from './measure/crowd';
import type { Delays } from './measure/delays';
import type { FaultResult } from './measure/faults';
import type { OnN8n } from './measure/onN8n';
import type { Stopped } from './measure/stop';
import type { Spread } from './statistics';

/** All that a run of the bench has measured of a peer. */
export interface PeerResults {
	id: string;
	name: string;
	what: string;
	/** By the names of the lengths, on both clocks; `null` where it cannot wait for so long. */
	delays: Record<string, Delays | null>;
	/** By the number of jobs. */
	crowds: Record<string, Crowd>;
	stopped: Stopped;
	/** By the names of the faults. */
	faults: Record<string, FaultResult>;
	/** In bytes. */
	heapPerExecution: Spread;
	heapPerItem: Spread;
	/** In milliseconds. */
	cpuPerHour: Spread;
	load: Spread;
	/** In bytes; `null` for nodes that come with n8n. */
	size: number | null;
}

/** A whole run. */
export interface Results {
	/** An ISO date. */
	date: string;
	machine: string;
	versions: string;
	runs: number;
	/** Whether its figures mean nothing. */
	isQuick: boolean;
	/** Those of this package come first. */
	peers: PeerResults[];
	/** What was measured on a whole n8n; nothing in a quick run. */
	onN8n: OnN8n[];
}
