import { useSimulatorPerTest } from '../useSimulator';
import { at, authHeaders, call, callUntil, statusPath } from './testClient';

const CRAWLER = '/knowledge-bases/crawler';
const HANDBOOK_PAGES = 5;

const simulator = useSimulatorPerTest({ pageDelayMs: 5 });

async function discover(path: string, body: object = {}): Promise<string> {
	const url = simulator.siteUrl + path;
	const answer = await call(simulator, 'highLevel', CRAWLER, {
		method: 'POST',
		body: { ...simulator.ids.highLevel, url, option: 'Path', ...body },
	});
	expect(answer.status).toBe(201);
	return String(at(answer.json, 'data', 'operationId'));
}

/** The operation once it has the given status, as `{aggregate, operationDetails}`. */
async function reach(operationId: string, status: string): Promise<unknown> {
	const json = await callUntil(
		() => call(simulator, 'highLevel', statusPath(simulator, 'highLevel', operationId)),
		(answer) => at(answer, 'data', 'operationDetails', 'status') === status,
	);
	return at(json, 'data');
}

const discovered = async (operationId: string) => await reach(operationId, 'Pending');
const trained = async (operationId: string) => await reach(operationId, 'Successful');

async function train(operationId: string, urlIds: unknown[]): Promise<void> {
	const body = { ...simulator.ids.highLevel, operationId, urlIds };
	await call(simulator, 'highLevel', `${CRAWLER}/train`, { method: 'POST', body });
}

/** Discovers the handbook and trains its first two pages. */
async function trainTwoPages(): Promise<{ operationId: string; urlIds: unknown[] }> {
	const operationId = await discover('handbook/');
	const operation = await discovered(operationId);
	const urlIds = [0, 1].map((index) => at(operation, 'aggregate', 0, 'records', index, 'id'));
	await train(operationId, urlIds);
	await trained(operationId);
	return { operationId, urlIds };
}

function trainedUrls() {
	const query = new URLSearchParams(simulator.ids.highLevel).toString();
	const headers = { ...authHeaders(simulator, 'highLevel'), version: 'v3' };
	return call(simulator, 'highLevel', `${CRAWLER}?${query}`, { headers });
}

describe('a HighLevel crawl', () => {
	it('is started as Processing, and ends its discovery as Pending with nothing trained', async () => {
		expect(await discovered(await discover('handbook/'))).toMatchObject({
			aggregate: [{ _id: 'Pending' }],
			operationDetails: { discoveredUrlsCount: HANDBOOK_PAGES, trainedUrlsCount: 0 },
		});
	});

	it('trains the chosen pages under the same operation', async () => {
		const { operationId } = await trainTwoPages();
		const operation = await trained(operationId);
		expect(at(operation, 'operationDetails', 'trainedUrlsCount')).toBe(2);
	});

	it('trains all pages by itself when it was asked to', async () => {
		const operationId = await discover('handbook/', { autoTrain: true });
		const operation = await trained(operationId);
		expect(at(operation, 'operationDetails', 'trainedUrlsCount')).toBe(HANDBOOK_PAGES);
	});

	it('groups a page that failed under its error', async () => {
		expect(at(await discovered(await discover('')), 'aggregate')).toContainEqual({
			_id: 'Failed',
			records: [
				expect.objectContaining({ error: expect.objectContaining({ status: 404, options: null }) }),
			],
		});
	});

	it('fetches one page only in the mode Exact', async () => {
		const operation = await discovered(await discover('handbook/', { option: 'Exact' }));
		expect(at(operation, 'operationDetails', 'discoveredUrlsCount')).toBe(1);
	});

	it('finds pages that another operation trained as existing ones', async () => {
		await trainTwoPages();
		const again = await discovered(await discover('handbook/'));
		expect(at(again, 'aggregate')).toMatchObject([
			{ _id: 'Existing', records: [expect.anything(), expect.anything()] },
			{ _id: 'Pending' },
		]);
	});

	it('is what the status tells of in newer versions when no operation is named', async () => {
		const operationId = await discover('handbook/');
		const query = new URLSearchParams(simulator.ids.highLevel).toString();
		const headers = { ...authHeaders(simulator, 'highLevel'), version: '2021-07-28' };
		const { json } = await call(simulator, 'highLevel', `${CRAWLER}/status?${query}`, { headers });
		expect(at(json, 'operationDetails', '_id')).toBe(operationId);
	});
});

describe('the trained pages of a HighLevel knowledge base', () => {
	it('are listed', async () => {
		await trainTwoPages();
		expect((await trainedUrls()).json).toMatchObject({
			count: 2,
			urls: [{ title: 'Workshop handbook | Larkfield Handbook', status: 'Successful' }, {}],
		});
	});

	it('are deleted by their ids in the body', async () => {
		const { urlIds } = await trainTwoPages();
		const body = { ...simulator.ids.highLevel, urlIds: urlIds.slice(0, 1), deleteAll: false };
		await call(simulator, 'highLevel', CRAWLER, { method: 'DELETE', body });
		expect((await trainedUrls()).json).toMatchObject({ count: 1, urls: [{ id: urlIds[1] }] });
	});
});
