import { createCrawlJob, type CrawlJob, type CrawlStatus } from '../../nodes/shared/crawlJob';
import type { ItemWait } from '../../nodes/shared/crawlWait/input';
import { readOptions, type WaitOptions } from '../../nodes/shared/crawlWait/options';
import type { CrawlProvider } from '../../nodes/shared/provider';
import { createWait } from '../../nodes/shared/waiting/itemWait';
import { initialState, type Verdict, type WaitReason } from '../../nodes/shared/waiting/wait';
import { requireProvider } from '../../nodes/requireProvider';

export const ended = (reason: WaitReason): Verdict => ({ kind: 'end', reason });

export const crawl = (status: CrawlStatus, rest: Partial<CrawlJob> = {}): CrawlJob => ({
	...createCrawlJob({
		provider: 'any',
		jobId: 'a1',
		reference: { jobId: 'a1' },
		status,
		rawStatus: status,
	}),
	...rest,
});

export interface ItemWaitCall {
	verdict: Verdict;
	/** Of the crawl that the item names. */
	jobId?: string;
	/** As the last check that found it has it; absent where none did. */
	job?: CrawlJob;
	/** The response of that check, where it was kept. */
	raw?: unknown;
	/** Differ from the defaults of the node's fields. */
	options?: Partial<WaitOptions>;
	warnings?: string[];
	provider?: CrawlProvider;
}

/** The wait of one item at some point. */
export function itemWait(call: ItemWaitCall): ItemWait {
	const { verdict, job, raw = null, warnings = [], provider = requireProvider('geonode') } = call;
	const options = { ...readOptions((_, fallback) => fallback, 0), ...call.options };
	const target = {
		provider,
		reference: { jobId: call.jobId ?? 'a1' },
		readStatus: () => ({ job: job ?? crawl('running'), isMissing: false, isNamed: true }),
	};
	const wait = createWait(target, options.policy, initialState(0), options.includeRaw);
	const last = job === undefined ? null : { job, raw, pauseMs: null };
	return {
		itemIndex: 0,
		parameters: {},
		options,
		wait: { ...wait, verdict, last },
		warnings,
		pages: null,
	};
}
