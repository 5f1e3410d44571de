import type { ScriptedAnswer } from '../support/listServer';
import { useListedCrawls, type ListedCrawl } from './listedCrawls';

const listedAt = useListedCrawls();

const running = (id: string): ListedCrawl => ({ id, word: 'processing' });
const done = (id: string): ListedCrawl => ({ id, word: 'completed' });

const answer = (status: number, body: unknown = { message: 'No' }): ScriptedAnswer => ({
	status,
	body,
});

/** Faults that pass, without the pauses between their tries: n8n's own time is not tested here. */
const PASSING: Array<[string, ScriptedAnswer]> = [
	['503', answer(503)],
	['an answer that is no list', answer(200, { hello: 'world' })],
	['a rate limit', { ...answer(429), headers: { 'retry-after': '3600' } }],
];

describe.each([false, true])('an outage (durable: %s)', (isDurable) => {
	it.each(PASSING)('of %s loses nothing, repeats nothing and is told once', async (_, fault) => {
		const listed = await listedAt('geonode', { isDurable });
		listed.crawls = [done('old'), running('a'), running('b')];
		await listed.trigger.activate();
		listed.fault = () => fault;
		for (let polls = 0; polls < 4; polls++) {
			expect(await listed.poll(done('old'), done('a'), running('b'))).toEqual([]);
		}
		listed.fault = null;
		expect(await listed.poll(done('old'), done('a'), done('b'))).toEqual(['a', 'b']);
		expect(listed.trigger.log).toEqual([
			['warn', expect.stringMatching(/^Crawls cannot be listed: .*finds what has ended meanwhile/)],
			['info', 'The crawls of Geonode can be listed again'],
		]);
		expect(listed.trigger.failures).toEqual([]);
	});

	it('of a credential is told once, also to the error workflow, and ends when it works again', async () => {
		const listed = await listedAt('geonode', { isDurable });
		listed.crawls = [running('a')];
		await listed.trigger.activate();
		listed.fault = () => answer(401);
		for (let polls = 0; polls < 4; polls++) expect(await listed.poll(done('a'))).toEqual([]);
		listed.fault = null;
		expect(await listed.poll(done('a'))).toEqual(['a']);
		expect(listed.trigger.log.map(([level]) => level)).toEqual(['warn', 'info']);
		expect(listed.trigger.failures).toEqual([
			expect.objectContaining({ message: expect.stringContaining('Geonode') as string }),
		]);
	});

	it('behind a credential that was edited is told once, and the first look is made up for', async () => {
		const listed = await listedAt('geonode', { isDurable });
		listed.crawls = [running('a')];
		await listed.trigger.activate();
		listed.credential.baseUrl = `${listed.credential.baseUrl as string}/moved`;
		listed.fault = () => answer(401);
		for (let polls = 0; polls < 3; polls++) expect(await listed.poll(done('a'))).toEqual([]);
		listed.fault = null;
		expect(await listed.poll(done('a'), running('b'))).toEqual([]);
		expect(await listed.poll(done('a'), done('b'))).toEqual(['b']);
		expect(listed.trigger.log.map(([level]) => level)).toEqual(['warn', 'info']);
		expect(listed.trigger.log[0]).toEqual(['warn', expect.not.stringContaining('meanwhile')]);
		expect(listed.trigger.failures).toHaveLength(1);
	});

	it('of a server that falls silent ends with the time that n8n gives a poll', async () => {
		const listed = await listedAt('geonode', { isDurable });
		listed.crawls = [running('a')];
		await listed.trigger.activate();
		listed.trigger.pollBudgetMs = 200;
		listed.fault = () => null;
		expect(await listed.poll(done('a'))).toEqual([]);
		expect(listed.trigger.log).toEqual([['warn', expect.stringContaining('in time')]]);
		listed.fault = null;
		listed.trigger.pollBudgetMs = 60_000;
		expect(await listed.poll(done('a'))).toEqual(['a']);
	});

	it('that becomes one of the credential is told as that too', async () => {
		const listed = await listedAt('geonode', { isDurable });
		await listed.trigger.activate();
		listed.fault = () => answer(503);
		await listed.poll();
		listed.fault = () => answer(403);
		await listed.poll();
		listed.fault = () => answer(503);
		await listed.poll();
		expect(listed.trigger.log.map(([level]) => level)).toEqual(['warn', 'warn']);
		expect(listed.trigger.failures).toHaveLength(1);
	});
});

describe('a fault at the activation', () => {
	it.each([
		['passes', 503, {}],
		['does not pass', 401, {}],
		['comes with emitEnded', 401, { options: { emitEnded: true } }],
	])('that %s keeps the workflow inactive and says why', async (_, status, parameters) => {
		const listed = await listedAt('geonode', { parameters });
		listed.fault = () => answer(status);
		await expect(listed.trigger.activate()).rejects.toMatchObject({
			message: expect.stringContaining('Geonode') as string,
		});
	});

	it('leaves the next one that succeeds to be the first', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = [done('a'), running('b')];
		listed.fault = () => answer(401);
		await expect(listed.trigger.activate()).rejects.toThrow();
		listed.fault = null;
		await listed.trigger.activate();
		expect(await listed.poll(done('a'), done('b'))).toEqual(['b']);
	});

	it('leaves it so when the workflow had been active before', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = [running('a'), running('b')];
		await listed.trigger.activate();
		await listed.trigger.deactivate();
		listed.fault = () => answer(503);
		await expect(listed.trigger.activate()).rejects.toThrow();
		listed.fault = null;
		listed.crawls = [done('a'), running('b')];
		await listed.trigger.activate();
		expect(await listed.poll(done('a'), done('b'))).toEqual(['b']);
	});

	it('of a list that breaks off takes no half of it for the whole', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = Array.from({ length: 60 }, (_, index) => done(`job ${index}`));
		listed.fault = (page) => (page === 2 ? answer(401) : undefined);
		await expect(listed.trigger.activate()).rejects.toThrow();
	});

	it('does not happen when n8n starts while the provider is down', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = [running('a')];
		await listed.trigger.activate();
		listed.fault = () => answer(401);
		await listed.trigger.restart();
		listed.fault = null;
		expect(await listed.poll(done('a'))).toEqual(['a']);
	});
});

it('the credential is in no log and no error', async () => {
	const listed = await listedAt('geonode');
	await listed.trigger.activate();
	listed.fault = () => answer(401, { message: 'The key key-of-this-test is wrong' });
	await listed.poll();
	const told = JSON.stringify([listed.trigger.log, listed.trigger.failures]);
	expect(told).toContain('is wrong');
	expect(told).not.toContain('key-of-this-test');
});
