import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { JobScript } from '../support/simulator';
import { useSimulator } from '../support/useSimulator';
import { waitFor, type WaitRun } from './waitNode';

const simulator = useSimulator();

/** A crawl whose status is a word that nobody knows, so that only its counters tell of its end. */
function wordlessCrawl(script: Partial<Extract<JobScript, { provider: 'pathors' }>>): IDataObject {
	simulator.scriptJob({
		provider: 'pathors',
		jobId: 'job1',
		status: 'indexing',
		durationMs: 0,
		outcome: 'succeeded',
		...script,
	});
	return { jobId: 'job1', reference: { ...simulator.ids.pathors, jobId: 'job1' } };
}

const wait = async (item: IDataObject, parameters: INodeParameters = {}): Promise<WaitRun> =>
	await waitFor(simulator, {
		provider: 'pathors',
		items: [item],
		options: { maxWaitMinutes: 0.1 },
		parameters,
	});

const stillOpen = {
	jobId: 'job1',
	status: 'unknown',
	isFinal: false,
	warnings: [expect.stringContaining('"indexing"')],
};

describe('a crawl of which only the counters say that it has ended', () => {
	it('does not leave on Success for counters that were even for a moment', async () => {
		const onePage = { jobId: 'job1', status: 'indexing', total: 1, done: 1, failed: 0 };
		const item = wordlessCrawl({
			outcome: 'never',
			faults: [{ check: [1, 2], fault: { kind: 'http', status: 200, body: { jobs: [onePage] } } }],
		});
		const { outputs, stillRunning } = await wait(item);
		expect(outputs.map((items) => items.length)).toEqual([0, 0, 0, 1]);
		expect(stillRunning[0]?.json).toMatchObject({
			...stillOpen,
			progress: { total: 10, completed: 9 },
		});
	});

	it.each<[string, INodeParameters]>([
		['after a maximum wait that is over before it has stood still', {}],
		['after a single check', { waitMode: 'checkOnce' }],
	])('leaves on Still Running %s', async (_, parameters) => {
		const { outputs, stillRunning } = await wait(wordlessCrawl({}), parameters);
		expect(outputs.map((items) => items.length)).toEqual([0, 0, 0, 1]);
		expect(stillRunning[0]?.json).toMatchObject(stillOpen);
	});
});
