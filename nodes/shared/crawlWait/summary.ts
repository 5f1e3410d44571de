import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import type { CrawlJob } from '../crawlJob';
import { isTool, setCustomData } from '../n8nEngine';
import { isWaiting } from '../waiting/itemWait';
import type { WaitPolicy, WaitReason } from '../waiting/wait';
import type { ItemWait } from './input';
import type { ItemError, Outcome } from './output';
import { describeProgress, ofTotal } from './progress';

/*
 * What people see of a wait in n8n: hints at the node, and custom data of the execution, by which
 * n8n's list can be filtered.
 */

/** How the wait for one crawl has ended. */
export interface WaitEnd {
	outcome: Outcome;
	reason: WaitReason;
	job: CrawlJob;
	policy: WaitPolicy;
	/** All that the item says. */
	warnings: readonly string[];
}

/** Shows what an execution waits for that is about to park. */
export function showWaiting(context: IExecuteFunctions, items: readonly ItemWait[]): void {
	const waiting = items.filter(({ wait }) => isWaiting(wait));
	const crawls = waiting.length === 1 ? '1 crawl' : `${waiting.length} crawls`;
	show(
		context,
		`Waiting for ${crawls}: ${progressOf(waiting)}. This execution goes on by itself; you can close the window. To give up, stop it.`,
	);
	setCustomData(context, { ...crawlData(items), crawlOutcome: 'waiting' });
}

/** Shows in an execution that checks for another one, how the crawls are doing that have not ended. */
export function showChecking(context: IExecuteFunctions, items: readonly ItemWait[]): void {
	const waiting = items.filter(({ wait }) => isWaiting(wait));
	setCustomData(context, {
		...crawlData(items),
		crawlProgress: waiting.length === 0 ? 'ended' : progressOf(waiting),
	});
}

/** Shows in a helper execution of a durable wait, which execution it belongs to. */
export function showHelper(context: IExecuteFunctions, userExecutionId: string): void {
	setCustomData(context, { crawlWaitOf: userExecutionId });
}

function progressOf(waiting: readonly ItemWait[]): string {
	const jobs = waiting.flatMap(({ wait: { last } }) => last?.job ?? []);
	const unseen = waiting.length - jobs.length;
	return [
		...(jobs.length > 0 ? [describeProgress(jobs)] : []),
		...(unseen > 0 ? [waiting.length === 1 ? 'not found yet' : `${unseen} not found yet`] : []),
	].join(', ');
}

/** Which crawls the waits of an execution are for, as custom data. */
function crawlData(items: readonly ItemWait[]): Record<string, string> {
	const targets = items.map(({ wait: { target, last, state } }) => ({
		provider: target.provider.id,
		jobId: last?.job.jobId ?? state.jobId ?? target.reference[target.provider.jobIdKey] ?? '',
	}));
	return namesOf(targets);
}

function namesOf(
	crawls: ReadonlyArray<Pick<CrawlJob, 'provider' | 'jobId'>>,
): Record<string, string> {
	return {
		crawl: listed(crawls.map(({ jobId }) => jobId)),
		crawlProvider: listed(crawls.map(({ provider }) => provider)),
	};
}

function listed(words: readonly string[]): string {
	return [...new Set(words)].join(', ');
}

/**
 * Shows how the waits have ended: how many in which way, why, and on which output.
 * @param hasBranches whether each outcome has an output of its own
 */
export function showSummary(
	context: IExecuteFunctions,
	results: ReadonlyArray<WaitEnd | ItemError>,
	hasBranches: boolean,
): void {
	const where = (outcome: Outcome | 'error') => (hasBranches ? outputOf(context, outcome) : '');
	const ends = results.filter((result) => 'outcome' in result);
	const errors = results.length - ends.length;
	const failedPages = describeFailedPages(ends);
	const parts = [
		...OUTCOME_WORDS.flatMap(([outcome, words]) =>
			countedReasons(ends.filter((end) => end.outcome === outcome)).map(
				([reason, count]) => `${count} ${words}${reason}${where(outcome)}`,
			),
		),
		...(errors > 0 ? [`${errors} with an error${where('error')}`] : []),
	];
	if (parts.length === 0) return;
	if (failedPages !== null) parts.splice(1, 0, failedPages);
	const isTroubled = errors > 0 || failedPages !== null || ends.some(wasGivenUp);
	show(context, `Crawls: ${parts.join(', ')}`, isTroubled ? 'warning' : 'info');
	showWarnings(context, ends);
	const outcomes = listed([
		...ends.map(({ outcome }) => outcome),
		...(errors > 0 ? ['error'] : []),
	]);
	const crawls = ends.length > 0 ? namesOf(ends.map(({ job }) => job)) : {};
	setCustomData(context, { ...crawls, crawlOutcome: outcomes });
}

/** In the order of the outputs. */
const OUTCOME_WORDS: ReadonlyArray<readonly [Outcome, string]> = [
	['succeeded', 'succeeded'],
	['failed', 'failed'],
	['cancelled', 'cancelled'],
	['stillRunning', 'still running'],
];

function wasGivenUp({ reason }: WaitEnd): boolean {
	return reason === 'deadline' || reason === 'stalled';
}

function countedReasons(ends: readonly WaitEnd[]): Array<[reason: string, count: number]> {
	const counts = new Map<string, number>();
	for (const end of ends) {
		const reason = reasonOf(end);
		counts.set(reason, (counts.get(reason) ?? 0) + 1);
	}
	return [...counts];
}

function reasonOf({ reason, policy }: WaitEnd): string {
	if (reason === 'deadline') return ` after ${policy.deadlineMs / 60_000} min`;
	return reason === 'stalled' ? ` without progress for ${policy.stallMs / 60_000} min` : '';
}

/** The output on which to look for an outcome that is not the hoped-for one. */
function outputOf(context: IExecuteFunctions, outcome: Outcome | 'error'): string {
	const { onError } = context.getNode();
	if (outcome === 'succeeded' || isTool(context.getNode())) return '';
	if (outcome === 'failed') return ' (see Failed)';
	if (outcome === 'cancelled') return ' (see Cancelled)';
	if (outcome === 'stillRunning') return ' (see Still Running)';
	if (!context.continueOnFail()) return '';
	return onError === 'continueErrorOutput' ? ' (see Error)' : ' (see Still Running)';
}

/** Of the crawls that have succeeded; `null` when no page of them has failed. */
function describeFailedPages(ends: readonly WaitEnd[]): string | null {
	const partial = ends.filter(
		({ outcome, job }) => outcome === 'succeeded' && (job.progress.failed ?? 0) > 0,
	);
	if (partial.length === 0) return null;
	const failed = partial.reduce((sum, { job }) => sum + (job.progress.failed ?? 0), 0);
	const totals = partial.flatMap(({ job }) => job.progress.total ?? []);
	const total =
		totals.length < partial.length ? null : totals.reduce((sum, count) => sum + count, 0);
	return `${ofTotal(failed, total)} pages failed`;
}

function showWarnings(context: IExecuteFunctions, ends: readonly WaitEnd[]): void {
	const [first, ...more] = new Set(ends.flatMap(({ warnings }) => warnings));
	if (first === undefined) return;
	// n8n shows hints as HTML, and a warning can hold what a server says.
	const text = first.replace(/</g, '‹').replace(/>/g, '›');
	const rest = more.length === 0 ? '' : ` (and ${more.length} more in 'warnings')`;
	show(context, `${text}${rest}`, 'warning');
}

function show(
	context: IExecuteFunctions,
	message: string,
	type: NodeExecutionHint['type'] = 'info',
): void {
	context.addExecutionHints({ message, type, location: 'outputPane' });
}
