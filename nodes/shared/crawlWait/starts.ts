import type { IExecuteFunctions } from 'n8n-workflow';

import { restoreCrawlJob, type CrawlJob } from '../crawlJob';
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
}

/** The crawl that this execution of the node has started for an item. */
export function startedFor(context: IExecuteFunctions, itemIndex: number): CrawlJob | undefined {
	const crawl = loadStarts(context)[itemIndex];
	return crawl && restoreCrawlJob(crawl);
}

export function saveStart(context: IExecuteFunctions, itemIndex: number, crawl: CrawlJob): void {
	const crawls = { ...loadStarts(context), [itemIndex]: crawl };
	const starts: Starts = { ...currentRun(context), crawls };
	context.getContext('node')[CONTEXT_KEY] = starts;
}

export function clearStarts(context: IExecuteFunctions): void {
	delete context.getContext('node')[CONTEXT_KEY];
}

function loadStarts(context: IExecuteFunctions): Record<string, CrawlJob | undefined> {
	const starts = context.getContext('node')[CONTEXT_KEY] as Starts | undefined;
	return starts && isCurrentRun(context, starts) ? starts.crawls : {};
}

const MAX_NAMED = 20;

/**
 * Adds to an error which crawls the node has started: that of the item, or all where n8n stops on
 * errors and nothing else is left of them.
 */
export function nameStarts(context: IExecuteFunctions, itemIndex: number, error: NodeError): void {
	const starts = loadStarts(context);
	const crawls = context.continueOnFail() ? [starts[itemIndex]] : Object.values(starts);
	const ids = crawls.flatMap((crawl) => crawl?.jobId || []);
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
