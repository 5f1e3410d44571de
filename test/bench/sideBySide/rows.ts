import { count, duration, kilobytes } from './cells';
import type { PeerResults, Results } from './results';
import type { Spread } from './statistics';

/** One thing that was measured of all peers; less of it is better. */
export interface Row {
	title: string;
	/** @returns null where there is nothing to measure */
	of: (peer: PeerResults) => Spread | null;
	format: (value: number) => string;
}

/** The rows of the tables, in their order. */
export function rowsOf({ peers }: Results): Row[] {
	const [first] = peers;
	if (first === undefined) return [];
	return [
		...Object.keys(first.delays).flatMap((length): Row[] => [
			{
				title: `requests, a job of ${length}`,
				of: ({ delays }) => delays[length]?.requests ?? null,
				format: count,
			},
			{
				title: `delay, a job of ${length}`,
				of: ({ delays }) => delays[length]?.delayMs ?? null,
				format: duration,
			},
			{
				title: `worst delay, a job of ${length}`,
				of: ({ delays }) => single(delays[length]?.worstDelayMs),
				format: duration,
			},
		]),
		...Object.keys(first.crowds).map(
			(jobs): Row => ({
				title: `told after, ${jobs} jobs in one node`,
				of: ({ crowds }) => crowds[jobs]?.toldAfterMs ?? null,
				format: duration,
			}),
		),
		{ title: 'ends that were lost', of: (peer) => single(lostBy(peer)), format: String },
		{ title: 'Stop', of: ({ stopped }) => stopped.stopMs, format: duration },
		{
			title: 'requests after Stop',
			of: ({ stopped }) => single(stopped.requestsAfter),
			format: count,
		},
		{
			title: 'heap of an execution',
			of: ({ heapPerExecution }) => heapPerExecution,
			format: kilobytes,
		},
		{ title: 'heap of a further item', of: ({ heapPerItem }) => heapPerItem, format: kilobytes },
		{ title: 'CPU for an hour of waiting', of: ({ cpuPerHour }) => cpuPerHour, format: duration },
		{ title: 'time to load', of: ({ load }) => load, format: duration },
		{ title: 'size', of: ({ size }) => single(size), format: kilobytes },
	];
}

/** Without those that the faults have cost. */
function lostBy({ delays, crowds }: PeerResults): number {
	const all = [...Object.values(delays), ...Object.values(crowds)];
	return all.reduce((sum, measured) => sum + (measured?.lost ?? 0), 0);
}

function single(value: number | null | undefined): Spread | null {
	return value == null ? null : { median: value, least: value, most: value };
}
