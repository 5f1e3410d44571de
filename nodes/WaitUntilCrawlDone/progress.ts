import type { IExecuteFunctions } from 'n8n-workflow';

import type { CrawlJob } from '../shared/crawlJob';
import type { Watch } from '../shared/waiting/poll';
import type { WaitingItem } from './waitingItems';

/**
 * Shows the progress of the crawls in the browser console of whoever runs the workflow by hand,
 * each time it changes. Other executions have nobody who looks.
 */
export function progressReporter(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
): (watch: Watch) => void {
	if (context.getMode() !== 'manual') return () => {};
	const itemIndexes = new Map(items.map(({ watch, itemIndex }) => [watch, itemIndex]));
	const shown = new Map<Watch, string>();
	return (watch) => {
		const text = watch.fault?.message ?? (watch.last ? describeProgress(watch.last.job) : '');
		if (text === '' || shown.get(watch) === text) return;
		shown.set(watch, text);
		context.sendMessageToUI(`[item ${itemIndexes.get(watch)}] ${text}`);
	};
}

function describeProgress({ provider, jobId, status, progress }: CrawlJob): string {
	const { total, completed, failed, percent } = progress;
	const pages = completed === null ? '' : `, ${completed} of ${total ?? 'unknown'} pages`;
	const failures = failed ? `, ${failed} failed` : '';
	return `${provider} crawl ${jobId}: ${status}${pages}${failures}${percent === null ? '' : ` (${percent} %)`}`;
}
