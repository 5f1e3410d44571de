import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeParameters,
} from 'n8n-workflow';

import { queryFor } from '../../checkStatus';
import { restoreCrawlJob, type CrawlJob, type JobReference } from '../../crawlJob';
import { AdvisedError, RequestFault, type FaultKind } from '../../errors';
import { replayed } from '../../node/parameters';
import type { CrawlProvider } from '../../provider';
import { createWait } from '../../waiting/itemWait';
import { restoreState, type Verdict, type WaitReason, type WaitState } from '../../waiting/wait';
import type { ItemWait } from '../input';
import { STOPPED_ADVICE } from '../itemError';
import { readOptions } from '../options';
import type { WaitingNode } from '../waitingNode';
import { DURABLE } from '../waitModes';

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
 * One item's wait in plain JSON, so that it can continue in another execution: ids, counters and the
 * job's fields, but neither the input item nor any content.
 */
export interface WaitSnapshot {
	itemIndex: number;
	/** The provider's id; version 0.1.0 did not save it. */
	provider?: string;
	parameters: INodeParameters;
	reference: JobReference;
	state: WaitState;
	verdict: SavedVerdict;
	job: CrawlJob | null;
	fault: SavedError | null;
	warnings: readonly string[];
	/** The raw response and the pages, if the options ask for them; only once the wait is over. */
	extras?: { raw: unknown; pages: IDataObject[] | null };
}

export function takeSnapshot({ itemIndex, parameters, wait, warnings }: ItemWait): WaitSnapshot {
	return {
		itemIndex,
		provider: wait.target.provider.id,
		parameters,
		reference: wait.target.reference,
		state: wait.state,
		verdict: saveVerdict(wait.verdict),
		job: wait.last?.job ?? null,
		fault: wait.fault === null ? null : saveError(wait.fault),
		warnings,
	};
}

/** The same with the raw response and the pages, which can be large. */
export function takeSnapshotWithExtras(item: ItemWait): WaitSnapshot {
	return {
		...takeSnapshot(item),
		extras: { raw: item.wait.last?.raw ?? null, pages: item.pages },
	};
}

/** Restores waits in a node of the same kind. */
export function restoreItemWaits(
	context: IExecuteFunctions,
	node: WaitingNode,
	snapshots: readonly WaitSnapshot[],
): ItemWait[] {
	return snapshots.map((snapshot) =>
		restoreItemWait(snapshot, node.savedProvider(context, snapshot.provider)),
	);
}

function restoreItemWait(snapshot: WaitSnapshot, provider: CrawlProvider): ItemWait {
	const { itemIndex, parameters, reference, state, job, fault, warnings, extras } = snapshot;
	const parameter = replayed(parameters);
	const options = readOptions(parameter, DURABLE.minGapMs);
	const query = { ...queryFor(provider, parameter, options.useEarlierCrawls), reference };
	const wait = {
		...createWait(query, options.policy, restoreState(state), options.includeRaw),
		verdict: restoreVerdict(snapshot.verdict),
		last:
			job === null ? null : { job: restoreCrawlJob(job), raw: extras?.raw ?? null, pauseMs: null },
		fault: fault === null ? null : restoreFault(fault),
	};
	return { itemIndex, parameters, options, wait, warnings, pages: extras?.pages ?? null };
}

/** The wait of a crawl whose execution a person has stopped, unless it was over before. */
export function stopped(snapshot: WaitSnapshot): WaitSnapshot {
	if (snapshot.verdict.kind !== 'continue') return snapshot;
	const message = 'The execution that waited for the crawl was stopped';
	const error = { message, advice: STOPPED_ADVICE, fault: null };
	return { ...snapshot, verdict: { kind: 'error', error } };
}

/** The wait of a crawl after too many lost executions, unless it was over before. */
export function givenUp(snapshot: WaitSnapshot): WaitSnapshot {
	if (snapshot.verdict.kind !== 'continue') return snapshot;
	const warning =
		'n8n kept losing the executions that waited for this crawl, so the wait was given up. The crawl may have ended since.';
	return {
		...snapshot,
		verdict: { kind: 'end', reason: 'checkedOnce' },
		warnings: [...snapshot.warnings, warning],
	};
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
	return new RequestFault(kind, message, { advice, pauseMs, httpStatus });
}
