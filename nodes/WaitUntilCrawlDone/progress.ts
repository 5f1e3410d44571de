import type { IExecuteFunctions } from 'n8n-workflow';

import type { CrawlJob } from '../shared/crawlJob';
import type { Wait } from '../shared/waiting/poll';
import type { ItemWait } from './input';

/**
 * Shows the progress of the crawls in the browser console of whoever runs the workflow by hand,
 * each time it changes. Other executions have nobody who looks.
 * @returns what to call with each wait that was checked, and its place among the items
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
	const pages = completed === null ? '' : `, ${completed} of ${total ?? 'unknown'} pages`;
	const failures = failed ? `, ${failed} failed` : '';
	return `${provider} crawl ${jobId}: ${status}${pages}${failures}${percent === null ? '' : ` (${percent} %)`}`;
}
