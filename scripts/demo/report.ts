import type { CrawlProgress } from '../../nodes/shared/crawlJob';
import { formatDuration } from '../../test/support/n8n/duration';
import type { Outcome } from './outcome';

/** A short block of text about one run. */
export function describeOutcome(outcome: Outcome): string {
	const { run, branches, job, crmCalls, differences } = outcome;
	const lines = [
		`branch:   ${branches.join(' and ') || 'none'}`,
		`pages:    ${job ? describePages(job.progress) : 'unknown'}`,
		`checks:   ${job ? `${job.wait.checks} in ${formatDuration(job.wait.waitedMs)}` : 'none'}`,
		...crmCalls.map(({ path, body }) => `CRM call: POST /crm${path} ${JSON.stringify(body)}`),
		...differences.map((difference) => `WRONG:    ${difference}`),
	];
	return `\n${run.title}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

/** The last line: how many runs took the right branch. */
export function describeTotal(outcomes: Outcome[]): string {
	const right = outcomes.filter(({ differences }) => differences.length === 0).length;
	return `\n${right} of ${outcomes.length} took the right branch`;
}

function describePages({ completed, total, failed, cancelled }: CrawlProgress): string {
	const rest = [
		...(failed ? [`${failed} failed`] : []),
		...(cancelled ? [`${cancelled} cancelled`] : []),
	];
	const crawled = `${completed ?? '?'} of ${total ?? '?'} crawled`;
	return [crawled, ...rest].join(', ');
}
