import type { CrmCall, JobScript, Simulator } from '../support/simulator';
import type { Branch } from './waitWorkflow';

type Outcome = JobScript['outcome'];

const BRANCH_OF: Readonly<Record<Outcome, Branch>> = {
	succeeded: 'success',
	partial: 'success',
	failed: 'failed',
	cancelled: 'cancelled',
	never: 'stillRunning',
};

const OUTCOMES: Outcome[] = ['succeeded', 'failed', 'cancelled', 'partial', 'never'];

/** A scripted crawl, and the branch that its wait has to end on. */
export interface ExpectedCrawl {
	jobId: string;
	branch: Branch;
}

/**
 * Crawls of all outcomes in turn.
 * @param durationsMs the shortest and the longest of them; the others lie evenly between
 */
export function scriptCrawls(
	simulator: Simulator,
	prefix: string,
	count: number,
	[shortest, longest]: [number, number],
	faults: JobScript['faults'] = [],
): ExpectedCrawl[] {
	return Array.from({ length: count }, (_, index) => {
		const outcome = OUTCOMES[index % OUTCOMES.length] ?? 'succeeded';
		const jobId = `${prefix}-${index}`;
		const share = count > 1 ? index / (count - 1) : 0;
		const durationMs = Math.round(shortest + share * (longest - shortest));
		simulator.scriptJob({ provider: 'geonode', jobId, outcome, durationMs, faults });
		return { jobId, branch: BRANCH_OF[outcome] };
	});
}

/** What came of the waits for some crawls, counted by what their workflows told the CRM. */
export interface Tally {
	waits: number;
	/** Reported once, on the branch of their outcome. */
	right: number;
	wrong: number;
	/** Reported more than once. */
	repeated: number;
	/** Not reported at all, so far. */
	lost: number;
}

export function tally(crawls: readonly ExpectedCrawl[], calls: readonly CrmCall[]): Tally {
	const paths = new Map<string, string[]>();
	for (const { path } of calls) {
		const [, branch = '', jobId = ''] = path.split('/');
		paths.set(jobId, [...(paths.get(jobId) ?? []), branch]);
	}
	const reports = crawls.map(({ jobId, branch }) => ({ branch, seen: paths.get(jobId) ?? [] }));
	const count = (matches: (report: (typeof reports)[number]) => boolean) =>
		reports.filter(matches).length;
	return {
		waits: crawls.length,
		right: count(({ seen, branch }) => seen.length === 1 && seen[0] === branch),
		wrong: count(({ seen, branch }) => seen.length === 1 && seen[0] !== branch),
		repeated: count(({ seen }) => seen.length > 1),
		lost: count(({ seen }) => seen.length === 0),
	};
}
