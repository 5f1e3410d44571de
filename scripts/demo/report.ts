import type { CrawlProgress } from '../../nodes/shared/crawlJob';
import { formatDuration } from '../../test/support/n8n/duration';
import type { ReportOutcome } from './crawlReport';
import type { Outcome } from './outcome';
import type { TriggeredOutcome } from './triggered';

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

/** The same about a run that the end of a crawl has started. */
export function describeTriggered({ run, calls, differences }: TriggeredOutcome): string {
	const lines = [
		`started:  by the end of a crawl`,
		`calls:    ${calls} with its ID`,
		...differences.map((difference) => `WRONG:    ${difference}`),
	];
	return `\n${run.title}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

/** The same about the report. */
export function describeReport({ subject, differences }: ReportOutcome): string {
	const lines = [subject, ...differences.map((difference) => `WRONG:    ${difference}`)];
	return `\nThe report of the crawls, as one page\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

/** The last line: how many runs went as expected. */
export function describeTotal(outcomes: ReadonlyArray<{ differences: string[] }>): string {
	const right = outcomes.filter(({ differences }) => differences.length === 0).length;
	return `\n${right} of ${outcomes.length} went as expected`;
}

function describePages({ completed, total, failed, cancelled }: CrawlProgress): string {
	const rest = [
		...(failed ? [`${failed} failed`] : []),
		...(cancelled ? [`${cancelled} cancelled`] : []),
	];
	const crawled = `${completed ?? '?'} of ${total ?? '?'} crawled`;
	return [crawled, ...rest].join(', ');
}
