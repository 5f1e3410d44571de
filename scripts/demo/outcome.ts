import type { CrawlJob } from '../../nodes/shared/crawlJob';
import { itemsByOutput, type Execution } from '../../test/support/n8n/execution';
import type { CrmCall } from '../../test/support/simulator';
import { BRANCHES, type Branch, type DemoRun } from './runs';

/** What the node Wait Until Crawl Done gives for a job. */
type WaitedJob = CrawlJob & { wait: { checks: number; waitedMs: number } };

/** What an execution of a demo run led to. */
export interface Outcome {
	run: DemoRun;
	/** The branches that got items: exactly one when all is well. */
	branches: Branch[];
	job: WaitedJob | undefined;
	crmCalls: CrmCall[];
	/** What differs from the expectation; empty when all is well. */
	differences: string[];
}

/**
 * Reads an execution's outcome out of what its nodes gave.
 * @param waitNode the name of the workflow's node Wait Until Crawl Done
 */
export function readOutcome(
	run: DemoRun,
	execution: Execution,
	waitNode: string,
	crmCalls: CrmCall[],
): Outcome {
	const outputs = itemsByOutput(execution, waitNode) ?? [];
	const branches = BRANCHES.filter((_branch, output) => (outputs[output] ?? []).length > 0);
	const job = outputs.flat()[0]?.json as WaitedJob | undefined;
	const differences = [
		...executionProblems(execution),
		...branchProblems(run, branches),
		...crmProblems(run, crmCalls),
	];
	return { run, branches, job, crmCalls, differences };
}

function executionProblems({ status, data }: Execution): string[] {
	if (status === 'success') return [];
	const message = data.resultData.error?.message ?? 'no error is recorded';
	return [`The execution ended as "${status}": ${message}`];
}

function branchProblems({ expectedBranch }: DemoRun, branches: Branch[]): string[] {
	if (branches.length === 1 && branches[0] === expectedBranch) return [];
	return [`Expected ${expectedBranch}, but it was ${branches.join(' and ') || 'no branch'}`];
}

function crmProblems({ expectedCrmCalls }: DemoRun, crmCalls: CrmCall[]): string[] {
	if (crmCalls.length === expectedCrmCalls) return [];
	return [`Expected ${expectedCrmCalls} CRM calls, but there were ${crmCalls.length}`];
}
