import { isExisting, isSuccessful, isTrainingWord } from '../../nodes/HighLevelCrawler/words';
import { readPages, readStarted, readStatus } from '../../nodes/HighLevelCrawler/status';

const KNOWLEDGE_BASE = { locationId: 'loc', knowledgeBaseId: 'kb' };

/** An answer about a crawl whose pages are listed by their words. */
const answer = (aggregate: unknown, operation: object = {}) => ({
	success: true,
	data: { aggregate, operationDetails: { _id: 'op', status: 'Pending', ...operation } },
});

const page = (id: string, more: object = {}) => ({ id, url: `https://x.test/${id}`, ...more });

describe('the pages of a HighLevel crawl', () => {
	it('have the word of their group', () => {
		const groups = [
			{ _id: 'Successful', records: [page('a')] },
			{ _id: 'Failed', records: [page('b')] },
		];
		expect(readPages(answer(groups))).toMatchObject([
			{ id: 'a', status: 'Successful' },
			{ id: 'b', status: 'Failed' },
		]);
	});

	it.each([
		[
			{ message: 'No route', response: 'Bad', status: 502 },
			{ message: 'No route', code: '502' },
		],
		[{ response: 'Bad' }, { message: 'Bad', code: null }],
		[{ status: 502 }, null],
		[undefined, null],
	])('that failed with %j say why: %j', (error, failure) => {
		const groups = [{ _id: 'Failed', records: [page('a', { error })] }];
		expect(readPages(answer(groups))).toMatchObject([{ failure }]);
	});

	it('have words that are compared by their codes: by a language, some take quadratic time', () => {
		const localeCompare = jest.spyOn(String.prototype, 'localeCompare');
		const words = ['b', 'a', 'a\u0301'];
		const groups = words.map((_id) => ({ _id, records: [page(_id)] }));
		const { job } = readStatus(
			answer(groups),
			{ ...KNOWLEDGE_BASE, operationId: 'op' },
			'discovery',
		);
		expect(JSON.stringify(job.details)).toContain('{"a":1,"a\u0301":1,"b":1}');
		expect(localeCompare).not.toHaveBeenCalled();
		localeCompare.mockRestore();
	});

	it('are none where the answer lists none', () => {
		expect(readPages(answer(undefined))).toEqual([]);
	});

	it('are counted by their words in any spelling, and no word without pages', () => {
		const groups = [
			{ _id: ' Failed ', records: [page('a'), 'no page'] },
			{ _id: 'failed', records: [page('b')] },
			{ _id: null, records: [page('c')] },
			{ _id: 'Pending', records: [] },
			{ _id: 'Training', records: {} },
		];
		const { job } = readStatus(answer(groups), KNOWLEDGE_BASE);
		expect(job.details.pagesByStatus).toEqual({ failed: 2, '': 1 });
	});
});

describe('a HighLevel crawl that is Pending', () => {
	it.each([
		['has found pages', true, [{ _id: 'Successful', records: [page('a')] }]],
		['counts pages that it does not list', true, [], { discoveredUrlsCount: 2 }],
		['has found none', false, [], { discoveredUrlsCount: 0 }],
		['is fetching one', false, [{ _id: 'Processing', records: [page('a')] }]],
	])('and %s: its end can be deduced: %p', (_, canBeDeduced, groups, operation: object = {}) => {
		const { unconfirmed } = readStatus(answer(groups, operation), KNOWLEDGE_BASE);
		expect(unconfirmed !== undefined).toBe(canBeDeduced);
	});
});

describe('a HighLevel crawl that has been started', () => {
	it('has the ids with which its status can be asked for', () => {
		const body = { success: true, data: { operationId: 'op', status: 'Processing', url: null } };
		expect(readStarted(body, KNOWLEDGE_BASE)).toMatchObject({
			jobId: 'op',
			reference: { ...KNOWLEDGE_BASE, operationId: 'op' },
			status: 'running',
			rawStatus: 'Processing',
		});
	});
});

describe("HighLevel's words", () => {
	it.each([
		['pages that were there before', isExisting, ' Existing ', 'Trained'],
		['what is done', isSuccessful, 'Successful', 'Pending'],
		['a training that is over', isTrainingWord, 'Trained', 'Successful'],
		['a training', isTrainingWord, 'Training', null],
	])('for %s are known in any spelling', (_, isMeant, word, other) => {
		expect([isMeant(word), isMeant(other)]).toEqual([true, false]);
	});
});
