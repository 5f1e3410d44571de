import fc from 'fast-check';

import { jobAtOneLook } from '../../nodes/shared/checkStatus';
import type { CrawlJob } from '../../nodes/shared/crawlJob';
import { InvalidInputError, RequestFault } from '../../nodes/shared/errors';
import { crawlJobSchema } from '../../nodes/shared/outputSchemas';
import type { CrawlProvider, JobReading } from '../../nodes/shared/provider';
import { meaningOf, statusWords, type StatusWords } from '../../nodes/shared/statusWords';
import { BUILT_IN_WORDS } from '../../nodes/PathorsCrawler/words';
import { statusBody } from '../normalize/statusBodies';
import { anyAnswer, eachProvider, nearlyRightAnswer, reference } from './answers';
import { runs } from './runs';

const RUNS = runs(300);

/** What a provider reads of an answer; `null` where it refuses the answer, or needs an id to find the job in it. */
function read(provider: CrawlProvider, body: unknown, ids: Record<string, string>) {
	try {
		return provider.readStatus(body, ids);
	} catch (error) {
		const isOfServer = error instanceof RequestFault && error.kind === 'passing';
		if (isOfServer || (error instanceof InvalidInputError && !ids.jobId)) return null;
		throw error;
	}
}

const jobsOf = ({ job, unconfirmed }: JobReading): CrawlJob[] =>
	unconfirmed === undefined ? [job] : [job, unconfirmed];

/** The words for an end at any provider. */
const KNOWN_WORDS: StatusWords = new Map([
	...BUILT_IN_WORDS,
	...statusWords({ succeeded: ['trained', 'existing'], failed: ['restricted'] }),
]);

const unknownWord = fc
	.string({ unit: 'binary', maxLength: 30 })
	.filter((word) => meaningOf(word, KNOWN_WORDS) === undefined);

const count = fc.option(fc.nat(20));
const counters = fc.record({ total: count, completed: count, failed: count });

describe.each(eachProvider)('any answer of %s', (id, provider) => {
	it('is a CrawlJob in its form, or a fault that may pass', () => {
		fc.assert(
			fc.property(anyAnswer(id), reference, (body, ids) => {
				const reading = read(provider, body, ids);
				for (const job of reading === null ? [] : jobsOf(reading)) crawlJobSchema.parse(job);
			}),
			RUNS,
		);
	});

	it('is read the same each time, and is left as it was', () => {
		fc.assert(
			fc.property(anyAnswer(id), reference, (body, ids) => {
				const before = structuredClone(body);
				expect(read(provider, body, ids)).toEqual(read(provider, body, ids));
				expect(body).toEqual(before);
			}),
			RUNS,
		);
	});

	it('is a CrawlJob that stays the same on its way through JSON', () => {
		fc.assert(
			fc.property(nearlyRightAnswer(id), reference, (body, ids) => {
				const reading = read(provider, body, ids);
				if (reading === null) return;
				const job = jobAtOneLook(reading);
				expect(JSON.parse(JSON.stringify(job))).toEqual(job);
			}),
			RUNS,
		);
	});

	it('is a CrawlJob of bounded size, however long its texts are', () => {
		fc.assert(
			fc.property(nearlyRightAnswer(id), reference, (body, ids) => {
				const reading = read(provider, body, ids);
				if (reading === null) return;
				expect(JSON.stringify(jobAtOneLook(reading)).length).toBeLessThan(20_000);
			}),
			RUNS,
		);
	});

	it('is never final by a word that nobody knows, whatever its counters', () => {
		fc.assert(
			fc.property(unknownWord, counters, (word, counted) => {
				const { body, reference: ids } = statusBody(id, { word, ...counted });
				const { job, unconfirmed = job } = provider.readStatus(body, ids);
				expect(unconfirmed.isFinal).toBe(false);
			}),
			RUNS,
		);
	});
});
