import { geonode } from '../../nodes/GeonodeCrawler/provider';
import type { SendRequest } from '../../nodes/shared/provider';
import { PACES } from '../../nodes/shared/waiting/pace';
import { createWatch, poll, type Watch } from '../../nodes/shared/waiting/poll';
import { startWatch } from '../../nodes/shared/waiting/watch';
import { startCrowd } from '../bench/crowd';
import { seededRandom } from '../bench/random';
import { drawJob } from '../bench/simulatedJob';
import { VirtualClock } from '../bench/virtualClock';
import { patientPolicy, waitAlone } from '../bench/waitAlone';

const ANSWER_MS = 200;

/** A wait for a job of its own, whose first check is due at `dueAt`. */
function watchDueAt(dueAt: number, jobId: string): Watch {
	const query = { provider: geonode, reference: { jobId }, readStatus: geonode.readStatus };
	return createWatch(query, patientPolicy(PACES.balanced), startWatch(dueAt));
}

/** Checks each wait once; `send` is asked for the answers. */
async function checkOnce(watches: Watch[], concurrency: number, send: SendRequest): Promise<void> {
	await clock.run(
		poll(watches, {
			send,
			clock,
			random: () => 0,
			concurrency,
			stopOnError: false,
			maxRounds: 1,
		}),
	);
}

let clock: VirtualClock;
beforeEach(() => {
	clock = new VirtualClock();
});

describe('waits in one node', () => {
	it('go as each would alone, where there is room for all', async () => {
		const jobs = Array.from({ length: 40 }, (_, index) =>
			drawJob(
				String(index),
				{ lengthMs: 60_000, curve: 'steady', pages: 100 },
				index / 40,
				seededRandom(index),
			),
		);
		const chanceOf = (id: string): (() => number) => seededRandom(100 + Number(id));
		const alone = jobs.map((job) => waitAlone(job, PACES.balanced, chanceOf(job.id)).delayMs);

		const crowded = jobs.map((job) => ({ ...job, random: chanceOf(job.id) }));
		const crowd = startCrowd(crowded, clock, jobs.length);
		await clock.run(crowd.done);

		expect(crowd.delays()).toEqual(alone);
	});

	it('have no more requests under way than allowed', async () => {
		let underWay = 0;
		let most = 0;
		const watches = Array.from({ length: 20 }, (_, index) => watchDueAt(0, String(index)));
		await checkOnce(watches, 3, async () => {
			most = Math.max(most, ++underWay);
			await clock.sleep(ANSWER_MS);
			underWay--;
			return { body: {}, pauseMs: null };
		});
		expect(most).toBe(3);
	});

	it('are checked in the order in which they are due', async () => {
		const sent: (string | undefined)[] = [];
		const watches = [
			watchDueAt(30, 'third'),
			watchDueAt(0, 'first'),
			watchDueAt(40, 'fourth'),
			watchDueAt(20, 'second'),
		];
		await checkOnce(watches, 1, async ({ path }) => {
			sent.push(path.split('/').at(-1));
			await clock.sleep(ANSWER_MS);
			return { body: {}, pauseMs: null };
		});
		expect(sent).toEqual(['first', 'second', 'third', 'fourth']);
	});
});
