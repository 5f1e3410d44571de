import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { createCrawlJob, type CrawlJob } from '../crawlJob';
import { isTool, turnOffAlwaysOutputData } from '../n8nEngine';
import { errorText, toNodeError, toThrow, type NodeError } from '../node/nodeError';
import { systemClock } from '../node/systemClock';
import type { StatusQuery } from '../checkStatus';
import type { Wait } from '../waiting/itemWait';
import { hasPages } from './finish';
import type { ItemWait } from './input';
import { errorOf } from './itemError';
import type { WaitFields } from './outputSchemas';
import { nameStarts } from './starts';
import { showSummary, type WaitEnd } from './summary';
import type { WaitingNode } from './waitingNode';

/** The outcomes, in the order of the outputs of a node that has one for each. */
export const OUTCOMES = ['succeeded', 'failed', 'cancelled', 'stillRunning'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** One input item whose job could not be looked up, or whose wait ended in an error. */
export interface ItemError {
	itemIndex: number;
	error: NodeError;
}

/** One input item that leaves on one of the outputs. */
interface ItemOutcome extends WaitEnd {
	itemIndex: number;
	json: IDataObject;
}

/**
 * Puts the items on the node's outputs, after the last check of this execution, and shows how their
 * waits have ended.
 * @param errors of items that never had a wait
 * @throws the first error, where n8n stops on errors
 */
export function toOutputs(
	context: IExecuteFunctions,
	{ hasBranches }: WaitingNode,
	items: readonly ItemWait[],
	errors: readonly ItemError[],
): INodeExecutionData[][] {
	const results = toResults(context, items, errors);
	showSummary(context, results, hasBranches);
	return putOnOutputs(context, hasBranches, results);
}

/** The items of waits that go on, as they stand. */
export function toAnswer(
	context: IExecuteFunctions,
	{ hasBranches }: WaitingNode,
	items: readonly ItemWait[],
): INodeExecutionData[] {
	return putOnOutputs(context, hasBranches, toResults(context, items, [])).flat();
}

function toResults(
	context: IExecuteFunctions,
	items: readonly ItemWait[],
	errors: readonly ItemError[],
): Array<ItemOutcome | ItemError> {
	const node = context.getNode();
	const inputFields = context.getInputData().map(({ json }) => json);
	const now = systemClock.now();
	const results = items.map((item) => toResult(node, item, inputFields[item.itemIndex], now));
	const all = [...errors, ...results];
	const failed = all.filter((result) => 'error' in result);
	for (const { itemIndex, error } of failed) nameStarts(context, itemIndex, error);
	return !context.continueOnFail() && failed.length > 0 ? failed : all;
}

/** Whatever goes wrong here costs no other item its outcome. */
function toResult(
	node: INode,
	item: ItemWait,
	inputFields: IDataObject | undefined,
	now: number,
): ItemOutcome | ItemError {
	const { itemIndex } = item;
	try {
		const error = errorOf(item);
		if (error !== null) throw error;
		return toOutcome(item, inputFields, now);
	} catch (error) {
		return { itemIndex, error: toNodeError(node, error, itemIndex) };
	}
}

/** @param inputFields of the input item; read only where the options ask for them */
function toOutcome(item: ItemWait, inputFields: IDataObject | undefined, now: number): ItemOutcome {
	const { itemIndex, options, wait } = item;
	const job = jobOf(wait);
	const fields = waitFields(wait, job, now);
	const warnings = [...job.warnings, ...item.warnings, ...faultWarnings(wait)];
	const json = {
		...(options.includeInputFields && withoutError(inputFields ?? {})),
		...job,
		warnings,
		...(options.includeRaw && { raw: (wait.last?.raw ?? null) as IDataObject | null }),
		...(hasPages(item) && { pages: item.pages }),
		wait: fields,
	};
	const { outcome, reason } = fields;
	const end: WaitEnd = { outcome, reason, job, policy: wait.policy, warnings };
	return { itemIndex, ...end, json: json as unknown as IDataObject };
}

/** n8n treats an item with the field `error` as a failed one. */
function withoutError(inputFields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(inputFields).filter(([name]) => name !== 'error'));
}

/** The job of the last successful check, or an `unknown` one if every check failed. */
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
	const staleness = last === null ? '' : ' The data is from an earlier check.';
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

/** The output for a job. Only a final status leads to one of the first three. */
function outcomeOf(job: CrawlJob): Outcome {
	return OUTCOMES.find((outcome) => outcome === job.status) ?? 'stillRunning';
}

/**
 * If n8n continues on errors, they go to the last output, so that none is mistaken for an outcome.
 * With "Continue (using error output)", n8n itself moves them to the error output.
 */
function putOnOutputs(
	context: IExecuteFunctions,
	hasBranches: boolean,
	results: ReadonlyArray<ItemOutcome | ItemError>,
): INodeExecutionData[][] {
	if (hasBranches) keepEmptyOutputsEmpty(context);
	const outputs: INodeExecutionData[][] = hasBranches ? OUTCOMES.map(() => []) : [[]];
	// An AI agent that uses the node as a tool is shown the first output only.
	const isOnFirst = !hasBranches || isTool(context.getNode());
	for (const result of [...results].sort((a, b) => a.itemIndex - b.itemIndex)) {
		const pairedItem = { item: result.itemIndex };
		if ('error' in result) {
			if (!context.continueOnFail()) throw toThrow(context, result.error);
			const json = { error: errorText(result.error) };
			outputs[isOnFirst ? 0 : OUTCOMES.indexOf('stillRunning')]?.push({ json, pairedItem });
		} else {
			const output = isOnFirst ? 0 : OUTCOMES.indexOf(result.outcome);
			outputs[output]?.push({ json: result.json, pairedItem });
		}
	}
	return outputs;
}

/**
 * Turns off "Always Output Data": it puts an empty item on the first output when that is empty, which
 * would start the Success branch after a failure.
 */
function keepEmptyOutputsEmpty(context: IExecuteFunctions): void {
	if (!turnOffAlwaysOutputData(context)) return;
	context.addExecutionHints({
		message:
			"'Always Output Data' has no effect on this node: it would start the Success branch after a failure",
		type: 'warning',
		location: 'outputPane',
	});
}
