import { geonode } from '../../nodes/GeonodeCrawler/provider';
import { statusChecker, type StatusQuery } from '../../nodes/shared/checkStatus';
import type { SendRequest } from '../../nodes/shared/provider';
import type { Clock } from '../../nodes/shared/waiting/clock';
import { PACES } from '../../nodes/shared/waiting/pace';
import { createWait, type Wait } from '../../nodes/shared/waiting/itemWait';
import { poll } from '../../nodes/shared/waiting/poll';
import { initialState } from '../../nodes/shared/waiting/wait';
import { startCrowd } from '../bench/crowd';
import type { CurveName } from '../bench/curves';
import { seededRandom } from '../bench/random';
import { drawJob } from '../bench/simulatedJob';
import { VirtualClock } from '../bench/virtualClock';
import { patientPolicy, waitAlone } from '../bench/waitAlone';

const ANSWER_MS = 200;
const LONGEST_ANSWER_MS = 300;

/** A wait for a job of its own, whose first check is due at `dueAt`. */
function waitDueAt(dueAt: number, jobId: string): Wait<StatusQuery> {
	const query = { provider: geonode, reference: { jobId }, readStatus: geonode.readStatus };
	return createWait(query, patientPolicy(PACES.balanced), initialState(dueAt));
}

/**
 * How much later than alone the end of each job is noticed where so many of a minute are waited for
 * together, in milliseconds.
 */
async function differencesInCrowd(
	curve: CurveName,
	count: number,
	concurrency: number,
): Promise<number[]> {
	const kind = { lengthMs: 60_000, curve, pages: 100 };
	const jobs = Array.from({ length: count }, (_, index) =>
		drawJob(String(index), kind, index / count, seededRandom(index)),
	);
	const chanceOf = (id: string): (() => number) => seededRandom(count + Number(id));
	const alone = jobs.map((job) => waitAlone(job, PACES.balanced, chanceOf(job.id)).noticedMs);

	const crowded = jobs.map((job) => ({ ...job, random: chanceOf(job.id) }));
	const crowd = startCrowd(crowded, clock, concurrency);
	await clock.run(crowd.done);
	return crowd.delays().map((delayMs, index) => delayMs - (alone[index] ?? NaN));
}

/** Checks each wait once; `send` is asked for the answers. */
async function checkOnce(
	waits: Array<Wait<StatusQuery>>,
	concurrency: number,
	send: SendRequest,
	pollClock: Clock = clock,
): Promise<void> {
	const checker = statusChecker(() => send);
	const options = { checker, clock: pollClock, random: () => 0, concurrency, stopOnError: false };
	await clock.run(poll(waits, { ...options, maxRounds: 1 }));
}

let clock: VirtualClock;
beforeEach(() => {
	clock = new VirtualClock();
});

describe('waits in one node', () => {
	it('go as each would alone, where there is room for all', async () => {
		const differences = await differencesInCrowd('steady', 40, 40);
		for (const difference of differences) expect(difference).toBeCloseTo(0);
	});

	it('go as each would alone even without progress, but for the time in the queue', async () => {
		const differences = await differencesInCrowd('none', 100, 10);
		const queueMs = (100 / 10) * LONGEST_ANSWER_MS;
		expect(Math.max(...differences)).toBeLessThan(queueMs);
	});

	it('have no more requests under way than allowed', async () => {
		let underWay = 0;
		let most = 0;
		const waits = Array.from({ length: 20 }, (_, index) => waitDueAt(0, String(index)));
		await checkOnce(waits, 3, async () => {
			most = Math.max(most, ++underWay);
			await clock.sleep(ANSWER_MS);
			underWay--;
			return { body: {}, pauseMs: null };
		});
		expect(most).toBe(3);
	});

	it('sleep once until something is due, however many answers come before', async () => {
		let sleeps = 0;
		const counting: Clock = {
			now: () => clock.now(),
			sleep: async (ms) => {
				sleeps++;
				await clock.sleep(ms);
			},
		};
		let sent = 0;
		const waits = Array.from({ length: 20 }, (_, index) => waitDueAt(0, String(index)));
		const send: SendRequest = async () => {
			await clock.sleep(++sent * 10);
			return { body: {}, pauseMs: null };
		};
		await checkOnce(waits, 20, send, counting);
		expect(sleeps).toBe(1);
	});

	it('are checked in the order in which they are due', async () => {
		const sent: (string | undefined)[] = [];
		const waits = [
			waitDueAt(30, 'third'),
			waitDueAt(0, 'first'),
			waitDueAt(40, 'fourth'),
			waitDueAt(20, 'second'),
		];
		await checkOnce(waits, 1, async ({ path }) => {
			sent.push(path.split('/').at(-1));
			await clock.sleep(ANSWER_MS);
			return { body: {}, pauseMs: null };
		});
		expect(sent).toEqual(['first', 'second', 'third', 'fourth']);
	});
});
