import { statusChecker } from '../../nodes/shared/checkStatus';
import { createCrawlJob, type CrawlStatus } from '../../nodes/shared/crawlJob';
import type { CrawlProvider, StatusReading } from '../../nodes/shared/provider';
import { createWait, type Wait } from '../../nodes/shared/waiting/itemWait';
import { poll } from '../../nodes/shared/waiting/poll';
import { PACES } from '../../nodes/shared/waiting/pace';
import { initialState } from '../../nodes/shared/waiting/wait';
import { VirtualClock } from '../bench/virtualClock';

const MINUTE = 60_000;

const crawl = (status: CrawlStatus) =>
	createCrawlJob({
		provider: 'any',
		jobId: 'a',
		reference: { jobId: 'a' },
		status,
		rawStatus: 'indexed',
		counters: { total: 4, completed: 4, failed: 0 },
	});

const reading: StatusReading = {
	job: crawl('succeeded'),
	unconfirmed: crawl('unknown'),
	isMissing: false,
};

it('a wait that is told of an end by counters alone takes it as one once they stand still', async () => {
	const clock = new VirtualClock();
	const provider = {
		id: 'any',
		jobIdKey: 'jobId',
		statusRequest: () => ({ method: 'GET', path: '/a' }),
	} as unknown as CrawlProvider;
	const query = { provider, reference: { jobId: 'a' }, readStatus: () => reading };
	const wait = createWait(
		query,
		{
			deadlineMs: 60 * MINUTE,
			stallMs: 0,
			maxFailuresInRow: 10,
			pace: PACES.balanced,
			minGapMs: 0,
		},
		initialState(clock.now()),
	);

	const seen: string[] = [];
	let ended: readonly Wait[] = [];
	const done = async () => {
		ended = await poll([wait], {
			checker: statusChecker(() => async () => ({ body: { jobId: 'a' }, pauseMs: null })),
			clock,
			random: () => 0.5,
			concurrency: 1,
			stopOnError: true,
			onCheck: ({ last }) => seen.push(last?.job.status ?? 'none'),
		});
	};
	await clock.run(done());

	expect(ended[0]?.verdict).toEqual({ kind: 'end', reason: 'final' });
	expect(seen.at(-1)).toBe('succeeded');
	expect(new Set(seen.slice(0, -1))).toEqual(new Set(['unknown']));
	expect(clock.now()).toBeLessThan(MINUTE);
});
