import { checkStatus } from '../../shared/checkStatus';
import type { SendRequest } from '../../shared/provider';
import type { WaitingItem } from '../waitingItems';

/**
 * Asks once more for the raw answers that the user wants and that were not kept while other items
 * still waited, since they can be large. Best effort: the job itself is known already.
 */
export async function fetchMissingRaw(
	items: readonly WaitingItem[],
	send: SendRequest,
): Promise<void> {
	for (const { options, watch, warnings } of items) {
		const { last, verdict } = watch;
		if (!options.includeRaw || verdict.kind !== 'end' || last === null || last.raw !== null) {
			continue;
		}
		try {
			watch.last = { ...last, raw: (await checkStatus(watch.query, send)).raw };
		} catch {
			warnings.push('The raw answer could not be had a second time.');
		}
	}
}
