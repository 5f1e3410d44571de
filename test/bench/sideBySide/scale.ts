import { FAULTS } from './faults';
import type { OnN8nScale } from './measure/onN8n';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A length of a job, and how it is called. */
export interface Length {
	name: string;
	ms: number;
}

/** How much is measured. Times are milliseconds. */
export interface Scale {
	/** How often everything is measured. */
	runs: number;
	/** The jobs of a length in a run, each in an execution of its own. */
	jobsPerRun: number;
	/** On the clock of the machine. */
	lengths: readonly Length[];
	/** On a simulated clock. */
	simulatedLengths: readonly Length[];
	/** How many jobs are waited for in one node. */
	crowds: readonly number[];
	/** The shortest and the longest job in a crowd. */
	crowdLengthsMs: readonly [number, number];
	/** The jobs that are stopped. */
	stopped: { lengthMs: number; earliestMs: number; latestMs: number };
	/** The names of the faults, and the length of the jobs that they befall. */
	faults: readonly string[];
	faultyMs: number;
	/** How many waits are weighed, and after what time. */
	weighed: number;
	weighedAfterMs: number;
	/** For how long their work is measured. */
	busyMs: number;
	/** `null` to leave out the whole n8n. */
	onN8n: OnN8nScale | null;
}

/** Takes about an hour and a half: hundreds of jobs in nodes that take one after the other, and runs in turns. */
export const FULL: Scale = {
	runs: 5,
	jobsPerRun: 3,
	lengths: [
		{ name: '5 s', ms: 5 * SECOND },
		{ name: '15 s', ms: 15 * SECOND },
		{ name: '1 min', ms: MINUTE },
		{ name: '3 min', ms: 3 * MINUTE },
	],
	simulatedLengths: [
		{ name: '30 min', ms: 30 * MINUTE },
		{ name: '2 h', ms: 2 * HOUR },
		{ name: '48 h', ms: 48 * HOUR },
	],
	crowds: [20, 100],
	crowdLengthsMs: [SECOND, 10 * SECOND],
	stopped: { lengthMs: MINUTE, earliestMs: 5 * SECOND, latestMs: 10 * SECOND },
	faults: Object.keys(FAULTS),
	faultyMs: 14 * SECOND,
	weighed: 200,
	weighedAfterMs: 12 * SECOND,
	busyMs: 24 * SECOND,
	onN8n: {
		waits: 5,
		lengthMs: 4.5 * MINUTE,
		killed: { lengthMs: 90 * SECOND, afterMs: 30 * SECOND },
	},
};

/** Shows in less than two minutes that the bench runs; its figures mean nothing. */
export const QUICK: Scale = {
	runs: 1,
	jobsPerRun: 1,
	lengths: [{ name: '2 s', ms: 2 * SECOND }],
	simulatedLengths: [{ name: '10 min', ms: 10 * MINUTE }],
	crowds: [3],
	crowdLengthsMs: [500, 1_500],
	stopped: { lengthMs: 3 * SECOND, earliestMs: 500, latestMs: 1_000 },
	faults: ['half of the JSON', 'connection cut'],
	faultyMs: 3 * SECOND,
	weighed: 10,
	weighedAfterMs: SECOND,
	busyMs: SECOND,
	onN8n: null,
};
