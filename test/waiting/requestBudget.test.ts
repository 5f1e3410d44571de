import { createCrawlJob } from '../../nodes/shared/crawlJob';
import { PACES } from '../../nodes/shared/waiting/pace';
import { createWait, type Wait } from '../../nodes/shared/waiting/itemWait';
import { poll } from '../../nodes/shared/waiting/poll';
import { initialState, type WaitPolicy } from '../../nodes/shared/waiting/wait';
import { VirtualClock } from '../bench/virtualClock';
import { patientPolicy } from '../bench/waitAlone';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const BUDGET = { requests: 90, perMs: 10 * SECOND };

interface Target {
	name: string;
	account: string;
}

/** Waits for crawls that end after `lengthMs`, and tells when each request was sent. */
async function pollCrawls(
	targets: readonly Target[],
	lengthMs: number,
	policy: WaitPolicy = patientPolicy(PACES.balanced),
) {
	const clock = new VirtualClock();
	const sent: Array<{ at: number; account: string }> = [];
	const waits = targets.map((target) => createWait(target, policy, initialState(0)));
	const polled = poll(waits, {
		checker: {
			keyOf: ({ target }) => target.name,
			rateLimitOf: ({ target }) => ({ key: target.account, budget: BUDGET }),
			check: async ([wait]) => {
				sent.push({ at: clock.now(), account: wait?.target.account ?? '' });
				await clock.sleep(SECOND / 5);
				const job = createCrawlJob({
					provider: 'any',
					jobId: wait?.target.name ?? '',
					reference: {},
					status: clock.now() < lengthMs ? 'running' : 'succeeded',
					rawStatus: null,
				});
				return [{ job, raw: null, pauseMs: null }];
			},
		},
		clock,
		random: () => 0.5,
		concurrency: 300,
		stopOnError: false,
	});
	await clock.run(polled);
	return { waits: await polled, sent, endedAt: clock.now() };
}

const crawls = (count: number, account = 'one'): Target[] =>
	Array.from({ length: count }, (_, index) => ({ name: `${account} ${index}`, account }));

const reasons = (waits: readonly Wait[]) =>
	new Set(waits.map(({ verdict }) => (verdict.kind === 'end' ? verdict.reason : verdict.kind)));

describe('crawls of one account, many at once', () => {
	it('never send more requests than the budget has, in any stretch of its time', async () => {
		const { sent } = await pollCrawls(crawls(300), MINUTE);
		const times = sent.map(({ at }) => at).sort((a, b) => a - b);
		const inStretch = times.map(
			(from, index) => times.slice(index).filter((at) => at < from + BUDGET.perMs).length,
		);
		expect(Math.max(...inStretch)).toBe(BUDGET.requests);
	});

	it('are all noticed as soon as the budget allows', async () => {
		const { waits, endedAt } = await pollCrawls(crawls(300), MINUTE);
		const roundMs = Math.ceil(300 / BUDGET.requests) * BUDGET.perMs;
		expect(reasons(waits)).toEqual(new Set(['final']));
		expect(endedAt).toBeLessThan(MINUTE + roundMs);
	});

	it('leave those of another account alone', async () => {
		const { sent } = await pollCrawls([...crawls(300), ...crawls(50, 'two')], MINUTE);
		const first = sent.filter(({ account, at }) => account === 'two' && at < SECOND);
		expect(first).toHaveLength(50);
	});

	it('are not held beyond their deadline', async () => {
		const policy = { ...patientPolicy(PACES.balanced), deadlineMs: 15 * SECOND };
		const { waits, endedAt } = await pollCrawls(crawls(1_000), MINUTE, policy);
		expect(reasons(waits)).toEqual(new Set(['deadline']));
		expect(endedAt).toBeLessThan(policy.deadlineMs + SECOND);
	});
});
