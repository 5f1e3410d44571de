import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeParameters,
} from 'n8n-workflow';

import { AdvisedError } from '../../shared/advisedError';
import type { CrawlJob, JobReference } from '../../shared/crawlJob';
import { RequestFault, type FaultKind } from '../../shared/http/fault';
import type { CrawlProvider } from '../../shared/provider';
import { requireProvider } from '../../shared/providers';
import { createWatch } from '../../shared/waiting/poll';
import type { Verdict, WaitReason, WatchState } from '../../shared/waiting/watch';
import { readOptions } from '../options';
import { replayed } from '../parameterValues';
import type { WaitingItem } from '../waitingItems';
import { requireWaitMode } from '../waitModes';

/** An error in plain JSON. */
interface SavedError {
	message: string;
	/** Empty when the error was not made for the user. */
	advice: string;
	fault: { kind: FaultKind; httpStatus: number | null; pauseMs: number | null } | null;
}

type SavedVerdict =
	| { kind: 'continue' }
	| { kind: 'end'; reason: WaitReason }
	| { kind: 'error'; error: SavedError };

/**
 * One item's wait in plain JSON, so that it goes on in another execution: ids, counters and the
 * job's fields, but neither the input item nor any content.
 */
export interface SavedWait {
	itemIndex: number;
	parameters: INodeParameters;
	reference: JobReference;
	state: WatchState;
	verdict: SavedVerdict;
	job: CrawlJob | null;
	fault: SavedError | null;
	warnings: string[];
	/** What the user asked for beside the job; only on the way out, never while it waits. */
	extras?: { raw: unknown; pages: IDataObject[] | null };
}

export function saveWait({ itemIndex, parameters, watch, warnings }: WaitingItem): SavedWait {
	return {
		itemIndex,
		parameters,
		reference: watch.query.reference,
		state: watch.state,
		verdict: saveVerdict(watch.verdict),
		job: watch.last?.job ?? null,
		fault: watch.fault === null ? null : saveError(watch.fault),
		warnings,
	};
}

/** The same with what the user asked for beside the job, which can be large. */
export function saveWithExtras(item: WaitingItem): SavedWait {
	return {
		...saveWait(item),
		extras: { raw: item.watch.last?.raw ?? null, pages: item.pages },
	};
}

/** Restores waits in a node of the same provider. */
export function restoreWaits(
	context: IExecuteFunctions,
	waits: readonly SavedWait[],
): WaitingItem[] {
	const provider = requireProvider(String(context.getNodeParameter('provider', 0)));
	return waits.map((saved) => restoreWait(saved, provider));
}

function restoreWait(saved: SavedWait, provider: CrawlProvider): WaitingItem {
	const { itemIndex, parameters, reference, state, job, warnings, extras } = saved;
	const parameter = replayed(parameters);
	const options = readOptions(parameter, requireWaitMode('durable').minGapMs);
	const readStatus = provider.statusReader?.(parameter) ?? provider.readStatus;
	const query = { provider, reference, readStatus };
	const watch = createWatch(query, options.policy, state, options.includeRaw);
	watch.verdict = restoreVerdict(saved.verdict);
	watch.last = job === null ? null : { job, raw: extras?.raw ?? null, pauseMs: null };
	watch.fault = saved.fault === null ? null : restoreFault(saved.fault);
	return { itemIndex, parameters, options, watch, warnings, pages: extras?.pages ?? null };
}

function saveVerdict(verdict: Verdict): SavedVerdict {
	return verdict.kind === 'error' ? { ...verdict, error: saveError(verdict.error) } : verdict;
}

function restoreVerdict(saved: SavedVerdict): Verdict {
	return saved.kind === 'error' ? { ...saved, error: restoreError(saved.error) } : saved;
}

function saveError(error: Error): SavedError {
	return {
		message: error.message,
		advice: adviceOf(error),
		fault:
			error instanceof RequestFault
				? { kind: error.kind, httpStatus: error.httpStatus, pauseMs: error.pauseMs }
				: null,
	};
}

function adviceOf(error: Error): string {
	if (error instanceof AdvisedError) return error.advice;
	return error instanceof NodeOperationError ? (error.description ?? '') : '';
}

function restoreError(saved: SavedError): Error {
	return saved.fault === null ? new AdvisedError(saved.message, saved.advice) : restoreFault(saved);
}

function restoreFault({ message, advice, fault }: SavedError): RequestFault {
	const { kind = 'passing', httpStatus = null, pauseMs = null } = fault ?? {};
	return new RequestFault(kind, message, {
		advice,
		pauseMs,
		...(httpStatus !== null && { httpStatus }),
	});
}
