import type { IExecuteFunctions } from 'n8n-workflow';

import type { WatchState } from '../shared/waiting/watch';
import type { WaitingItem } from './waitingItems';

/** Where the states stand in the node's context, which n8n saves with the execution. */
const CONTEXT_KEY = 'waits';

/**
 * Lets each item go on from where its wait stood at the previous pass of the loop, and check now.
 * The context belongs to one node of one execution, so other loops cannot interfere; items of one
 * pass that name the same job are told apart by their order.
 * @returns saves the states for the next pass, and drops those of the waits that have ended
 */
export function restoreStates(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
): () => void {
	const nodeContext = context.getContext('node');
	const saved = (nodeContext[CONTEXT_KEY] ?? {}) as Record<string, WatchState>;
	const keys = keysOf(items);
	items.forEach(({ watch }, index) => {
		const state = saved[keys[index] ?? ''];
		if (state !== undefined) {
			watch.state = { ...state, nextCheckAt: watch.state.nextCheckAt };
		}
	});

	return () => {
		const remaining = { ...saved };
		items.forEach(({ watch }, index) => {
			const key = keys[index] ?? '';
			if (watch.verdict.kind === 'continue') remaining[key] = watch.state;
			else delete remaining[key];
		});
		nodeContext[CONTEXT_KEY] = remaining;
	};
}

function keysOf(items: readonly WaitingItem[]): string[] {
	const counts = new Map<string, number>();
	return items.map(({ watch: { query } }) => {
		const job = JSON.stringify([query.provider.id, query.reference]);
		const occurrence = (counts.get(job) ?? 0) + 1;
		counts.set(job, occurrence);
		return `${job}#${occurrence}`;
	});
}
