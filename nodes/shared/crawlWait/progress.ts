import type { IExecuteFunctions } from 'n8n-workflow';

import type { CrawlJob } from '../crawlJob';
import type { Wait } from '../waiting/poll';
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
		const text = wait.fault?.message ?? (wait.last ? describeProgress(wait.last.job) : '');
		if (text === '' || shown.get(index) === text) return;
		shown.set(index, text);
		context.sendMessageToUI(`[item ${items[index]?.itemIndex}] ${text}`);
	};
}

function describeProgress({ provider, jobId, status, progress }: CrawlJob): string {
	const { total, completed, failed, percent } = progress;
	const pages =
		completed === null ? '' : `, ${completed}${total === null ? '' : ` of ${total}`} pages`;
	const failures = failed ? `, ${failed} failed` : '';
	return `${provider} crawl ${jobId}: ${status}${pages}${failures}${percent === null ? '' : ` (${percent}%)`}`;
}
