import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { AdvisedError } from '../shared/advisedError';
import type { CrawlJob } from '../shared/crawlJob';
import { errorText, toNodeError } from '../shared/nodeError';
import type { WaitReason } from '../shared/waiting/watch';
import type { ItemError, WaitingItem } from './waitingItems';

/** The node's outputs, in the order of its description. */
export const OUTCOMES = ['succeeded', 'failed', 'cancelled', 'stillRunning'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** What comes of one input item. */
export type ItemResult = { itemIndex: number; outcome: Outcome; json: IDataObject } | ItemError;

/** The output for a job. Nothing but a final status leads to one of the first three. */
export function outcomeOf(job: CrawlJob): Outcome {
	return OUTCOMES.find((outcome) => outcome === job.status) ?? 'stillRunning';
}

/** What comes of an item whose wait is over. */
export function toResult(context: IExecuteFunctions, item: WaitingItem, now: number): ItemResult {
	const { itemIndex, options, watch } = item;
	const { verdict, last } = watch;
	const fail = (error: Error): ItemError => ({
		itemIndex,
		error: toNodeError(context.getNode(), error, itemIndex),
	});

	if (verdict.kind === 'error') return fail(verdict.error);
	if (verdict.kind === 'continue' || last === null) {
		return fail(new AdvisedError('The wait was stopped', 'Run the workflow again.'));
	}
	if (verdict.reason === 'deadline' && options.onDeadline === 'error') {
		return fail(
			new AdvisedError(
				`The crawl has not ended within ${options.policy.deadlineMs / 60_000} minutes`,
				'Raise Maximum Wait, or set On Deadline to let the item out on Still Running.',
			),
		);
	}
	const outcome = outcomeOf(last.job);
	const json = {
		...(options.includeInputFields && context.getInputData()[itemIndex]?.json),
		...last.job,
		warnings: [...last.job.warnings, ...staleWarnings(item)],
		...(options.includeRaw && { raw: last.raw as IDataObject }),
		wait: waitFields(item, outcome, verdict.reason, now),
	};
	return { itemIndex, outcome, json };
}

function staleWarnings({ watch: { fault } }: WaitingItem): string[] {
	return fault === null
		? []
		: [`The latest check failed: ${fault.message}. This is from before it.`];
}

function waitFields({ watch }: WaitingItem, outcome: Outcome, reason: WaitReason, now: number) {
	const { checks, startedAt } = watch.state;
	return { outcome, reason, checks, waitedMs: now - startedAt, nextCheckAt: null };
}

/**
 * Puts results on the node's outputs. Where n8n goes on after errors, they stand on the last
 * output, so that none is taken for an outcome; with "Continue (using error output)", n8n moves
 * them to the error output by itself.
 * @throws the first error, where n8n stops on errors
 */
export function route(
	context: IExecuteFunctions,
	results: readonly ItemResult[],
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = OUTCOMES.map(() => []);
	for (const result of [...results].sort((a, b) => a.itemIndex - b.itemIndex)) {
		const pairedItem = { item: result.itemIndex };
		if ('error' in result) {
			if (!context.continueOnFail()) throw result.error;
			outputs[OUTCOMES.indexOf('stillRunning')]?.push({
				json: { error: errorText(result.error) },
				pairedItem,
			});
		} else {
			outputs[OUTCOMES.indexOf(result.outcome)]?.push({ json: result.json, pairedItem });
		}
	}
	return outputs;
}
