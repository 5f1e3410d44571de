import type { IExecuteFunctions } from 'n8n-workflow';

import type { CrawlJob } from '../crawlJob';
import type { Wait } from '../waiting/itemWait';
import type { ItemWait } from './input';

/**
 * In a manual run, shows each change of the crawls' progress in the browser console. In other
 * executions it does nothing.
 * @returns the function to call after each check, with the wait and its index among the items
 */
export function progressReporter(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
): (wait: Wait, index: number) => void {
	if (context.getMode() !== 'manual') return () => {};
	const shown = new Map<number, string>();
	return (wait, index) => {
		const text = wait.fault?.message ?? (wait.last ? lineAbout(wait.last.job) : '');
		if (text === '' || shown.get(index) === text) return;
		shown.set(index, text);
		context.sendMessageToUI(`[item ${items[index]?.itemIndex}] ${text}`);
	};
}

function lineAbout(job: CrawlJob): string {
	const { percent } = job.progress;
	const share = percent === null ? '' : ` (${percent}%)`;
	return `${job.provider} crawl ${job.jobId}: ${describeProgress([job])}${share}`;
}

/** How crawls are doing, such as `running, 9 of 10 pages, 1 failed`; the pages of several are added up. */
export function describeProgress(jobs: readonly CrawlJob[]): string {
	const statuses = jobs.map(({ status }) => status);
	const words = [...new Set(statuses)].map((status) => {
		const count = statuses.filter((other) => other === status).length;
		return jobs.length === 1 ? status : `${count} ${status}`;
	});
	return [...words, ...describePages(jobs)].join(', ');
}

function describePages(jobs: readonly CrawlJob[]): string[] {
	const sumOf = (counter: 'total' | 'completed' | 'failed') =>
		jobs.reduce<number | null>((sum, { progress }) => {
			const count = progress[counter];
			return sum === null || count === null ? null : sum + count;
		}, 0);
	const [total, completed, failed] = [sumOf('total'), sumOf('completed'), sumOf('failed')];
	const pages = completed === null ? [] : [`${ofTotal(completed, total)} pages`];
	return failed ? [...pages, `${failed} failed`] : pages;
}

/** Such as `9 of 10`; `9` where the total is not known. */
export function ofTotal(count: number, total: number | null): string {
	return total === null ? String(count) : `${count} of ${total}`;
}
