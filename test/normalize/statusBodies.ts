import type { JobReference } from '../../nodes';

/** What a crawl's status answer is to say, in no provider's form. */
export interface StatusFacts {
	/** The provider's word, or what stands in its place. */
	word?: unknown;
	/** The value of flags, where the provider has some. */
	flag?: boolean | null;
	jobId?: string | number;
	total?: number | null;
	completed?: number | null;
	failed?: number | null;
	/** Why the first page failed. */
	pageError?: string;
}

const URL = 'https://example.com/';

const BODIES: Readonly<Record<string, (facts: Required<StatusFacts>) => unknown>> = {
	highLevel: ({ word, jobId, total, completed, failed, pageError }) => ({
		success: true,
		data: {
			aggregate: [
				{
					_id: 'Failed',
					records: Array.from({ length: failed ?? 0 }, (_none, index) => ({
						id: `f${index}`,
						url: URL,
						error: { message: pageError },
					})),
				},
			],
			operationDetails: {
				_id: jobId,
				url: URL,
				status: word,
				discoveredUrlsCount: total,
				trainedUrlsCount: completed,
			},
		},
	}),
	convocore: ({ word, flag, jobId, completed, failed }) => ({
		success: true,
		data: {
			id: jobId,
			primaryUrl: URL,
			status: word,
			done: flag,
			failed: flag,
			isCancelled: flag,
			scrapedPagesNum: completed,
			failedPagesNum: failed,
		},
	}),
	geonode: ({ word, jobId, total, completed, failed, pageError }) => ({
		job_id: jobId,
		url: URL,
		status: word,
		total_pages: total,
		completed_pages: completed,
		failed_pages: failed,
		results: failed ? [{ url: URL, error_code: 'E1', error_message: pageError }] : [],
	}),
	midPilot: ({ word, jobId, completed }) => ({
		jobId,
		status: word,
		progress: { stage: 'scraping', completedIterations: 1, totalIterations: 4 },
		result: { finishReason: 'no-more-links', savedDocumentationsCount: completed },
	}),
	pathors: ({ word, jobId, total, completed, failed }) => ({
		jobs: [{ jobId, mode: 'crawl', status: word, total, done: completed, failed }],
	}),
};

/** The answer of a provider's status endpoint, and the ids that it was asked with. */
export function statusBody(
	provider: string,
	facts: StatusFacts,
): { body: unknown; reference: JobReference } {
	const complete = {
		word: 'processing',
		flag: false,
		jobId: 'job1',
		total: 4,
		completed: 2,
		failed: 0,
		pageError: 'No route',
		...facts,
	};
	const id = String(complete.jobId);
	return {
		body: BODIES[provider]?.(complete),
		reference: { jobId: id, operationId: id },
	};
}
