import { readTriggerSettings, withFieldsRead } from '../../nodes/CrawlFinishedTrigger/fields';
import type { INodeParameters } from 'n8n-workflow';

import { useSimulatorPerTest } from '../support/useSimulator';
import { useListedCrawls, type ListedCrawl } from './listedCrawls';
import { idsOf, triggerAt } from './trigger';

const listedAt = useListedCrawls();
const simulator = useSimulatorPerTest();

const crawl = (id: string, word: string): ListedCrawl => ({ id, word });
const running = (id: string) => crawl(id, 'processing');
const done = (id: string) => crawl(id, 'completed');

describe('outcomes', () => {
	it.each<[INodeParameters, string[]]>([
		[{}, ['a', 'b', 'c']],
		[{ outcomes: ['failed'] }, ['b']],
		[{ outcomes: ['succeeded', 'cancelled'] }, ['a', 'c']],
		[{ outcomes: 'Failed, Cancelled' }, ['b', 'c']],
	])('%j start the workflow for %j', async (parameters, expected) => {
		const listed = await listedAt('geonode', { parameters });
		await listed.trigger.activate();
		const ids = await listed.poll(done('a'), crawl('b', 'failed'), crawl('c', 'cancelled'));
		expect(ids).toEqual(expected);
	});

	it('that are not wanted count as seen', async () => {
		const listed = await listedAt('geonode', { parameters: { outcomes: ['failed'] } });
		await listed.trigger.activate();
		expect(await listed.poll(done('a'))).toEqual([]);
		listed.trigger.setParameters({ provider: 'geonode', outcomes: ['succeeded'] });
		await listed.trigger.activate('update');
		expect(await listed.poll(done('a'), done('b'))).toEqual(['b']);
	});
});

describe('emitEnded', () => {
	it('gives what ended while the workflow was inactive, and nothing twice', async () => {
		const listed = await listedAt('geonode', { parameters: { options: { emitEnded: true } } });
		listed.crawls = [done('a')];
		await listed.trigger.activate();
		await listed.trigger.deactivate();
		listed.crawls = [done('a'), done('b')];
		await listed.trigger.activate();
		expect(idsOf(listed.trigger)).toEqual(['a', 'b']);
	});
});

describe('the place that the trigger looks at', () => {
	it('starts anew when it changes', async () => {
		const listed = await listedAt('pathors');
		listed.crawls = [done('a')];
		await listed.trigger.activate();
		const elsewhere = { provider: 'pathors', projectId: 'p', knowledgeBaseId: 'other' };
		listed.trigger.setParameters(elsewhere);
		listed.crawls = [done('x'), running('y')];
		await listed.trigger.activate('update');
		expect(await listed.poll(done('x'), done('y'))).toEqual(['y']);
	});

	it('stays the same when the workflow is changed elsewhere, so that no end is lost', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = [running('a')];
		await listed.trigger.activate();
		listed.crawls = [done('a')];
		await listed.trigger.activate('update');
		expect(idsOf(listed.trigger)).toEqual(['a']);
	});
});

describe('an expression that cannot be evaluated', () => {
	it('keeps the workflow inactive, instead of standing for an empty field', async () => {
		const workspaceId = "={{ $('Config').first().json.workspace }}";
		const listed = await listedAt('convocore', { parameters: { workspaceId } });
		await expect(listed.trigger.activate()).rejects.toThrow("field 'Workspace'");
		expect(listed.requests).toEqual([]);
	});
});

describe('statusMap', () => {
	it('gives a word of Pathors its meaning', async () => {
		const options = { statusMap: '{ "embedded": "succeeded" }' };
		const listed = await listedAt('pathors', { parameters: { options } });
		listed.crawls = [running('a')];
		await listed.trigger.activate();
		expect(await listed.poll(crawl('a', 'embedded'))).toEqual(['a']);
	});
});

describe('waitFor', () => {
	const script = {
		provider: 'highLevel',
		jobId: 'op1',
		outcome: 'succeeded',
		durationMs: 0,
	} as const;

	it.each([
		['discovery', ['op1']],
		['training', []],
	])('%s gives a discovery that has ended as %j', async (waitFor, expected) => {
		const trigger = triggerAt(simulator, 'highLevel', { waitFor });
		await trigger.activate();
		simulator.scriptJob(script);
		await trigger.poll();
		expect(idsOf(trigger)).toEqual(expected);
	});
});

describe('the item', () => {
	const script = {
		provider: 'geonode',
		jobId: 'job1',
		outcome: 'succeeded',
		durationMs: 0,
	} as const;

	async function itemWith(options: INodeParameters) {
		const trigger = triggerAt(simulator, 'geonode', { options });
		await trigger.activate();
		simulator.scriptJob({ ...script, pages: 3 });
		await trigger.poll();
		return trigger.items[0];
	}

	it('has neither the raw response nor the pages unless they are wanted', async () => {
		const item = await itemWith({});
		expect(Object.keys(item ?? {})).not.toEqual(expect.arrayContaining(['raw', 'pages']));
	});

	it('has the raw response with includeRaw', async () => {
		const item = await itemWith({ includeRaw: true });
		expect(item).toMatchObject({ raw: { job_id: 'job1' }, warnings: [] });
	});

	it('has the pages with returnPages', async () => {
		const item = await itemWith({ returnPages: true });
		expect(item?.pages).toHaveLength(3);
	});

	it('is there all the same, with warnings, when neither can be had', async () => {
		const listed = await listedAt('geonode', {
			parameters: { options: { includeRaw: true, returnPages: true } },
		});
		await listed.trigger.activate();
		listed.fault = (_, path) => (path.endsWith('/a') ? { status: 409, body: {} } : undefined);
		expect(await listed.poll(done('a'))).toEqual(['a']);
		expect(listed.trigger.items[0]).toMatchObject({
			isFinal: true,
			raw: null,
			pages: null,
			warnings: [
				'The raw response could not be fetched.',
				expect.stringContaining('The pages of the crawl could not be fetched'),
			],
		});
	});
});

describe('Fetch Test Event', () => {
	it('gives the crawl that ended last, with one of the outcomes', async () => {
		const listed = await listedAt('geonode', { parameters: { outcomes: ['succeeded'] } });
		const at = (day: number) => ({ completed_at: `2026-05-0${day}T10:00:00Z` });
		listed.crawls = [
			running('running'),
			{ ...done('early'), more: at(1) },
			{ ...done('late'), more: at(3) },
			{ ...crawl('failed', 'failed'), more: at(4) },
		];
		const items = await listed.trigger.fetchTestEvent();
		expect(items?.flat().map(({ json }) => json.jobId)).toEqual(['late']);
	});

	it('says so where none has ended so', async () => {
		const listed = await listedAt('geonode');
		listed.crawls = [running('a')];
		await expect(listed.trigger.fetchTestEvent()).rejects.toMatchObject({
			message: 'Geonode lists no crawl here that has ended with one of the selected outcomes',
			description: expect.stringContaining("'Outcomes'") as string,
		});
	});

	it('shows a fault without the credential', async () => {
		const listed = await listedAt('geonode');
		listed.fault = () => ({ status: 401, body: { message: 'No key-of-this-test' } });
		const error: unknown = await listed.trigger.fetchTestEvent().catch((thrown: unknown) => thrown);
		expect(JSON.stringify(error)).not.toContain('key-of-this-test');
		expect(error).toMatchObject({ name: 'NodeApiError' });
	});
});

describe('the fields of a poll', () => {
	it('are read at once, since n8n may evaluate no expression later', () => {
		let isOver = false;
		const values: Record<string, unknown> = { provider: 'highLevel', waitFor: 'training' };
		const settings = readTriggerSettings((name, fallback) => {
			if (isOver) throw new Error('There is nothing to evaluate an expression with');
			return values[name] ?? fallback;
		});
		const { parameter } = withFieldsRead(settings);
		isOver = true;
		expect(parameter('waitFor')).toBe('training');
		expect(parameter('options', {})).toEqual({});
	});
});
