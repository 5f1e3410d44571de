import {
	look,
	MAX_ENDED,
	MAX_OPEN,
	NOTHING_SEEN,
	restoreSeen,
	type Look,
	type Seen,
} from '../../nodes/CrawlFinishedTrigger/seen';
import { createCrawlJob, type CrawlJobFacts } from '../../nodes/shared/crawlJob';
import type { JobReading } from '../../nodes/shared/provider';

const RULES: Look = { isFirst: false, runsAgain: false, now: 0 };
const FIRST: Partial<Look> = { isFirst: true };

const CREATED = Date.parse('2026-05-26T10:00:00Z');

function reading(
	jobId: string,
	status: CrawlJobFacts['status'],
	facts: Partial<CrawlJobFacts> = {},
) {
	const job = createCrawlJob({
		provider: 'test',
		jobId,
		reference: { jobId },
		status,
		rawStatus: null,
		createdAt: new Date(CREATED).toISOString(),
		...facts,
	});
	return { job };
}

const running = (jobId: string, facts?: Partial<CrawlJobFacts>) => reading(jobId, 'running', facts);
const done = (jobId: string, facts?: Partial<CrawlJobFacts>) => reading(jobId, 'succeeded', facts);
const unknown = (jobId: string) => reading(jobId, 'unknown');

/** An end that only the counters tell, after so many pages. */
const deduced = (jobId: string, completed = 1): JobReading => ({
	...reading(jobId, 'succeeded', { counters: { total: completed, completed } }),
	unconfirmed: unknown(jobId).job,
});

type Step = [readings: JobReading[], news: string[], rules?: Partial<Look>];

/** Looks at one list after the other; returns what each gave. */
function follow(steps: Step[], rules: Partial<Look> = {}): string[][] {
	let seen: Seen = NOTHING_SEEN;
	return steps.map(([readings, , own]) => {
		const looked = look(seen, readings, { ...RULES, ...rules, ...own });
		// As n8n keeps it.
		seen = restoreSeen(JSON.parse(JSON.stringify(looked.seen))) ?? NOTHING_SEEN;
		return looked.ended.map(({ jobId }) => jobId);
	});
}

describe('a list of crawls', () => {
	it.each<[string, Step[]]>([
		['gives nothing at first', [[[done('a'), running('b')], [], FIRST]]],
		[
			'gives an end once',
			[
				[[running('a')], []],
				[[done('a')], ['a']],
				[[done('a')], []],
			],
		],
		[
			'gives the end of a crawl that no look saw running',
			[
				[[], [], FIRST],
				[[done('a')], ['a']],
			],
		],
		[
			'gives an end of which the first two looks at the first list saw the begin',
			[
				[[running('a')], [], FIRST],
				[[done('a')], ['a'], FIRST],
			],
		],
		[
			'gives ends in any order',
			[
				[[running('a'), running('b'), running('c')], [], FIRST],
				[[running('a'), running('b'), done('c')], ['c']],
				[[done('a'), running('b'), done('c')], ['a']],
				[[done('a'), done('b'), done('c')], ['b']],
			],
		],
		[
			'forgets nothing when it comes back empty',
			[
				[[done('a'), running('b')], [], FIRST],
				[[], []],
				[[done('a'), done('b')], ['b']],
			],
		],
		[
			'forgets nothing when it comes back half',
			[
				[[done('a'), done('b')], [], FIRST],
				[[done('b')], []],
				[[done('a'), done('b')], []],
			],
		],
		[
			'gives nothing new when an ended crawl disappears and comes back',
			[
				[[done('a')], ['a']],
				[[], []],
				[[], []],
				[[done('a')], []],
			],
		],
		[
			'gives the end of a crawl that disappeared while it ran',
			[
				[[running('a')], []],
				[[], []],
				[[done('a')], ['a']],
			],
		],
		[
			'gives the same end once when its word, its counters and its times change',
			[
				[[done('a', { rawStatus: 'Successful' })], ['a']],
				[[done('a', { rawStatus: 'Existing', counters: { completed: 9 } })], []],
				[[reading('a', 'cancelled', { updatedAt: '2026-05-27T10:00:00.000Z' })], []],
			],
		],
		[
			'gives nothing for a status that nobody knows',
			[
				[[unknown('a')], []],
				[[unknown('a')], []],
			],
		],
		[
			'gives nothing when an ended crawl has a status that nobody knows in between',
			[
				[[done('a')], ['a']],
				[[unknown('a')], []],
				[[done('a')], []],
			],
		],
	])('%s', (_, steps) => {
		expect(follow(steps)).toEqual(steps.map(([, news]) => news));
	});
});

describe('a crawl that is listed as running after its end', () => {
	const steps: Step[] = [
		[[running('a')], []],
		[[done('a')], ['a']],
		[[running('a')], []],
	];

	it('has no other end where crawls run once', () => {
		expect(follow([...steps, [[done('a')], []]])).toEqual([[], ['a'], [], []]);
	});

	it('has another end where crawls run again', () => {
		const again: Step[] = [...steps, [[done('a')], ['a']], [[done('a')], []]];
		expect(follow(again, { runsAgain: true })).toEqual(again.map(([, news]) => news));
	});
});

describe('a crawl that runs again between two looks', () => {
	const at = (hour: number) => ({ startedAt: `2026-05-26T${hour}:00:00.000Z` });

	it.each<[string, Step[]]>([
		[
			'is known by its start',
			[
				[[done('a', at(10))], ['a']],
				[[done('a', at(11))], ['a']],
			],
		],
		[
			'is not taken for one by another end time',
			[
				[[done('a', { ...at(10), updatedAt: '2026-05-26T10:01:00.000Z' })], ['a']],
				[[done('a', { ...at(10), updatedAt: '2026-05-26T10:05:00.000Z' })], []],
			],
		],
		[
			'is not taken for one when its start becomes known',
			[
				[[done('a')], ['a']],
				[[done('a', at(10))], []],
				[[done('a', at(11))], ['a']],
			],
		],
	])('%s', (_, steps) => {
		expect(follow(steps, { runsAgain: true })).toEqual(steps.map(([, news]) => news));
	});
});

describe('an end that is deduced', () => {
	const after = (seconds: number): Partial<Look> => ({ now: seconds * 1000 });

	it.each<[string, Step[]]>([
		[
			'counts once it has stood still',
			[
				[[deduced('a')], []],
				[[deduced('a')], ['a'], after(60)],
				[[deduced('a')], [], after(120)],
			],
		],
		[
			'does not count for two looks in a moment',
			[
				[[deduced('a')], []],
				[[deduced('a')], [], after(2)],
				[[deduced('a')], ['a'], after(62)],
			],
		],
		[
			'counts soon also when the clock has been set back',
			[
				[[deduced('a')], [], after(3_600)],
				[[deduced('a')], [], after(0)],
				[[deduced('a')], ['a'], after(60)],
			],
		],
		[
			'is no news when it stands since the first look, and the clock has been set back',
			[
				[[deduced('a')], [], { ...FIRST, ...after(3_600) }],
				[[deduced('a')], [], after(0)],
				[[deduced('a')], [], after(60)],
			],
		],
		[
			'does not count while the crawl moves',
			[
				[[deduced('a', 1)], []],
				[[deduced('a', 2)], [], after(60)],
				[[deduced('a', 2)], ['a'], after(120)],
			],
		],
		[
			'counts at once when a word says so',
			[
				[[deduced('a')], []],
				[[done('a')], ['a'], after(1)],
				[[deduced('a')], [], after(99)],
			],
		],
		[
			'is no news when it stands since the first look',
			[
				[[deduced('a')], [], FIRST],
				[[deduced('a')], [], after(60)],
				[[deduced('a')], [], after(120)],
			],
		],
		[
			'is news when the crawl has moved since the first look',
			[
				[[deduced('a', 1)], [], FIRST],
				[[deduced('a', 2)], [], after(60)],
				[[deduced('a', 2)], ['a'], after(120)],
			],
		],
		[
			'counts for a crawl that was running at the first look',
			[
				[[running('a')], [], FIRST],
				[[deduced('a')], [], after(60)],
				[[deduced('a')], ['a'], after(120)],
			],
		],
	])('%s', (_, steps) => {
		expect(follow(steps)).toEqual(steps.map(([, news]) => news));
		expect(follow(steps, { runsAgain: true })).toEqual(steps.map(([, news]) => news));
	});
});

describe('ten thousand ended crawls', () => {
	const createdAt = (index: number) => ({
		createdAt: new Date(CREATED + index * 60_000).toISOString(),
	});
	const all = Array.from({ length: 10_000 }, (_, index) => done(`job ${index}`, createdAt(index)));
	const { seen } = look(NOTHING_SEEN, all, { ...RULES, ...FIRST });

	it('are kept in less than 100 kB', () => {
		expect(JSON.stringify(seen).length).toBeLessThan(100_000);
	});

	it('are no news afterwards, in any order, those that were dropped neither', () => {
		expect(look(seen, [...all].reverse(), RULES).ended).toEqual([]);
	});

	it('hide no end of a new crawl', () => {
		const fresh = done('fresh', createdAt(10_000));
		expect(look(seen, [fresh, ...all], RULES).ended).toEqual([fresh.job]);
	});

	it('hide no end of an old crawl that is still running', () => {
		const old = running('old', createdAt(-1));
		const ended = done('old', createdAt(-1));
		const first = look(NOTHING_SEEN, [...all, old], { ...RULES, ...FIRST });
		expect(look(first.seen, [...all, ended], RULES).ended).toEqual([ended.job]);
	});

	it('hide no end of an old crawl that runs again', () => {
		const rules = { ...RULES, runsAgain: true };
		const again = look(seen, [running('job 0', createdAt(0))], rules);
		expect(look(again.seen, all, rules).ended).toEqual([all[0]?.job]);
	});

	it('and as many running ones take no more than is kept', () => {
		const open = Array.from({ length: 10_000 }, (_, index) => running(`open ${index}`));
		const next = look(seen, [...all, ...open], RULES).seen;
		expect(Object.keys(next.open)).toHaveLength(MAX_OPEN);
		expect(next.ended.length / MAX_ENDED).toBe(seen.ended.length / MAX_ENDED);
	});
});

describe('thousands of crawls that have ended, whose creation nobody tells,', () => {
	const undated = Array.from({ length: MAX_ENDED + 20 }, (_, n) =>
		done(`undated ${n}`, { createdAt: null }),
	);
	const dated = done('dated');
	const { seen } = look(NOTHING_SEEN, [...undated, dated], { ...RULES, ...FIRST });

	it('are news at no later look, nor is an older one beside them', () => {
		const kept = restoreSeen(JSON.parse(JSON.stringify(seen))) ?? NOTHING_SEEN;
		expect(look(kept, [...undated, dated], RULES).ended).toEqual([]);
	});

	it('hide no end of a crawl that was seen running', () => {
		const started = look(seen, [running('new', { createdAt: null })], RULES);
		const ended = done('new', { createdAt: null });
		expect(look(started.seen, [ended], RULES).ended).toEqual([ended.job]);
	});

	it('hide no end of a crawl whose creation is known', () => {
		const fresh = done('fresh', { createdAt: new Date(CREATED + 1_000).toISOString() });
		expect(look(seen, [fresh], RULES).ended).toEqual([fresh.job]);
	});
});

it('an end after a status that nobody knows is news, also beside thousands of newer ends', () => {
	const at = (second: number) => ({ createdAt: new Date(CREATED + second * 1_000).toISOString() });
	const ended = Array.from({ length: MAX_ENDED + 1 }, (_, n) => done(`ended ${n}`, at(10 + n)));
	const first = look(NOTHING_SEEN, [reading('odd', 'unknown', at(0))], RULES);
	const second = look(first.seen, ended, RULES);
	const third = look(second.seen, [done('odd', at(0))], RULES);
	expect(third.ended.map(({ jobId }) => jobId)).toEqual(['odd']);
});

describe('what n8n has kept', () => {
	it.each([undefined, null, 'text', {}, { ended: 'short', open: {} }, { ended: '', open: null }])(
		'is not read from %j',
		(saved) => {
			expect(restoreSeen(saved)).toBeNull();
		},
	);
});

it('the crawls beyond the limit whose ends would pass for old ones are the last to be forgotten', () => {
	const at = (second: number) => ({ createdAt: new Date(CREATED + second * 1_000).toISOString() });
	const ended = Array.from({ length: MAX_ENDED + 1 }, (_, n) => done(`ended ${n}`, at(10 + n)));
	const open = Array.from({ length: MAX_OPEN }, (_, n) => running(`new ${n}`, at(100_000 + n)));
	const first = look(NOTHING_SEEN, [running('old', at(0)), ...ended, ...open], RULES);
	const next = look(first.seen, [done('old', at(0))], RULES);
	expect(next.ended.map(({ jobId }) => jobId)).toEqual(['old']);
});
