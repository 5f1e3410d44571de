import { createCrawlJob, type CrawlJob, type CrawlStatus } from '../../nodes/shared/crawlJob';
import { PACES } from '../../nodes/shared/waiting/pace';
import { createWait, type Wait } from '../../nodes/shared/waiting/itemWait';
import { poll } from '../../nodes/shared/waiting/poll';
import { afterCheck, initialState, type WaitPolicy } from '../../nodes/shared/waiting/wait';
import { VirtualClock } from '../bench/virtualClock';
import { patientPolicy } from '../bench/waitAlone';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const policy: WaitPolicy = { ...patientPolicy(PACES.balanced), deadlineMs: 5 * MINUTE };

/** What a wait comes to that makes its last check so long after its deadline. */
async function lastCheck(overdueMs: number, answerMs: number): Promise<Wait> {
	const clock = new VirtualClock();
	const seen = afterCheck(initialState(0), { job: job('running'), pauseMs: null }, policy, 0, 0);
	const state = { ...seen.state, nextCheckAt: policy.deadlineMs + overdueMs };
	const checker = {
		keyOf: () => 'key',
		rateLimitOf: () => ({ key: 'limit' }),
		check: async () => {
			await clock.sleep(answerMs);
			return [{ job: job('succeeded'), pauseMs: null, raw: null }];
		},
	};
	const options = { checker, clock, random: () => 0, concurrency: 1, stopOnError: false };
	const polled = poll([createWait({}, policy, state)], options);
	await clock.run(polled);
	const [wait] = await polled;
	if (wait === undefined) throw new Error('There is no wait');
	return wait;
}

function job(status: CrawlStatus): CrawlJob {
	return createCrawlJob({
		provider: 'any',
		jobId: 'a',
		reference: { jobId: 'a' },
		status,
		rawStatus: null,
	});
}

describe.each([
	['at the deadline', 0],
	['a wake-up after it', 75 * SECOND],
	['an outage of a day after it', 24 * 60 * MINUTE],
])('the last check of a wait, made %s', (_case, overdueMs) => {
	it.each([200, 2 * SECOND, 4 * SECOND])(
		'finds the crawl ended when the answer takes %d ms',
		async (answerMs) => {
			const { verdict } = await lastCheck(overdueMs, answerMs);
			expect(verdict).toEqual({ kind: 'end', reason: 'final' });
		},
	);

	it('ends the wait when no answer comes', async () => {
		const { verdict } = await lastCheck(overdueMs, 24 * 60 * MINUTE);
		expect(verdict).toEqual({ kind: 'end', reason: 'deadline' });
	});
});
