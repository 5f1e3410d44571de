import { useListedCrawls, type ListedCrawl, type ListedCrawls } from './listedCrawls';
import { idsOf, useTimeTravel } from './trigger';

const listedAt = useListedCrawls();
const time = useTimeTravel();

const SECOND = 1_000;

const running = (id: string): ListedCrawl => ({ id, word: 'processing' });
const done = (id: string): ListedCrawl => ({ id, word: 'completed' });

/*
 * With durable poll cursors, n8n makes each poll with a memory of its own, and can make two at once,
 * as after a crash. Both find the same ends.
 */
describe.each(['geonode', 'convocore', 'pathors'] as const)('two polls at %s', (provider) => {
	const listed = async () => {
		const crawls = await listedAt(provider, { isDurable: true });
		crawls.crawls = [running('a'), running('b')];
		await crawls.trigger.activate();
		return crawls;
	};

	it('at once give an end once', async () => {
		const { crawls, trigger } = await listed();
		crawls.splice(0, 2, done('a'), done('b'));
		await Promise.all([trigger.poll(), trigger.poll()]);
		expect(idsOf(trigger).sort()).toEqual(['a', 'b']);
	});

	it('of which one begins before the other is saved give an end once', async () => {
		const { crawls, trigger } = await listed();
		crawls.splice(0, 2, done('a'), done('b'));
		await trigger.poll();
		await trigger.pollLate();
		expect(idsOf(trigger).sort()).toEqual(['a', 'b']);
	});
});

it.each<[string, (listed: ListedCrawls, isBroken: boolean) => void]>([
	[
		'the list',
		(listed, isBroken) => {
			listed.fault = isBroken ? () => ({ status: 403, body: {} }) : null;
		},
	],
	[
		'the credential',
		({ credential }, isBroken) => {
			credential.apiKey = isBroken ? '' : 'key-of-this-test';
		},
	],
])('a late poll that fails at %s undoes nothing', async (_, setBroken) => {
	const listed = await listedAt('geonode', { isDurable: true });
	listed.crawls = [running('a')];
	await listed.trigger.activate();
	expect(await listed.poll(done('a'))).toEqual(['a']);
	setBroken(listed, true);
	await listed.trigger.pollLate();
	setBroken(listed, false);
	time.advance(60 * SECOND);
	expect(await listed.poll(done('a'))).toEqual([]);
});

it('an end that n8n could not save is given again half a minute later', async () => {
	const listed = await listedAt('geonode', { isDurable: true });
	listed.crawls = [running('a')];
	await listed.trigger.activate();
	listed.trigger.failNextStart();
	expect(await listed.poll(done('a'))).toEqual([]);
	time.advance(10 * SECOND);
	expect(await listed.poll(done('a'))).toEqual([]);
	time.advance(20 * SECOND);
	expect(await listed.poll(done('a'))).toEqual(['a']);
	time.advance(60 * SECOND);
	expect(await listed.poll(done('a'))).toEqual([]);
});

it('an end that another poll did not know of is given at the next one', async () => {
	const listed = await listedAt('geonode', { isDurable: true });
	listed.crawls = [running('a'), running('b')];
	await listed.trigger.activate();
	expect(await listed.poll(done('a'), running('b'))).toEqual(['a']);
	listed.crawls = [done('a'), done('b')];
	await listed.trigger.pollLate();
	expect(await listed.poll(done('a'), done('b'))).toEqual(['b']);
});
