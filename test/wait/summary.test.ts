import type { INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowRun } from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import type { JobScript } from '../support/simulator';
import { useSimulator } from '../support/useSimulator';
import { waitForCrawls } from './geonodeWait';

const simulator = useSimulator();

const JOBS: Array<Partial<JobScript> & Pick<JobScript, 'jobId' | 'outcome'>> = [
	{ jobId: 'good', outcome: 'succeeded' },
	{ jobId: 'better', outcome: 'succeeded' },
	{ jobId: 'bad', outcome: 'failed' },
	{ jobId: 'cancelled', outcome: 'cancelled' },
	{ jobId: 'running', outcome: 'never' },
	{ jobId: 'partial', outcome: 'partial' },
];

beforeAll(() => {
	for (const job of JOBS) {
		simulator.scriptJob({ provider: 'geonode', durationMs: 0, pages: 10, ...job } as JobScript);
	}
});

interface Case {
	jobIds: string[];
	says: RegExp;
	type: 'info' | 'warning';
	options?: INodeParameters;
	settings?: Partial<INode>;
}

const CASES: Case[] = [
	{ jobIds: ['good', 'better'], says: /^Crawls: 2 succeeded$/, type: 'info' },
	{
		jobIds: ['good', 'bad', 'cancelled'],
		says: /^Crawls: 1 succeeded, 1 failed \(see Failed\), 1 cancelled \(see Cancelled\)$/,
		type: 'info',
	},
	{
		jobIds: ['partial', 'bad'],
		says: /^Crawls: 1 succeeded, \d+ of 10 pages failed, 1 failed \(see Failed\)$/,
		type: 'warning',
	},
	{
		jobIds: ['running'],
		options: { maxWaitMinutes: 0 },
		says: /^Crawls: 1 still running after 0 min \(see Still Running\)$/,
		type: 'warning',
	},
	{
		jobIds: ['good', 'running'],
		options: { stallMinutes: 0.01 },
		says: /^Crawls: 1 succeeded, 1 still running without progress for 0.01 min \(see Still Running\)$/,
		type: 'warning',
	},
	{
		jobIds: ['a/b'],
		settings: { onError: 'continueErrorOutput' },
		says: /^Crawls: 1 with an error \(see Error\)$/,
		type: 'warning',
	},
	{
		jobIds: ['a/b'],
		settings: { onError: 'continueRegularOutput' },
		says: /^Crawls: 1 with an error \(see Still Running\)$/,
		type: 'warning',
	},
	{
		jobIds: ['good', 'a/b'],
		settings: { onError: 'continueRegularOutput' },
		says: /^Crawls: 1 succeeded, 1 with an error \(see Still Running\)$/,
		type: 'warning',
	},
];

describe('the summary at the end of a wait says how the crawls ended, why, and where they are', () => {
	it.each(CASES)('$jobIds: $says', async ({ jobIds, says, type, options, settings }) => {
		const run = await wait(jobIds, options, settings);
		expect(run.hintsOf('Wait')[0]).toMatchObject({ message: expect.stringMatching(says), type });
	});

	it('is followed by the warnings of the crawls', async () => {
		const empty = { outcome: 'succeeded', durationMs: 0, pages: 0 } as const;
		simulator.scriptJob({ provider: 'geonode', jobId: 'empty', ...empty });
		const run = await wait(['empty']);
		const [item] = run.outputsOf('Wait')[0] ?? [];
		const [warning] = item?.json.warnings as string[];
		expect(run.hintsOf('Wait')[1]).toMatchObject({ message: warning, type: 'warning' });
	});
});

describe("custom data, by which n8n's list of executions can be filtered", () => {
	it.each([
		[['good', 'bad'], { crawl: 'good, bad', crawlOutcome: 'succeeded, failed' }],
		[['good', 'good'], { crawl: 'good', crawlOutcome: 'succeeded' }],
	])('names the crawls %j and their outcomes', async (jobIds, expected) => {
		const run = await wait(jobIds);
		expect(metadataOf(run)).toEqual({ ...expected, crawlProvider: 'geonode' });
	});

	it('says that there was an error', async () => {
		expect(metadataOf(await wait(['a/b']))).toEqual({ crawlOutcome: 'error' });
	});

	it('is cut before n8n complains about its length', async () => {
		const jobIds = Array.from({ length: 40 }, (_, index) => `crawl-with-a-name-${index}`);
		for (const jobId of jobIds) {
			simulator.scriptJob({ provider: 'geonode', jobId, outcome: 'succeeded', durationMs: 0 });
		}
		expect(metadataOf(await wait(jobIds))?.crawl).toHaveLength(255);
	});
});

function metadataOf({ run }: WorkflowRun) {
	return run.data.resultData.metadata;
}

async function wait(
	jobIds: string[],
	options?: INodeParameters,
	settings?: Partial<INode>,
): Promise<WorkflowRun> {
	return await waitForCrawls(simulatorCredentials(simulator), jobIds, options, settings);
}
