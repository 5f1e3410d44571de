import { normalizeCrawlJob } from '../../nodes';
import { statusBody } from './statusBodies';

/** A word with each way to write it. */
function spellings(word: string): string[] {
	const parts = word.split('_');
	const capital = (part: string) => part.charAt(0).toUpperCase() + part.slice(1);
	const camel = parts.map((part, index) => (index === 0 ? part : capital(part))).join('');
	return [
		...['_', '-', ' ', ' - ', '\u2011', ''].map((between) => parts.join(between)),
		word.toUpperCase(),
		parts.map(capital).join(' '),
		camel,
		capital(camel),
		` ${word}\n`,
		`\u200b${word}`,
	];
}

const CANCELLED = ['cancelled', 'canceled'];

/** The words that have to be known, by provider and meaning. */
const WORDS = {
	highLevel: {
		running: ['pending', 'processing', 'training'],
		succeeded: ['successful', 'existing', 'trained', 'success', 'completed'],
		failed: ['failed', 'aborted', 'restricted'],
		cancelled: CANCELLED,
	},
	convocore: {
		queued: ['queued'],
		running: ['processing'],
		succeeded: ['completed'],
		failed: ['failed'],
		cancelled: CANCELLED,
	},
	geonode: {
		queued: ['queued'],
		running: ['processing'],
		succeeded: ['completed'],
		failed: ['failed'],
		cancelled: CANCELLED,
	},
	midPilot: {
		queued: ['queued'],
		running: ['running'],
		succeeded: ['finished'],
		failed: ['failed'],
		cancelled: CANCELLED,
	},
	pathors: {
		queued: ['queued', 'pending', 'waiting'],
		running: ['scraping', 'crawling', 'in_progress', 'started', 'embedding'],
		succeeded: ['completed', 'done', 'finished', 'ready'],
		failed: ['failed', 'error', 'timed_out'],
		cancelled: [...CANCELLED, 'stopped'],
	},
} as const;

const CASES = Object.entries(WORDS).flatMap(([provider, meanings]) =>
	Object.entries(meanings).flatMap(([status, words]: [string, readonly string[]]) =>
		words.flatMap((word) => spellings(word).map((spelling) => ({ provider, status, spelling }))),
	),
);

describe('a status word', () => {
	it.each(CASES)('of $provider means $status when it is spelt "$spelling"', (one) => {
		const { body, reference } = statusBody(one.provider, { word: one.spelling });
		expect(normalizeCrawlJob(one.provider, body, reference)).toMatchObject({
			status: one.status,
			// Characters without a width are cleaned away like in every text.
			rawStatus: one.spelling.replace('\u200b', ''),
		});
	});

	it.each(
		Object.keys(WORDS).flatMap((provider) =>
			['paused', 'constructor', 'cancelling', 'not completed', 'x'.repeat(5000), ''].map(
				(word) => ({
					provider,
					word,
				}),
			),
		),
	)('of $provider that nobody knows is not final: "$word"', ({ provider, word }) => {
		const { body, reference } = statusBody(provider, { word });
		expect(normalizeCrawlJob(provider, body, reference)).toMatchObject({
			status: 'unknown',
			isFinal: false,
			warnings: [expect.stringContaining('unknown to this package')],
		});
	});

	it.each(['not_found', 'not-found', 'NOT FOUND', 'notFound'])(
		'of midPilot for no crawl is known when it is spelt "%s"',
		(word) => {
			const { body, reference } = statusBody('midPilot', { word });
			expect(normalizeCrawlJob('midPilot', body, reference).warnings).toEqual([
				expect.stringContaining('could not find'),
			]);
		},
	);
});

describe('an answer that names its crawl and tells no status', () => {
	it.each(
		Object.keys(WORDS).flatMap((provider) =>
			[null, undefined, 7, {}, []].map((word) => ({ provider, word })),
		),
	)('of $provider ($word) is a crawl that goes on, with a warning', ({ provider, word }) => {
		const { body, reference } = statusBody(provider, { word, flag: null });
		expect(normalizeCrawlJob(provider, body, reference)).toMatchObject({
			jobId: 'job1',
			// Convocore's documentation has no status: there the flags tell.
			status: provider === 'convocore' && (word ?? null) === null ? 'running' : 'unknown',
			rawStatus: null,
			warnings: [expect.stringContaining('returned no status')],
		});
	});

	it.each([
		['geonode', { job_id: 'job1' }],
		['convocore', { success: true, data: { id: 'job1' } }],
		['midPilot', { jobId: 'job1' }],
		['pathors', { jobs: [{ jobId: 'job1' }] }],
		['highLevel', { success: true }],
		['highLevel', { success: true, data: null }],
		['highLevel', { success: true, data: {} }],
		['highLevel', { aggregate: [] }],
	])('of %s can be as short as %j', (provider, body) => {
		const reference = { jobId: 'job1', operationId: 'job1', sessionId: 's' };
		expect(normalizeCrawlJob(provider, body, reference)).toMatchObject({
			jobId: 'job1',
			isFinal: false,
			warnings: expect.arrayContaining([expect.stringContaining('returned no status')]) as string[],
		});
	});

	it.each(Object.keys(WORDS))('of %s may name it by a number', (provider) => {
		const { body, reference } = statusBody(provider, { jobId: 42 });
		expect(normalizeCrawlJob(provider, body, reference).jobId).toBe('42');
	});
});
