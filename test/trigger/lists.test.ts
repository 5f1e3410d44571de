import { useListedCrawls, type ListedCrawl } from './listedCrawls';
import { useTimeTravel } from './trigger';

const listedAt = useListedCrawls();
const time = useTimeTravel();

const MINUTE = 60_000;

const crawl = (id: string, word: string, more = {}): ListedCrawl => ({ id, word, more });
const running = (id: string, more = {}) => crawl(id, 'processing', more);
const done = (id: string, more = {}) => crawl(id, 'completed', more);

/** As a server lists them that gives the newest first. */
const many = (count: number, timeField = 'created_at') =>
	Array.from({ length: count }, (_, index) =>
		done(`old ${index}`, {
			[timeField]: new Date(Date.parse('2026-05-26T10:00:00Z') - index * MINUTE).toISOString(),
		}),
	);

describe('a list longer than a page', () => {
	it('hides no end beyond its first page', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = [...many(120), running('late')];
		await listed.trigger.activate();
		expect(await listed.poll(...many(120), done('late'))).toEqual(['late']);
	});

	it('hides no end when new crawls move its pages', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = [...many(49), running('a'), running('b')];
		await listed.trigger.activate();
		const moved = [done('new'), ...many(49), done('a'), done('b')];
		expect((await listed.poll(...moved)).sort()).toEqual(['a', 'b', 'new']);
	});

	it('gives what could be read of it when the rest cannot be, and the rest once it can', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = [running('first'), ...many(60), running('last')];
		await listed.trigger.activate();
		listed.fault = (page) => (page === 2 ? { status: 503, body: {} } : undefined);
		const ended = [done('first'), ...many(60), done('last')];
		expect(await listed.poll(...ended)).toEqual(['first']);
		listed.fault = null;
		expect(await listed.poll(...ended)).toEqual(['last']);
	});
});

describe('a list that is not whole', () => {
	it.each([false, true])('once, loses and repeats nothing (durable: %s)', async (isDurable) => {
		const listed = await listedAt('geonode', { isDurable });
		listed.crawls = [done('a'), running('b'), running('c')];
		await listed.trigger.activate();
		expect(await listed.poll()).toEqual([]);
		expect(await listed.poll(running('b'))).toEqual([]);
		expect(await listed.poll(done('a'), done('b'), running('c'))).toEqual(['b']);
		expect(await listed.poll(done('a'), done('b'), done('c'))).toEqual(['c']);
	});

	it('at the activation does not make all crawls new', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = [done('a'), done('b')];
		let requests = 0;
		listed.fault = () => (++requests === 1 ? { body: { jobs: [], page_count: 1 } } : undefined);
		await listed.trigger.activate();
		expect(await listed.poll(done('a'), done('b'))).toEqual([]);
	});

	it('has an entry that cannot be read, which hides no other', async () => {
		const listed = await listedAt('pathors');
		listed.crawls = [running('a'), running('b')];
		await listed.trigger.activate();
		const unreadable = { id: 'a', word: 'completed', more: { status: { x: 1 } } };
		expect(await listed.poll(unreadable, done('b'))).toEqual(['b']);
		expect(await listed.poll(done('a'), done('b'))).toEqual(['a']);
	});
});

describe('a crawl that runs again under its id', () => {
	it.each(['convocore', 'pathors'] as const)('at %s has an end each time', async (provider) => {
		const listed = await listedAt(provider);
		listed.crawls = [running('a')];
		await listed.trigger.activate();
		expect(await listed.poll(done('a'))).toEqual(['a']);
		expect(await listed.poll(done('a'))).toEqual([]);
		expect(await listed.poll(running('a'))).toEqual([]);
		expect(await listed.poll(done('a'))).toEqual(['a']);
		expect(await listed.poll(done('a'))).toEqual([]);
	});

	it('between two polls is known by its start', async () => {
		const listed = await listedAt('pathors');
		await listed.trigger.activate();
		expect(await listed.poll(done('a', { startedAt: '2026-05-26T10:00:00Z' }))).toEqual(['a']);
		expect(await listed.poll(done('a', { startedAt: '2026-05-26T10:00:00Z' }))).toEqual([]);
		expect(await listed.poll(done('a', { startedAt: '2026-05-26T11:00:00Z' }))).toEqual(['a']);
	});

	it('does not exist where crawls run once, so that a list out of date repeats nothing', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = [running('a')];
		await listed.trigger.activate();
		expect(await listed.poll(done('a'))).toEqual(['a']);
		expect(await listed.poll(running('a'))).toEqual([]);
		expect(await listed.poll(done('a'))).toEqual([]);
	});
});

describe('an end that only the counters tell', () => {
	const counted = (completed: number) =>
		crawl('a', 'indexing', { total: 4, done: completed, failed: 0 });

	it('starts the workflow once it has stood still over two polls', async () => {
		const listed = await listedAt('pathors');
		listed.crawls = [counted(2)];
		await listed.trigger.activate();
		expect(await listed.poll(counted(4))).toEqual([]);
		time.advance(MINUTE);
		expect(await listed.poll(counted(4))).toEqual(['a']);
		time.advance(MINUTE);
		expect(await listed.poll(counted(4))).toEqual([]);
	});

	it('starts nothing while the crawl still moves', async () => {
		const listed = await listedAt('pathors');
		listed.crawls = [counted(4)];
		await listed.trigger.activate();
		const grown = crawl('a', 'indexing', { total: 5, done: 5, failed: 0 });
		time.advance(MINUTE);
		expect(await listed.poll(grown)).toEqual([]);
	});

	it('starts nothing where it stood so at the activation', async () => {
		const listed = await listedAt('pathors');
		listed.crawls = [counted(4)];
		await listed.trigger.activate();
		time.advance(MINUTE);
		expect(await listed.poll(counted(4))).toEqual([]);
		time.advance(MINUTE);
		expect(await listed.poll(counted(4))).toEqual([]);
	});
});

describe('times of the provider', () => {
	it.each([
		['years behind', '1999-01-01T00:00:00Z'],
		['years ahead', '2099-01-01T00:00:00Z'],
		['no times', 'yesterday'],
	])('are not compared with those of n8n: %s', async (_, stamp) => {
		const listed = await listedAt('geonode');
		const times = { created_at: stamp, completed_at: stamp };
		listed.crawls = [done('a', times)];
		await listed.trigger.activate();
		expect(await listed.poll(done('b', times), done('a', times))).toEqual(['b']);
		expect(await listed.poll(done('b', times), done('a', times))).toEqual([]);
	});
});

describe('n8n, when it is killed', () => {
	it('after it has started an execution and before it has saved, repeats it once', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = [running('a'), running('b')];
		await listed.trigger.activate();
		listed.trigger.loseNextSave();
		expect(await listed.poll(done('a'), running('b'))).toEqual(['a']);
		await listed.trigger.restart();
		expect(await listed.poll(done('a'), done('b'))).toEqual(['b']);
		await listed.trigger.restart();
		expect(listed.trigger.items.map(({ jobId }) => jobId)).toEqual(['a', 'a', 'b']);
	});

	it.each([false, true])(
		'between polls, loses and repeats nothing (durable: %s)',
		async (isDurable) => {
			const listed = await listedAt('convocore', { isDurable });
			const ids = Array.from({ length: 30 }, (_, index) => `job ${index}`);
			listed.crawls = ids.map((id) => running(id));
			await listed.trigger.activate();
			for (const index of ids.keys()) {
				await listed.poll(...ids.map((id, place) => (place <= index ? done(id) : running(id))));
				await listed.trigger.restart();
				await listed.poll(...listed.crawls);
			}
			expect(listed.trigger.items.map(({ jobId }) => jobId)).toEqual(ids);
		},
	);
});

it('a poll that n8n begins before the last one is over leaves it alone', async () => {
	const listed = await listedAt('geonode');
	listed.crawls = [running('a')];
	await listed.trigger.activate();
	listed.crawls = [done('a')];
	await Promise.all([listed.trigger.poll(), listed.trigger.poll(), listed.trigger.poll()]);
	expect(listed.trigger.items).toHaveLength(1);
	expect(listed.requests).toHaveLength(3);
});

it('ten thousand ended crawls take n8n less than 100 kB', async () => {
	const listed = await listedAt('convocore');
	listed.crawls = many(10_000, 'createdAt');
	await listed.trigger.activate();
	expect(listed.trigger.savedSize).toBeLessThan(100_000);
	expect(await listed.poll(done('new'), ...many(10_000, 'createdAt'))).toEqual(['new']);
});
