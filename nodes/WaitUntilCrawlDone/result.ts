import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { AdvisedError } from '../shared/advisedError';
import { createCrawlJob, type CrawlJob } from '../shared/crawlJob';
import { toNodeError } from '../shared/nodeError';
import { systemClock } from '../shared/waiting/clock';
import type { Watch } from '../shared/waiting/poll';
import type { WaitReason } from '../shared/waiting/watch';
import {
	OUTCOMES,
	route,
	type ItemError,
	type ItemOutcome,
	type ItemResult,
	type Outcome,
} from './outputs';
import type { WaitingItem } from './waitingItems';

/** What the CrawlJob of a wait's output says about the wait itself. */
interface WaitFields {
	outcome: Outcome;
	reason: WaitReason;
	checks: number;
	waitedMs: number;
	nextCheckAt: string | null;
}

/**
 * Lets out what has come of the items after the last check of this execution.
 * @param errors of items that never had a wait
 * @throws the first error, where n8n stops on errors
 */
export function letOut(
	context: IExecuteFunctions,
	items: readonly WaitingItem[],
	errors: readonly ItemError[],
): INodeExecutionData[][] {
	const node = context.getNode();
	const inputFields = context.getInputData().map(({ json }) => json);
	const now = systemClock.now();
	const results = items.map((item) => toResult(node, item, inputFields[item.itemIndex], now));
	const all = [...errors, ...results];
	const failed = all.filter((result) => 'error' in result);
	return route(context, !context.continueOnFail() && failed.length > 0 ? failed : all);
}

function toResult(
	node: INode,
	item: WaitingItem,
	inputFields: IDataObject | undefined,
	now: number,
): ItemResult {
	const { itemIndex } = item;
	const error = errorOf(item);
	return error === null
		? toOutcome(item, inputFields, now)
		: { itemIndex, error: toNodeError(node, error, itemIndex) };
}

/** @param inputFields of the input item; read only where the options ask for them */
function toOutcome(
	item: WaitingItem,
	inputFields: IDataObject | undefined,
	now: number,
): ItemOutcome {
	const { itemIndex, options, watch } = item;
	const job = jobOf(watch);
	const wait = waitFields(watch, job, now);
	const json = {
		...(options.includeInputFields && withoutError(inputFields ?? {})),
		...job,
		warnings: [...job.warnings, ...item.warnings, ...faultWarnings(watch)],
		...(options.includeRaw && { raw: (watch.last?.raw ?? null) as IDataObject | null }),
		...(item.pages !== null && { pages: item.pages }),
		wait,
	};
	return { itemIndex, outcome: wait.outcome, json: json as unknown as IDataObject };
}

/** n8n takes an item with the field `error` for a failed one. */
function withoutError(inputFields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(inputFields).filter(([name]) => name !== 'error'));
}

function errorOf({ watch: { verdict }, options }: WaitingItem): Error | null {
	if (verdict.kind === 'error') return verdict.error;
	if (verdict.kind === 'end' && verdict.reason === 'deadline' && options.onDeadline === 'error') {
		return new AdvisedError(
			`The crawl has not ended within ${options.policy.deadlineMs / 60_000} minutes`,
			'Raise Maximum Wait, or set On Deadline to let the item out on Still Running.',
		);
	}
	return null;
}

/** The job as this execution saw it; nothing is known of it when every check failed. */
function jobOf({ last, query: { provider, reference } }: Watch): CrawlJob {
	if (last !== null) return last.job;
	return createCrawlJob({
		provider: provider.id,
		jobId: reference[provider.jobIdKey] ?? '',
		reference,
		status: 'unknown',
		rawStatus: null,
	});
}

function faultWarnings({ fault, last }: Watch): string[] {
	if (fault === null) return [];
	const staleness = last === null ? '' : ' What stands here is from before it.';
	return [`The latest check failed: ${fault.message}.${staleness}`];
}

function waitFields({ state, verdict }: Watch, job: CrawlJob, now: number): WaitFields {
	const hasEnded = verdict.kind === 'end';
	return {
		outcome: outcomeOf(job),
		reason: hasEnded ? verdict.reason : 'checkedOnce',
		checks: state.checks,
		waitedMs: now - state.startedAt,
		nextCheckAt: hasEnded ? null : new Date(state.nextCheckAt).toISOString(),
	};
}

/** The output for a job. Nothing but a final status leads to one of the first three. */
function outcomeOf(job: CrawlJob): Outcome {
	return OUTCOMES.find((outcome) => outcome === job.status) ?? 'stillRunning';
}
