import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { useSimulator } from '../support/useSimulator';
import { waitFor } from '../wait/waitNode';
import { JOB_ID, pathorsNode } from './pathorsNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const { ids, pathors, scriptJob, listShows } = pathorsNode(simulator);

describe('Wait Until Crawl Done', () => {
	const waitForItems = async (items: IDataObject[], options: INodeParameters = {}) =>
		await waitFor(simulator, { provider: 'pathors', items, options });

	it.each([
		['succeeded', 'success'],
		['failed', 'failed'],
		['cancelled', 'cancelled'],
	] as const)('sends a crawl that has %s to its output', async (outcome, output) => {
		const item = scriptJob({ outcome });
		const run = await waitForItems([item]);
		expect(run[output].map(({ json }) => json)).toEqual([
			expect.objectContaining({ ...item, status: outcome }),
		]);
	});

	it('needs no typing after Start', async () => {
		scriptJob();
		const { json } = await pathors({
			resource: 'crawl',
			operation: 'start',
			url: `${simulator.siteUrl}handbook/`,
		});
		const { success } = await waitForItems(json);
		expect(success[0]?.json).toMatchObject({ jobId: json[0]?.jobId, status: 'succeeded' });
	});

	it('asks once for all crawls of a knowledge base', async () => {
		const items = ['job1', 'job2', 'job3'].map((jobId) => scriptJob({ jobId }));
		const { success } = await waitForItems(items);
		expect(success).toHaveLength(3);
		expect(simulator.requests).toHaveLength(1);
	});

	it('waits on while the list does not show the crawl yet', async () => {
		const item = scriptJob({ visibleAfterMs: 500 });
		const { success } = await waitForItems([item]);
		expect(success).toHaveLength(1);
	});

	it('keeps a crawl with an unknown status on Still Running', async () => {
		const item = scriptJob({ outcome: 'never', status: 'indexing' });
		const { stillRunning } = await waitForItems([item], { maxWaitMinutes: 0.01 });
		expect(stillRunning[0]?.json).toMatchObject({
			status: 'unknown',
			warnings: [expect.stringContaining('"indexing"')],
		});
	});

	it('is not disturbed by odd entries of other crawls', async () => {
		const others = [{ jobId: 'job0' }, null, { status: 'failed' }];
		const item = scriptJob(listShows([1, 1], [...others, { jobId: JOB_ID, status: 'completed' }]));
		const { success } = await waitForItems([item]);
		expect(success[0]?.json).toMatchObject({ ...item, status: 'succeeded', wait: { checks: 1 } });
	});

	it("waits on while the crawl's own entry cannot be read", async () => {
		const item = scriptJob(listShows([1, 1], [{ jobId: JOB_ID, total: 4 }]));
		const { success } = await waitForItems([item]);
		expect(success[0]?.json).toMatchObject({ ...item, status: 'succeeded', wait: { checks: 2 } });
	});

	it('statusMap: takes the meaning of a word from the user', async () => {
		const item = scriptJob({ outcome: 'never', status: 'indexing' });
		const statusMap = { words: [{ word: 'Indexing', status: 'succeeded' }] };
		const { success } = await waitForItems([item], { statusMap });
		expect(success).toHaveLength(1);
	});

	it('names the item of a start whose id was not found', async () => {
		scriptJob();
		const { error } = await waitForItems([{ jobId: '', reference: { ...ids, jobId: '' } }]);
		expect(error?.message).toContain("'Crawl' is missing [item 0]");
	});
});
