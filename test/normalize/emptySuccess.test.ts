import { normalizeCrawlJob } from '../../nodes';
import { statusBody, type StatusFacts } from './statusBodies';

const SUCCESS = {
	highLevel: 'Successful',
	convocore: 'completed',
	geonode: 'completed',
	midPilot: 'finished',
	pathors: 'completed',
} as const;

type ProviderId = keyof typeof SUCCESS;

const PROVIDERS = Object.keys(SUCCESS) as ProviderId[];

const finished = (provider: ProviderId, facts: StatusFacts) => {
	const { body, reference } = statusBody(provider, { word: SUCCESS[provider], ...facts });
	return normalizeCrawlJob(provider, body, reference);
};

describe('a success', () => {
	it.each(PROVIDERS)('of %s without a page is one, with a warning', (provider) => {
		const job = finished(provider, { total: 0, completed: 0, failed: 0 });
		expect(job).toMatchObject({
			status: 'succeeded',
			failure: null,
			warnings: [expect.stringMatching(/no page was crawled|saved nothing/)],
		});
	});

	// midPilot counts no failed pages.
	const counting = PROVIDERS.filter((provider) => provider !== 'midPilot');

	it.each(counting.flatMap((provider) => [1, 4].map((failed) => ({ provider, failed }))))(
		'of $provider whose pages all failed ($failed) is one, with a warning',
		({ provider, failed }) => {
			const job = finished(provider, { total: failed, completed: 0, failed });
			expect(job).toMatchObject({
				status: 'succeeded',
				isPartial: true,
				failure: null,
				warnings: [expect.stringContaining('all of its pages failed')],
			});
		},
	);

	it.each(['geonode', 'highLevel'] as const)('of %s says why the first page failed', (provider) => {
		const job = finished(provider, { total: 1, completed: 0, failed: 1, pageError: 'No route' });
		expect(job.warnings).toEqual([expect.stringContaining('No route')]);
	});

	it.each(PROVIDERS)('of %s with pages has no warning', (provider) => {
		expect(finished(provider, { total: 4, completed: 3, failed: 1 }).warnings).toEqual([]);
	});

	it('of HighLevel that has found pages need not have trained one', () => {
		expect(finished('highLevel', { total: 4, completed: 0, failed: 1 }).warnings).toEqual([]);
	});

	it('of Pathors counts pages once where done includes the failed ones', () => {
		const { warnings } = finished('pathors', { total: 4, completed: 4, failed: 4 });
		expect(warnings).toEqual([expect.stringContaining('all of its pages failed')]);
	});

	it.each(['geonode', 'pathors'] as const)('of %s without counters has no warning', (provider) => {
		const job = finished(provider, { total: null, completed: null, failed: null });
		expect(job.warnings).toEqual([]);
	});
});
