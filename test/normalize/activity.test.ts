import { requireProvider } from '../../nodes/requireProvider';

const REFERENCE = { jobId: 'job1', operationId: 'job1', sessionId: 's' };

const activityOf = (provider: string, body: unknown): string =>
	JSON.stringify(requireProvider(provider).readStatus(body, REFERENCE).activity) ?? '';

const midPilot = (progress: object, change: object = {}) => ({
	jobId: 'job1',
	status: 'running',
	progress: { stage: 'scraping', completedIterations: 1, totalIterations: 4, ...progress },
	...change,
});

const convocore = (change: object) => ({
	success: true,
	data: { id: 'job1', done: false, failed: false, isCancelled: false, ...change },
});

const highLevel = (groups: Record<string, number>, change: object = {}) => ({
	aggregate: Object.entries(groups).map(([_id, count]) => ({
		_id,
		records: Array.from({ length: count }, (_none, index) => ({ id: `${_id}${index}` })),
	})),
	operationDetails: { _id: 'job1', status: 'Processing', ...change },
});

const geonode = (change: object) => ({ job_id: 'job1', status: 'processing', ...change });

describe('the activity of a crawl', () => {
	it.each([
		['midPilot', 'the stage', midPilot({}), midPilot({ stage: 'chunking' })],
		['midPilot', 'the message', midPilot({ message: '1 of 9' }), midPilot({ message: '2 of 9' })],
		[
			'midPilot',
			'the count of documents',
			midPilot({ processedDocuments: 1 }),
			midPilot({ processedDocuments: 2 }),
		],
		['midPilot', 'the errors', midPilot({}), midPilot({}, { errors: ['No route'] })],
		['highLevel', 'the groups', highLevel({ Processing: 2 }), highLevel({ Pending: 2 })],
		[
			'convocore',
			'the page index',
			convocore({ currentPageIndex: 1 }),
			convocore({ currentPageIndex: 2 }),
		],
		[
			'convocore',
			'the page at work',
			convocore({ activeScrapeUrl: 'a' }),
			convocore({ activeScrapeUrl: 'b' }),
		],
		[
			'convocore',
			'the waiting pages',
			convocore({ pendingCandidateUrls: [] }),
			convocore({ pendingCandidateUrls: ['a'] }),
		],
		[
			'geonode',
			'the tokens',
			geonode({ token_summary: { tokens_reserved: 3 } }),
			geonode({ token_summary: { tokens_reserved: 2 } }),
		],
	])('of %s changes with %s', (provider, _, before, after) => {
		expect(activityOf(provider, after)).not.toBe(activityOf(provider, before));
	});

	it.each([
		['midPilot', midPilot({}), midPilot({}, { updatedAt: '2026-05-26T10:30:00Z' })],
		[
			'highLevel',
			highLevel({ Pending: 1 }),
			highLevel({ Pending: 1 }, { updatedAt: '2026-05-26' }),
		],
		['convocore', convocore({}), convocore({ ts: 1779791400, createdAt: '2026-05-26' })],
		['geonode', geonode({}), geonode({ created_at: '2026-05-26T10:30:00Z' })],
	])('of %s does not change with a time stamp alone', (provider, before, after) => {
		expect(activityOf(provider, after)).toBe(activityOf(provider, before));
	});

	it('of HighLevel does not depend on the order of the groups', () => {
		const one = activityOf('highLevel', highLevel({ Pending: 1, Failed: 2 }));
		expect(activityOf('highLevel', highLevel({ Failed: 2, Pending: 1 }))).toBe(one);
	});
});
