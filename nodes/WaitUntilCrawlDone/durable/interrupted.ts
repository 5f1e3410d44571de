import type { IDataObject } from 'n8n-workflow';

import { systemClock } from '../../shared/waiting/clock';
import type { ItemOutcome } from '../outputs';
import { toOutcome } from '../result';
import type { WaitingItem } from '../waitingItems';

/**
 * What comes of waits whose execution n8n has lost: each crawl as it was last seen, on Still
 * Running unless it had ended by then.
 * @param inputFields of all input items, where the options ask for them
 */
export function interruptedOutcomes(
	items: readonly WaitingItem[],
	inputFields: readonly IDataObject[],
): ItemOutcome[] {
	const now = systemClock.now();
	return items.map((item) => {
		const { verdict } = item.watch;
		const error = verdict.kind === 'error' ? ` ${verdict.error.message}.` : '';
		const warning = `n8n lost the execution that waited for this crawl, which may have ended since.${error}`;
		return toOutcome(
			{
				...item,
				watch: { ...item.watch, verdict: { kind: 'continue' } },
				warnings: [...item.warnings, warning],
			},
			inputFields[item.itemIndex],
			now,
		);
	});
}
