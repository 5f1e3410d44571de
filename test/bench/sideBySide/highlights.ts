import type { Results } from './results';
import { rowsOf, type Row } from './rows';

/** Titles of rows, and what they are called where there are only these. */
const HIGHLIGHTS: Readonly<Record<string, string>> = {
	'requests, a job of 1 min': 'Requests, a job of a minute',
	'delay, a job of 1 min': 'Delay, a job of a minute',
	'told after, 20 jobs in one node': 'Told after, 20 jobs in one node',
	Stop: 'Stop',
	'heap of an execution': 'Heap of an execution',
	'time to load': 'Time to load',
};

/** The rows that stand for all, in the picture and on the page that explains them. */
export function highlightsOf(results: Results): Row[] {
	return rowsOf(results).flatMap((row) => {
		const title = HIGHLIGHTS[row.title];
		return title === undefined ? [] : [{ ...row, title }];
	});
}
