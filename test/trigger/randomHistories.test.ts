import { look, NOTHING_SEEN, type Seen } from '../../nodes/CrawlFinishedTrigger/seen';
import { createCrawlJob } from '../../nodes/shared/crawlJob';
import type { JobReading } from '../../nodes/shared/provider';

/*
 * Random histories of a provider and of an n8n that polls it, held to one law: every end of a crawl
 * is given exactly once. The provider starts, ends and restarts crawls; its lists come back whole,
 * half, empty or not at all; n8n polls, is killed and finds itself set back to what it saved last.
 */

const HISTORIES = 30;
const STEPS = 60;
const POLL_MS = 60_000;
const SAVING = ['saves after each poll', 'saves with each event'] as const;

interface Crawl {
	id: string;
	createdAt: number;
	run: number;
	state: 'running' | 'succeeded' | 'failed';
	/** Whether the provider has a word for its end. */
	isDeduced: boolean;
}

class History {
	private readonly crawls: Crawl[] = [];
	private now = Date.parse('2026-05-26T10:00:00Z');
	private seen: Seen;
	private saved: Seen;
	/** The ends since the first look, as "id#run". */
	readonly ends: string[] = [];
	readonly events: string[] = [];

	constructor(
		private readonly random: () => number,
		private readonly runsAgain: boolean,
		private readonly savesEachPoll: boolean,
	) {
		this.play(20);
		this.ends.length = 0;
		this.seen = this.lookAt(this.list(), NOTHING_SEEN, true);
		this.saved = this.seen;
	}

	/** @returns the events that were expected */
	run(): string[] {
		for (let step = 0; step < STEPS; step++) {
			this.play(2);
			this.poll();
			if (this.random() < 0.05) this.seen = this.saved;
		}
		// Whatever is deduced comes to its standstill.
		for (let polls = 0; polls < 3; polls++) this.pollList(this.list());
		return this.ends;
	}

	private play(turns: number): void {
		for (let turn = 0; turn < turns; turn++) {
			this.now += 1000 * Math.ceil(this.random() * 20);
			const crawl = this.crawls[Math.floor(this.random() * this.crawls.length)];
			if (crawl === undefined || this.random() < 0.3) this.start();
			else if (crawl.state === 'running') this.end(crawl);
			else if (this.runsAgain && this.random() < 0.5) this.restart(crawl);
		}
	}

	private start(): void {
		const id = `crawl ${this.crawls.length}`;
		const isDeduced = this.random() < 0.2;
		this.crawls.push({ id, createdAt: this.now, run: this.now, state: 'running', isDeduced });
	}

	private end(crawl: Crawl): void {
		crawl.state = this.random() < 0.7 ? 'succeeded' : 'failed';
		this.ends.push(`${crawl.id}#${crawl.run}`);
	}

	private restart(crawl: Crawl): void {
		// An end that no poll has seen by now is one that no list shows any more.
		if (!this.events.includes(`${crawl.id}#${crawl.run}`)) return;
		crawl.run = this.now;
		crawl.state = 'running';
	}

	private poll(): void {
		const chance = this.random();
		if (chance < 0.15) this.now += POLL_MS;
		else if (chance < 0.25) this.pollList([]);
		else if (chance < 0.45) this.pollList(this.list().filter(() => this.random() < 0.5));
		else this.pollList(this.list());
	}

	private pollList(readings: JobReading[]): void {
		this.now += POLL_MS;
		const before = this.events.length;
		this.seen = this.lookAt(readings, this.seen, false);
		if (this.savesEachPoll || this.events.length > before) this.saved = this.seen;
	}

	private lookAt(readings: JobReading[], seen: Seen, isFirst: boolean): Seen {
		const { runsAgain, now } = this;
		const looked = look(seen, readings, { isFirst, runsAgain, now });
		const runOf = (id: string) => this.crawls.find((crawl) => crawl.id === id)?.run;
		this.events.push(...looked.ended.map(({ jobId }) => `${jobId}#${runOf(jobId)}`));
		return JSON.parse(JSON.stringify(looked.seen)) as Seen;
	}

	/** In an order that means nothing. */
	private list(): JobReading[] {
		return this.crawls
			.map((crawl) => ({ crawl, place: this.random() }))
			.sort((a, b) => a.place - b.place)
			.map(({ crawl }) => readingOf(crawl));
	}
}

function readingOf({ id, createdAt, run, state, isDeduced }: Crawl): JobReading {
	const facts = {
		provider: 'test',
		jobId: id,
		reference: { jobId: id },
		rawStatus: null,
		createdAt: new Date(createdAt).toISOString(),
		startedAt: new Date(run).toISOString(),
	};
	const job = createCrawlJob({ ...facts, status: state });
	if (!isDeduced || !job.isFinal) return { job };
	return { job, unconfirmed: createCrawlJob({ ...facts, status: 'unknown' }) };
}

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

describe.each(SAVING)('an n8n that %s', (saving) => {
	it.each([
		['once', false],
		['again and again', true],
	])('gives every end exactly once where crawls run %s', (_, runsAgain) => {
		for (let seed = 1; seed <= HISTORIES; seed++) {
			const history = new History(randomFrom(seed), runsAgain, saving === SAVING[0]);
			const ends = history.run();
			expect({ seed, events: [...history.events].sort() }).toEqual({
				seed,
				events: [...ends].sort(),
			});
		}
	});
});
