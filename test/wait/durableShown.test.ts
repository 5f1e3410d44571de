import type { TestNode } from '../support/engine/runWorkflow';
import { useSimulator } from '../support/useSimulator';
import { DurableWait, GUARD, SUPERVISOR, useWakeUpClock, WATCHER } from './durableWait';

const simulator = useSimulator();

beforeEach(() => {
	const crawl = { provider: 'geonode', pages: 10 } as const;
	simulator.scriptJob({ ...crawl, jobId: 'crawl', outcome: 'failed', durationMs: 100_000 });
	simulator.scriptJob({ ...crawl, jobId: 'other', outcome: 'never', durationMs: 0 });
	simulator.scriptJob({ ...crawl, jobId: 'ended', outcome: 'succeeded', durationMs: 0 });
});
useWakeUpClock();

describe('while a durable wait is parked, n8n shows at its node', () => {
	it('what it waits for, and what to do to give up', async () => {
		const wait = await start(['crawl']);
		expect(wait.hints).toEqual([
			expect.stringMatching(
				/^Waiting for 1 crawl: \w+, \d+ of 10 pages\. This execution goes on by itself; you can close the window\. To give up, stop it\.$/,
			),
		]);
	});

	it('how many crawls it still waits for, with all their pages', async () => {
		const wait = await start(['crawl', 'other', 'ended']);
		expect(wait.hints).toEqual([
			expect.stringMatching(/^Waiting for 2 crawls: .*running, \d+ of 20 pages\./),
		]);
	});

	it('that no check has found a crawl so far', async () => {
		const wait = await start(['gone']);
		expect(wait.hints).toEqual([expect.stringContaining('1 crawl: not found yet.')]);
	});

	it('how many crawls no check has found so far', async () => {
		const wait = await start(['gone', 'crawl', 'lost']);
		expect(wait.hints).toEqual([
			expect.stringMatching(/^Waiting for 3 crawls: \w+, \d+ of 10 pages, 2 not found yet\. This/),
		]);
	});

	it('the same after a loss', async () => {
		const wait = await start(['crawl']);
		for (const id of wait.executions.idsOf(SUPERVISOR)) await wait.executions.giveUp(id);
		expect(wait.hints).toEqual([expect.stringContaining('Waiting for 1 crawl: ')]);
	});

	it('no output, and so no branch', async () => {
		const wait = await start(['crawl']);
		expect(wait.outputs).toEqual([]);
	});

	it('only the summary once it is over', async () => {
		const wait = await start(['crawl']);
		await wait.untilOver();
		expect(wait.hints).toEqual(['Crawls: 1 failed (see Failed)']);
	});
});

describe('custom data of the executions of a durable wait', () => {
	it('say in the execution of the user which crawl it waits for, then how it ended', async () => {
		const wait = await start(['crawl']);
		const crawl = { crawl: 'crawl', crawlProvider: 'geonode' };
		expect(customData(wait, wait.id)).toEqual({ ...crawl, crawlOutcome: 'waiting' });
		await wait.untilOver();
		expect(customData(wait, wait.id)).toEqual({ ...crawl, crawlOutcome: 'failed' });
	});

	it('say in the watcher how the crawl is doing', async () => {
		const wait = await start(['crawl']);
		const progress = () => customData(wait, wait.executions.latest(WATCHER))?.crawlProgress;
		expect(progress()).toMatch(/^\w+, \d+ of 10 pages$/);
		await wait.untilOver();
		expect(progress()).toBe('ended');
	});

	it.each([SUPERVISOR, WATCHER, GUARD])(
		'say whose wait it is in every helper: %s',
		async (name) => {
			const wait = await start(['crawl']);
			const owners = wait.executions.idsOf(name).map((id) => customData(wait, id)?.crawlWaitOf);
			expect([...new Set(owners)]).toEqual([wait.id]);
		},
	);
});

it('a note in every helper of a durable wait says which execution to stop instead', async () => {
	const wait = await start(['crawl']);
	const helpers = [SUPERVISOR, WATCHER, GUARD].flatMap((name) => wait.executions.idsOf(name));
	const notes = helpers.map((id) => noteIn(wait.executions.nodes(id)));
	expect(notes).toEqual(
		helpers.map(() => expect.stringContaining(`durable wait of **execution ${wait.id}**`)),
	);
});

function noteIn(nodes: readonly TestNode[]): unknown {
	return nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote')?.parameters?.content;
}

function customData({ executions }: DurableWait, id: string) {
	return executions.run(id).run.data.resultData.metadata;
}

async function start(jobIds: string[]): Promise<DurableWait> {
	return await DurableWait.start(simulator, { items: jobIds.map((jobId) => ({ jobId })) });
}
