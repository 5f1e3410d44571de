/**
 * What waiting costs, on a simulated clock: `npm run bench:wait`. Takes some minutes and prints the
 * tables of `docs/performance.md`.
 */
import { heapPerWait } from './heap';
import {
	compareAnswerTimes,
	compareCurves,
	compareLengthsBetween,
	comparePageCounts,
	compareSchedules,
} from './schedules';
import { compareConcurrencies } from './thousand';

async function main(): Promise<void> {
	print('No progress: every schedule', compareSchedules());
	print('Balanced: every shape of progress', compareCurves());
	print('Balanced: coarser and finer counters', comparePageCounts());
	print('Balanced: faster and slower APIs', compareAnswerTimes());
	print('Balanced: lengths that nothing was tuned for', compareLengthsBetween());
	print('A thousand jobs in one node', await compareConcurrencies());
	print('Heap per waiting job', `${((await heapPerWait()) / 1_024).toFixed(1)} kB`);
}

function print(title: string, text: string): void {
	console.log(`## ${title}\n\n${text}\n`);
}

void main();
