import { AdvisedError } from '../shared/advisedError';
import type { SendRequest } from '../shared/provider';
import type { Clock } from '../shared/waiting/clock';
import type { WaitingItem } from './waitingItems';

const CANCEL_TIMEOUT_MS = 5_000;
/** Stop must not wait for a slow server; the request is on its way by then. */
const LONGEST_AFTER_STOP_MS = 500;

/**
 * Asks the provider to stop the crawls whose wait ended before they did, where the user wants it
 * and the provider can. Best effort: what goes wrong is a warning of the item, never its error.
 * @param send a way to send that still works after the execution was stopped
 */
export async function cancelRemaining(
	items: readonly WaitingItem[],
	send: SendRequest,
	wasStopped: boolean,
	clock: Clock,
): Promise<void> {
	const abandoned = items.filter(({ options, watch: { verdict } }) => {
		const isPastDeadline = verdict.kind === 'end' && verdict.reason === 'deadline';
		const isCutShort = verdict.kind === 'continue' && wasStopped;
		return options.cancelRemote && (isPastDeadline || isCutShort);
	});
	const cancelled = Promise.all(abandoned.map(async (item) => await cancel(item, send)));
	await (wasStopped ? Promise.race([cancelled, clock.sleep(LONGEST_AFTER_STOP_MS)]) : cancelled);
}

async function cancel({ watch: { query }, warnings }: WaitingItem, send: SendRequest) {
	const request = query.provider.cancelRequest?.(query.reference);
	if (request === undefined) return;
	try {
		await send({ ...request, timeoutMs: CANCEL_TIMEOUT_MS });
		warnings.push('The provider was asked to cancel the crawl.');
	} catch (error) {
		const reason = error instanceof AdvisedError ? `: ${error.message}` : '';
		warnings.push(`The crawl could not be cancelled at the provider${reason}.`);
	}
}
