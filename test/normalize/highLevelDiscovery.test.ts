import { normalizeCrawlJob } from '../../nodes';
import { highLevel } from '../../nodes/HighLevelCrawler/provider';
import type { JobReading } from '../../nodes/shared/provider';

const REFERENCE = { locationId: 'l', knowledgeBaseId: 'k', operationId: 'op' };

interface Discovery {
	word?: string;
	discovered?: number | null;
	trained?: number;
	/** How many pages have which word. */
	pages?: Record<string, number>;
}

function answer({ word = 'Pending', discovered = 66, trained = 0, pages = {} }: Discovery) {
	return {
		success: true,
		data: {
			aggregate: Object.entries(pages).map(([_id, count]) => ({
				_id,
				records: Array.from({ length: count }, (_none, index) => ({ id: `${_id}${index}` })),
			})),
			operationDetails: {
				_id: 'op',
				status: word,
				discoveredUrlsCount: discovered,
				trainedUrlsCount: trained,
			},
		},
	};
}

function read(discovery: Discovery, waitFor = 'discovery'): JobReading {
	const reader = highLevel.statusReader?.((name, fallback) =>
		name === 'waitFor' ? waitFor : fallback,
	);
	return (reader ?? highLevel.readStatus)(answer(discovery), REFERENCE);
}

describe('a HighLevel crawl that is Pending', () => {
	it.each<[string, Discovery]>([
		['its count', {}],
		['its list of pages', { discovered: null, pages: { Pending: 3 } }],
		['a list in which other pages failed', { pages: { Pending: 3, Failed: 1, Existing: 2 } }],
		['a word in another spelling', { word: 'PENDING' }],
	])('has a discovery whose end can be deduced, by %s', (_, discovery) => {
		const { job, unconfirmed } = read(discovery);
		expect(job).toMatchObject({
			status: 'succeeded',
			rawStatus: expect.stringMatching(/pending/i) as string,
			warnings: [expect.stringContaining('deduced')],
		});
		expect(unconfirmed).toMatchObject({ status: 'running', isFinal: false, warnings: [] });
	});

	it.each<[string, Discovery, string]>([
		['no page has been found', { discovered: 0 }, 'discovery'],
		['nothing is said about pages', { discovered: null }, 'discovery'],
		['a page is being processed', { pages: { Pending: 3, Processing: 1 } }, 'discovery'],
		['a page is being trained', { pages: { Pending: 3, Training: 1 } }, 'discovery'],
		['it waits for the training', { pages: { Pending: 3 } }, 'training'],
		['it waits for the training of more pages', { trained: 3, pages: { Pending: 3 } }, 'training'],
	])('is running when %s', (_, discovery, waitFor) => {
		const { job, unconfirmed } = read(discovery, waitFor);
		expect(job.status).toBe('running');
		expect(unconfirmed).toBeUndefined();
	});

	it('is done in a wait for the training whose word is that of a training, whatever is counted', () => {
		const { job } = read({ word: 'Trained', trained: 0 }, 'training');
		expect(job.status).toBe('succeeded');
	});

	it('is running for somebody who looks once', () => {
		expect(normalizeCrawlJob('highLevel', answer({}))).toMatchObject({
			status: 'running',
			warnings: [],
		});
	});
});

describe('any other HighLevel crawl', () => {
	it.each(['Processing', 'Training', 'Successful', 'Failed', 'Cancelled', 'Paused'])(
		'has no deduced end: %s',
		(word) => {
			expect(read({ word, pages: { Pending: 3 } }).unconfirmed).toBeUndefined();
		},
	);
});

describe('a HighLevel crawl that is Successful in a wait for the training', () => {
	it.each<[string, Discovery]>([
		['there are pages to train', { pages: { Successful: 2, Failed: 1 } }],
		['no more is listed than the pages that failed', { discovered: 66, pages: { Failed: 1 } }],
		['pages were there before', { discovered: 2, pages: { Existing: 2 } }],
		['nothing is said about pages', { discovered: null }],
	])('is running while none has been trained and %s', (_, discovery) => {
		const { job } = read({ word: 'Successful', ...discovery }, 'training');
		expect(job.status).toBe('running');
	});

	it.each<[string, Discovery, string]>([
		['none was found', { discovered: 0 }, 'no page was crawled'],
		['all of them failed', { discovered: 2, pages: { Failed: 1, Restricted: 1 } }, 'pages failed'],
	])('is a success with a warning when none can be trained, since %s', (_, discovery, warning) => {
		const { job } = read({ word: 'Successful', ...discovery }, 'training');
		expect(job.status).toBe('succeeded');
		expect(job.warnings).toEqual([expect.stringContaining(warning)]);
	});
});
