import { requireProvider } from '../../nodes/requireProvider';
import {
	Cancellation,
	fetchMissingRaw,
	fetchPages,
	hasPages,
} from '../../nodes/shared/crawlWait/finish';
import { RequestFault } from '../../nodes/shared/errors';
import { systemClock } from '../../nodes/shared/node/systemClock';
import type { ApiRequest, SendRequest } from '../../nodes/shared/provider';
import { crawl, ended, itemWait, type ItemWaitCall } from './itemWait';

const REFUSED = new RequestFault('permanent', 'The key is wrong', { advice: 'Enter another.' });

/** It lists no pages, and cancels nothing. */
const cannot = requireProvider('pathors');

/** What is sent, and a sender that answers with what it is given, or throws it. */
function recorder(answer: unknown): { sent: ApiRequest[]; sender: () => SendRequest } {
	const sent: ApiRequest[] = [];
	const send: SendRequest = async (request) => {
		sent.push(request);
		if (answer instanceof Error) throw answer;
		return { body: answer, pauseMs: null };
	};
	return { sent, sender: () => send };
}

const success: ItemWaitCall = { verdict: ended('final'), job: crawl('succeeded') };

describe('the pages of a crawl', () => {
	const wanted = { returnPages: true };

	it.each<[string, ItemWaitCall, boolean]>([
		['of one that has ended', { ...success, options: wanted }, true],
		[
			'not of one that still runs',
			{ ...success, verdict: ended('deadline'), options: wanted },
			false,
		],
		[
			'not of one that is waited for',
			{ ...success, verdict: { kind: 'continue' }, options: wanted },
			false,
		],
		['not where nobody wants them', success, false],
		['not where the provider lists none', { ...success, options: wanted, provider: cannot }, false],
	])('are fetched: %s', (_, call, isFetched) => {
		expect(hasPages(itemWait(call))).toBe(isFetched);
	});

	it('are a further warning where they cannot be had', async () => {
		const item = itemWait({ ...success, options: wanted, warnings: ['An earlier one.'] });
		const [result] = await fetchPages([item], recorder(REFUSED).sender, systemClock);
		expect(result?.warnings).toEqual(['An earlier one.', expect.stringContaining('key is wrong')]);
	});

	it('are left where they are after the execution was stopped', async () => {
		const { sent, sender } = recorder({});
		const item = itemWait({ ...success, options: wanted });
		const result = await fetchPages([item], sender, systemClock, AbortSignal.abort());
		expect([result, sent]).toEqual([[item], []]);
	});
});

describe('a raw response that was not kept', () => {
	const wanted = { includeRaw: true };

	it('is fetched again', async () => {
		const item = itemWait({ ...success, options: wanted });
		const [result] = await fetchMissingRaw([item], recorder({ id: 'a1' }).sender, systemClock);
		expect(result?.wait.last?.raw).toEqual({ id: 'a1' });
	});

	it('is a further warning where it cannot be had', async () => {
		const item = itemWait({ ...success, options: wanted, warnings: ['An earlier one.'] });
		const [result] = await fetchMissingRaw([item], recorder(REFUSED).sender, systemClock);
		expect(result?.warnings).toEqual([
			'An earlier one.',
			'The raw response could not be fetched again.',
		]);
	});

	it.each<[string, ItemWaitCall]>([
		['nobody wants it', success],
		['it was kept', { ...success, options: wanted, raw: { id: 'a1' } }],
		['the crawl was never found', { verdict: ended('deadline'), options: wanted }],
		['the crawl is waited for', { ...success, verdict: { kind: 'continue' }, options: wanted }],
	])('is not asked for where %s', async (_, call) => {
		const { sent, sender } = recorder({});
		const item = itemWait(call);
		expect([await fetchMissingRaw([item], sender, systemClock), sent]).toEqual([[item], []]);
	});
});

describe('a crawl that is given up', () => {
	const wanted = { cancelRemote: true };
	const givenUp: ItemWaitCall = {
		verdict: ended('deadline'),
		job: crawl('running'),
		options: wanted,
		warnings: ['An earlier one.'],
	};

	/** What came of it, and how many requests that took. */
	async function cancelled(call: ItemWaitCall, answer: unknown = {}) {
		const { sent, sender } = recorder(answer);
		const item = itemWait(call);
		const { warnings } = await new Cancellation([item], sender, systemClock).ofGivenUp(item, 0);
		return { warnings, requests: sent.length };
	}

	it.each(['deadline', 'stalled'] as const)('is cancelled after its %s', async (reason) => {
		expect(await cancelled({ ...givenUp, verdict: ended(reason) })).toEqual({
			warnings: ['An earlier one.', 'The provider was asked to cancel the crawl.'],
			requests: 1,
		});
	});

	it.each([
		['with the reason', REFUSED, 'at the provider: The key is wrong.'],
		['without one that is not meant for people', new Error('x is undefined'), 'at the provider.'],
	])('has a warning where it could not be cancelled, %s', async (_, error, text) => {
		const { warnings } = await cancelled(givenUp, error);
		expect(warnings).toEqual(['An earlier one.', `The crawl could not be cancelled ${text}`]);
	});

	it.each<[string, ItemWaitCall]>([
		['nobody wants that', { ...givenUp, options: {} }],
		['it has ended', { ...givenUp, verdict: ended('final') }],
		['the provider cannot', { ...givenUp, provider: cannot }],
		['there was an error', { ...givenUp, verdict: { kind: 'error', error: REFUSED } }],
	])('is left alone where %s', async (_, call) => {
		expect(await cancelled(call)).toEqual({ warnings: ['An earlier one.'], requests: 0 });
	});

	it('is cancelled at once and only once, beside one that is to be left alone', async () => {
		const { sent, sender } = recorder({});
		const items = [
			itemWait({ verdict: { kind: 'continue' }, options: wanted }),
			itemWait({ verdict: { kind: 'continue' }, jobId: 'b2' }),
		];
		const cancellation = new Cancellation(items, sender, systemClock);
		const item = itemWait(givenUp);
		await cancellation.afterCheck(item.wait, 0);
		expect(sent).toHaveLength(1);
		await cancellation.ofGivenUp(item, 0);
		expect(sent).toHaveLength(1);
	});
});
