import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { createCrawlJob, type CrawlJob } from '../shared/crawlJob';
import { AdvisedError } from '../shared/errors';
import { isTool, turnOffAlwaysOutputData } from '../shared/n8nEngine';
import { errorText, toNodeError, type NodeError } from '../shared/node/nodeError';
import { systemClock } from '../shared/node/systemClock';
import type { StatusQuery } from '../shared/checkStatus';
import type { Wait } from '../shared/waiting/poll';
import type { WaitReason } from '../shared/waiting/wait';
import type { ItemWait } from './input';

/** The node's outputs, in the order of its description. */
export const OUTCOMES = ['succeeded', 'failed', 'cancelled', 'stillRunning'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** One input item whose job could not be looked up, or whose wait ended in an error. */
export interface ItemError {
	itemIndex: number;
	error: NodeError;
}

/** One input item whose wait has come to an end that a branch stands for. */
interface ItemOutcome {
	itemIndex: number;
	outcome: Outcome;
	json: IDataObject;
}

/** What the CrawlJob of a wait's output says about the wait itself. */
interface WaitFields {
	outcome: Outcome;
	reason: WaitReason;
	checks: number;
	waitedMs: number;
	nextCheckAt: string | null;
}

/**
 * Puts what has become of the items, after the last check of this execution, on the node's outputs.
 * @param errors of items that never had a wait
 * @throws the first error, where n8n stops on errors
 */
export function toOutputs(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	errors: readonly ItemError[],
): INodeExecutionData[][] {
	const node = context.getNode();
	const inputFields = context.getInputData().map(({ json }) => json);
	const now = systemClock.now();
	const results = items.map((item) => toResult(node, item, inputFields[item.itemIndex], now));
	const all = [...errors, ...results];
	const failed = all.filter((result) => 'error' in result);
	return putOnOutputs(context, !context.continueOnFail() && failed.length > 0 ? failed : all);
}

function toResult(
	node: INode,
	item: ItemWait,
	inputFields: IDataObject | undefined,
	now: number,
): ItemOutcome | ItemError {
	const { itemIndex } = item;
	const error = errorOf(item);
	return error === null
		? toOutcome(item, inputFields, now)
		: { itemIndex, error: toNodeError(node, error, itemIndex) };
}

function errorOf({ wait: { verdict }, options }: ItemWait): Error | null {
	if (verdict.kind === 'error') return verdict.error;
	if (verdict.kind === 'end' && verdict.reason === 'deadline' && options.onDeadline === 'error') {
		return new AdvisedError(
			`The crawl has not ended within ${options.policy.deadlineMs / 60_000} minutes`,
			'Raise Maximum Wait, or set On Deadline to let the item out on Still Running.',
		);
	}
	return null;
}

/** @param inputFields of the input item; read only where the options ask for them */
function toOutcome(item: ItemWait, inputFields: IDataObject | undefined, now: number): ItemOutcome {
	const { itemIndex, options, wait } = item;
	const job = jobOf(wait);
	const fields = waitFields(wait, job, now);
	const json = {
		...(options.includeInputFields && withoutError(inputFields ?? {})),
		...job,
		warnings: [...job.warnings, ...item.warnings, ...faultWarnings(wait)],
		...(options.includeRaw && { raw: (wait.last?.raw ?? null) as IDataObject | null }),
		...(item.pages !== null && { pages: item.pages }),
		wait: fields,
	};
	return { itemIndex, outcome: fields.outcome, json: json as unknown as IDataObject };
}

/** n8n takes an item with the field `error` for a failed one. */
function withoutError(inputFields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(inputFields).filter(([name]) => name !== 'error'));
}

/** The job as this execution saw it; nothing is known of it when every check failed. */
function jobOf({ last, target: { provider, reference } }: Wait<StatusQuery>): CrawlJob {
	if (last !== null) return last.job;
	return createCrawlJob({
		provider: provider.id,
		jobId: reference[provider.jobIdKey] ?? '',
		reference,
		status: 'unknown',
		rawStatus: null,
	});
}

function faultWarnings({ fault, last }: Wait): string[] {
	if (fault === null) return [];
	const staleness = last === null ? '' : ' What stands here is from before it.';
	return [`The latest check failed: ${fault.message}.${staleness}`];
}

function waitFields({ state, verdict }: Wait, job: CrawlJob, now: number): WaitFields {
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

/**
 * Where n8n goes on after errors, they stand on the last output, so that none is taken for an
 * outcome; with "Continue (using error output)", n8n moves them to the error output by itself.
 */
function putOnOutputs(
	context: IExecuteFunctions,
	results: ReadonlyArray<ItemOutcome | ItemError>,
): INodeExecutionData[][] {
	keepEmptyOutputsEmpty(context);
	showSummary(context, results);
	const outputs: INodeExecutionData[][] = OUTCOMES.map(() => []);
	// An AI agent that uses the node as a tool is shown the first output only.
	const isForAgent = isTool(context.getNode());
	for (const result of [...results].sort((a, b) => a.itemIndex - b.itemIndex)) {
		const pairedItem = { item: result.itemIndex };
		if ('error' in result) {
			if (!context.continueOnFail()) throw result.error;
			const json = { error: errorText(result.error) };
			outputs[isForAgent ? 0 : OUTCOMES.indexOf('stillRunning')]?.push({ json, pairedItem });
		} else {
			const output = isForAgent ? 0 : OUTCOMES.indexOf(result.outcome);
			outputs[output]?.push({ json: result.json, pairedItem });
		}
	}
	return outputs;
}

/**
 * "Always Output Data" would put an empty item on the first output whenever that is empty, and so
 * start the Success branch after a failure.
 */
function keepEmptyOutputsEmpty(context: IExecuteFunctions): void {
	if (!turnOffAlwaysOutputData(context)) return;
	context.addExecutionHints({
		message: '"Always Output Data" has no effect here: it would start Success after a failure.',
		type: 'warning',
		location: 'outputPane',
	});
}

const OUTCOME_WORDS: Readonly<Record<Outcome | 'error', string>> = {
	succeeded: 'succeeded',
	failed: 'failed',
	cancelled: 'cancelled',
	stillRunning: 'still running',
	error: 'could not be checked',
};

function showSummary(
	context: IExecuteFunctions,
	results: ReadonlyArray<ItemOutcome | ItemError>,
): void {
	const outcomes = results.map((result) => ('error' in result ? 'error' : result.outcome));
	const parts = ([...OUTCOMES, 'error'] as const).flatMap((outcome) => {
		const count = outcomes.filter((candidate) => candidate === outcome).length;
		return count === 0 ? [] : [`${count} ${OUTCOME_WORDS[outcome]}`];
	});
	if (parts.length === 0) return;
	context.addExecutionHints({
		message: `Crawls: ${parts.join(', ')}`,
		type: 'info',
		location: 'outputPane',
	});
}
