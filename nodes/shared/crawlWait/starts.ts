import type { IExecuteFunctions } from 'n8n-workflow';

import { restoreCrawlJob, type CrawlJob } from '../crawlJob';
import { AdvisedError } from '../errors';
import type { NodeError } from '../node/nodeError';
import { currentRun, isCurrentRun, type NodeRun } from './currentRun';

/*
 * A crawl that was started costs money, whatever becomes of the wait for it. So a node that starts
 * crawls keeps them in its context for its next tries, and no error comes without their ids.
 */
const CONTEXT_KEY = 'starts';

interface Starts extends NodeRun {
	/** By the indexes of their items. */
	crawls: Record<string, CrawlJob>;
	/** What to do where no answer says whether a crawl was started, by the same. */
	lost?: Record<string, string>;
}

/**
 * The crawl that this run of the node has started for an item.
 * @throws {AdvisedError} when it may have started one that nobody knows: another would be a second one
 */
export function startedFor(context: IExecuteFunctions, itemIndex: number): CrawlJob | undefined {
	const { crawls, lost = {} } = loadStarts(context);
	const advice = lost[itemIndex];
	if (advice !== undefined) {
		throw new AdvisedError(
			'The crawl is not started again, since no answer said whether it was started before',
			advice,
		);
	}
	const crawl = crawls[itemIndex];
	return crawl && restoreCrawlJob(crawl);
}

export function saveStart(context: IExecuteFunctions, itemIndex: number, crawl: CrawlJob): void {
	const starts = loadStarts(context);
	saveStarts(context, { ...starts, crawls: { ...starts.crawls, [itemIndex]: crawl } });
}

/** @param advice what to do before the crawl is started again */
export function saveLostStart(context: IExecuteFunctions, itemIndex: number, advice: string): void {
	const starts = loadStarts(context);
	saveStarts(context, { ...starts, lost: { ...starts.lost, [itemIndex]: advice } });
}

export function clearStarts(context: IExecuteFunctions): void {
	delete context.getContext('node')[CONTEXT_KEY];
}

function saveStarts(context: IExecuteFunctions, starts: Starts): void {
	context.getContext('node')[CONTEXT_KEY] = starts;
}

function loadStarts(context: IExecuteFunctions): Starts {
	const starts = context.getContext('node')[CONTEXT_KEY] as Starts | undefined;
	return starts && isCurrentRun(context, starts) ? starts : { ...currentRun(context), crawls: {} };
}

const MAX_NAMED = 20;

/**
 * Adds to an error which crawls the node has started: that of the item, or all where n8n stops on
 * errors and nothing else is left of them.
 */
export function nameStarts(context: IExecuteFunctions, itemIndex: number, error: NodeError): void {
	const { crawls } = loadStarts(context);
	const named = context.continueOnFail() ? [crawls[itemIndex]] : Object.values(crawls);
	const ids = named.flatMap((crawl) => crawl?.jobId || []);
	if (ids.length === 0) return;
	const names = ids.slice(0, MAX_NAMED).join(', ');
	const rest = ids.length > MAX_NAMED ? ` and ${ids.length - MAX_NAMED} more` : '';
	const text =
		ids.length === 1
			? `The crawl was started: its ID is ${names}. Look it up with 'Get Status' before you start it again.`
			: `Crawls were started: their IDs are ${names}${rest}. Look them up with 'Get Status' before you start them again.`;
	// The same error can pass through here twice.
	const advice = error.description ?? '';
	if (!advice.includes(text)) error.description = `${advice} ${text}`.trim();
}
