import { normalizeCrawlJob } from '../../nodes';

const geonode = (tokens: unknown) => ({ job_id: 'a', status: 'processing', token_summary: tokens });
const convocore = (change: object) => ({ success: true, data: { id: 'a', done: true, ...change } });

describe('the cost of a crawl', () => {
	it.each<[string, string, unknown, [number, string, boolean]]>([
		['geonode', 'tokens charged', geonode({ tokens_charged_total: 8 }), [8, 'tokens', false]],
		[
			'geonode',
			'no tokens charged yet',
			geonode({ tokens_charged_total: 0 }),
			[0, 'tokens', false],
		],
		[
			'convocore',
			'the price of the pages so far',
			convocore({ creditsPerPage: 10, scrapedPagesNum: 3, estimatedCredits: 500 }),
			[30, 'credits', false],
		],
		[
			'convocore',
			'a price that is no whole number',
			convocore({ creditsPerPage: 0.5, scrapedPagesNum: 3 }),
			[1.5, 'credits', false],
		],
		[
			'convocore',
			'an estimate where no pages are counted',
			convocore({ creditsPerPage: 10, estimatedCredits: 500 }),
			[500, 'credits', true],
		],
		[
			'convocore',
			'an estimate alone',
			convocore({ estimatedCredits: 500 }),
			[500, 'credits', true],
		],
	])('of %s is %s', (provider, _, body, [amount, unit, isEstimate]) => {
		expect(normalizeCrawlJob(provider, body).cost).toEqual({ amount, unit, isEstimate });
	});

	it.each<[string, unknown]>([
		['geonode', geonode(null)],
		['geonode', geonode({ tokens_reserved: 8 })],
		['geonode', geonode({ tokens_charged_total: 'many' })],
		['convocore', convocore({ scrapedPagesNum: 3 })],
		['midPilot', { jobId: 'a', status: 'running' }],
		['highLevel', { operationDetails: { _id: 'a', status: 'Pending' } }],
	])('of %s is unknown in %j', (provider, body) => {
		expect(normalizeCrawlJob(provider, body).cost).toBeNull();
	});
});
