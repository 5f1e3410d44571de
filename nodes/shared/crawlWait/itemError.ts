import type { CrawlJob } from '../crawlJob';
import { AdvisedError } from '../errors';
import { isWaiting } from '../waiting/itemWait';
import type { ItemWait } from './input';

/** The error that an item becomes; `null` while it waits, and when it leaves on one of the outputs. */
export function errorOf({ wait: { verdict, last }, options }: ItemWait): Error | null {
	if (verdict.kind === 'error') return verdict.error;
	if (verdict.kind === 'end' && options.onFailedCrawl === 'error') {
		const message = failureOf(last?.job);
		if (message !== null) return new AdvisedError(message, FAILED_ADVICE);
	}
	if (verdict.kind === 'end' && verdict.reason === 'deadline' && options.onDeadline === 'error') {
		const minutes = options.policy.deadlineMs / 60_000;
		return new AdvisedError(
			`The crawl did not end within ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`,
			"Increase 'Maximum Wait', or set 'After Maximum Wait' to 'Continue as Still Running'.",
		);
	}
	return null;
}

const FAILED_ADVICE =
	"To continue with the item instead, set 'On Failed Crawl' to 'Output the Item'.";

function failureOf(job: CrawlJob | undefined): string | null {
	if (job?.status === 'cancelled') return 'The crawl was cancelled';
	if (job?.status !== 'failed') return null;
	const reason = job.failure?.message.replace(/\.$/, '');
	return reason ? `The crawl failed: ${reason}` : 'The crawl failed';
}

/**
 * Whether some items have to be checked again.
 * @param stopOnError whether the first check that cannot succeed ends the wait for all items
 */
export function goesOn(items: readonly ItemWait[], stopOnError: boolean): boolean {
	const hasFailed = items.some(({ wait }) => wait.verdict.kind === 'error');
	return items.some(({ wait }) => isWaiting(wait)) && !(stopOnError && hasFailed);
}

/**
 * Whether the node will throw an error of one item, which leaves nothing of the others.
 * @param stopOnError whether n8n stops on errors
 */
export function isThrownAway(items: readonly ItemWait[], stopOnError: boolean): boolean {
	return stopOnError && items.some((item) => errorOf(item) !== null);
}

/** What to do when a person or n8n has stopped an execution that waited. */
export const STOPPED_ADVICE =
	"The crawl may still be running at the provider. To wait for it without starting another one, use 'Get Status', or the node 'Wait Until Crawl Done', in a workflow that starts no crawl, and enter the ID of this crawl in it. If a timeout stopped the execution, increase it in the workflow's settings.";
