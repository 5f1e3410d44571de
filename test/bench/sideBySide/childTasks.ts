import { cpuPerHour } from './measure/cpu';
import { measureDelays, type Delays } from './measure/delays';
import { heapPerExecution, heapPerItem } from './measure/heap';
import type { JumpingClock } from './jumpingClock';
import type { LoadedPeer } from './peerRun';
import type { Scale } from './scale';

/** What is measured in a process of its own: its time or its heap is that of one peer alone. */
export interface ChildResults {
	heapPerExecution: number;
	heapPerItem: number;
	cpuPerHour: number;
	/** By the names of the lengths. */
	simulatedDelays: Record<string, Delays | null>;
}

export type ChildTask = keyof ChildResults;

type Measure<Task extends ChildTask> = (
	peer: LoadedPeer,
	scale: Scale,
	clock: JumpingClock,
) => Promise<ChildResults[Task]>;

export const CHILD_TASKS: { [Task in ChildTask]: Measure<Task> } = {
	heapPerExecution,
	heapPerItem,
	cpuPerHour,
	async simulatedDelays(peer, { simulatedLengths, runs }, clock) {
		clock.install();
		const delays: Record<string, Delays | null> = {};
		for (const length of simulatedLengths) {
			delays[length.name] = await clock.run(measureDelays(peer, length, { runs, jobsPerRun: 1 }));
		}
		return delays;
	},
};
