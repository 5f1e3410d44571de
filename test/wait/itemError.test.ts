import { errorOf, goesOn, isThrownAway } from '../../nodes/shared/crawlWait/itemError';
import type { WaitOptions } from '../../nodes/shared/crawlWait/options';
import { crawl, ended, itemWait, type ItemWaitCall } from './itemWait';

const BROKEN = new Error('It went wrong');

const waiting = itemWait({ verdict: { kind: 'continue' } });
const broken = itemWait({ verdict: { kind: 'error', error: BROKEN } });
const done = itemWait({ verdict: ended('final'), job: crawl('succeeded') });

const onFailed: Partial<WaitOptions> = { onFailedCrawl: 'error' };
const onDeadline: Partial<WaitOptions> = { onDeadline: 'error' };
const within = (minutes: number): Partial<WaitOptions> => ({
	onDeadline: 'error',
	policy: { ...waiting.options.policy, deadlineMs: minutes * 60_000 },
});
const failed = (message?: string) =>
	crawl('failed', { failure: message === undefined ? null : { code: null, message } });

describe('an item becomes an error', () => {
	it('with the error that its check gave', () => {
		expect(errorOf(broken)).toBe(BROKEN);
	});

	it.each<[string, ItemWaitCall]>([
		['The crawl failed: No page', { verdict: ended('final'), job: failed('No page.') }],
		['The crawl failed: a.b is gone', { verdict: ended('final'), job: failed('a.b is gone') }],
		['The crawl failed', { verdict: ended('final'), job: failed() }],
		['The crawl was cancelled', { verdict: ended('final'), job: crawl('cancelled') }],
	])('"On Failed Crawl" set to an error: %s', (message, call) => {
		expect(errorOf(itemWait({ ...call, options: onFailed }))).toMatchObject({
			message,
			advice: expect.stringContaining("'On Failed Crawl'"),
		});
	});

	it.each([
		[1, '1 minute'],
		[30, '30 minutes'],
		[0.5, '0.5 minutes'],
	])('"After Maximum Wait" set to an error: after %p minutes', (minutes, text) => {
		const item = itemWait({ verdict: ended('deadline'), options: within(minutes) });
		expect(errorOf(item)).toMatchObject({
			message: `The crawl did not end within ${text}`,
			advice: expect.stringContaining("'After Maximum Wait'"),
		});
	});
});

describe('an item leaves on an output', () => {
	it.each<[string, ItemWaitCall]>([
		['a success', { verdict: ended('final'), job: crawl('succeeded'), options: onFailed }],
		[
			'a crawl that still runs',
			{ verdict: ended('stalled'), job: crawl('running'), options: onFailed },
		],
		['a crawl that was never found', { verdict: ended('deadline'), options: onFailed }],
		['a failure that may leave', { verdict: ended('final'), job: failed(), options: onDeadline }],
		[
			'a failure that is not certain yet',
			{ verdict: { kind: 'continue' }, job: failed(), options: onFailed },
		],
		['the maximum wait, which may leave', { verdict: ended('deadline') }],
		['an end in time', { verdict: ended('final'), job: crawl('succeeded'), options: onDeadline }],
		['a standstill', { verdict: ended('stalled'), job: crawl('running'), options: onDeadline }],
	])('with %s', (_, call) => {
		expect(errorOf(itemWait(call))).toBeNull();
	});
});

describe('whether items have to be checked again', () => {
	it.each([
		['one waits', [done, waiting], true, true],
		['none waits', [done, broken], false, false],
		['one waits beside an error that stops nothing', [broken, waiting], false, true],
		['one waits beside an error that stops the workflow', [broken, waiting], true, false],
	])('%s', (_, items, stopOnError, goes) => {
		expect(goesOn(items, stopOnError)).toBe(goes);
	});
});

describe('whether an error leaves nothing of the other items', () => {
	it.each([
		['n8n stops on errors', [done, broken], true, true],
		['n8n goes on', [done, broken], false, false],
		['there is none', [done, waiting], true, false],
	])('%s', (_, items, stopOnError, isLost) => {
		expect(isThrownAway(items, stopOnError)).toBe(isLost);
	});
});
