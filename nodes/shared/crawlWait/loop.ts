import type { IExecuteFunctions } from 'n8n-workflow';

import { pinnedQuery, type StatusQuery } from '../checkStatus';
import { isWaiting } from '../waiting/itemWait';
import { restoreState, type WaitState } from '../waiting/wait';
import type { ItemWait } from './input';

/*
 * The wait mode Check Once keeps the states of its waits in the node's context, which n8n saves with
 * the execution. The context belongs to one node of one execution, so other loops cannot interfere.
 */
const CONTEXT_KEY = 'waits';

type States = Record<string, WaitState>;

interface Saved {
	/** The execution they were saved in. A retried execution has a copy of the context. */
	executionId: string;
	states: States;
}

/** Restores the state of each item's wait from the previous pass; the next check is due now. */
export function loadStates(context: IExecuteFunctions, items: readonly ItemWait[]): ItemWait[] {
	const saved = statesOf(context, items);
	const keys = keysOf(items.map(({ wait }) => wait.target));
	return items.map((item, index) => {
		const state = saved[keys[index] ?? ''];
		if (state === undefined) return item;
		const { nextCheckAt } = item.wait.state;
		return { ...item, wait: { ...item.wait, state: { ...restoreState(state), nextCheckAt } } };
	});
}

/** Saves the states for the next pass, and drops those of waits that have ended. */
export function saveStates(context: IExecuteFunctions, items: readonly ItemWait[]): void {
	const remaining = statesOf(context, items);
	// An item that named no crawl may name the one that was found for it in the next pass.
	const queries = [({ wait }: ItemWait) => wait.target, ({ wait }: ItemWait) => pinnedQuery(wait)];
	for (const key of queries.flatMap((queryOf) => keysOf(items.map(queryOf)))) delete remaining[key];
	// Numbered anew: in the next pass, those that have ended are no more.
	const waiting = items.filter(({ wait }) => isWaiting(wait));
	for (const queryOf of queries) {
		keysOf(waiting.map(queryOf)).forEach((key, index) => {
			const item = waiting[index];
			if (item !== undefined) remaining[key] = item.wait.state;
		});
	}
	const record: Saved = { executionId: context.getExecutionId(), states: remaining };
	context.getContext('node')[CONTEXT_KEY] = record;
}

/**
 * What was saved, but for waits that began without a named crawl and that an item now goes on with by
 * its name: the next item without one would be taken for theirs.
 */
function statesOf(context: IExecuteFunctions, items: readonly ItemWait[]): States {
	const goOnByName = new Set(
		items.flatMap(({ wait: { target } }) => {
			const { jobIdKey } = target.provider;
			const jobId = target.reference[jobIdKey];
			if (!jobId) return [];
			const unnamed = { ...target, reference: { ...target.reference, [jobIdKey]: '' } };
			return `${jobKey(unnamed)} ${jobId}`;
		}),
	);
	return Object.fromEntries(
		Object.entries(readStates(context)).filter(
			([key, { jobId }]) => !goOnByName.has(`${key.replace(/#\d+$/, '')} ${jobId ?? ''}`),
		),
	);
}

/** Version 0.1.0 saved the states alone. */
function readStates(context: IExecuteFunctions): States {
	const saved = (context.getContext('node')[CONTEXT_KEY] ?? {}) as Saved | States;
	if (!isSaved(saved)) return saved;
	return saved.executionId === context.getExecutionId() ? saved.states : {};
}

function isSaved(saved: Saved | States): saved is Saved {
	return typeof saved.executionId === 'string';
}

/** Items of one pass that name the same job are distinguished by their order. */
function keysOf(queries: readonly StatusQuery[]): string[] {
	const counts = new Map<string, number>();
	return queries.map((query) => {
		const job = jobKey(query);
		const occurrence = (counts.get(job) ?? 0) + 1;
		counts.set(job, occurrence);
		return `${job}#${occurrence}`;
	});
}

function jobKey({ provider, reference }: StatusQuery): string {
	return JSON.stringify([provider.id, reference]);
}
