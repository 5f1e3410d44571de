import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { packageNodes } from '../support/engine/packageTypes';
import { runWorkflow, START } from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { startSimulator, type Simulator } from '../support/simulator';
import { waitFor } from '../wait/waitNode';
import { crawlItem, scriptCrawl } from './highLevelNode';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ pageDelayMs: 1 });
});
afterAll(async () => simulator.close());
beforeEach(() => {
	simulator.requests.length = 0;
});

const wait = async (parameters: INodeParameters = {}, options: INodeParameters = {}) =>
	await waitFor(simulator, {
		provider: 'highLevel',
		items: [crawlItem(simulator)],
		parameters,
		options,
	});

describe('waiting for a HighLevel crawl', () => {
	it.each([
		['succeeded', 'success'],
		['failed', 'failed'],
		['cancelled', 'cancelled'],
	] as const)('that has %s ends on the output %s', async (outcome, output) => {
		scriptCrawl(simulator, { outcome, durationMs: 500 });
		const run = await wait();
		expect(run[output].map(({ json }) => json)).toEqual([
			expect.objectContaining({ ...crawlItem(simulator), status: outcome }),
		]);
	});

	it('uses the chosen version of the API', async () => {
		scriptCrawl(simulator);
		await wait({ apiVersion: 'v3' });
		expect(simulator.requests.map(({ headers }) => headers.version)).toEqual(['v3']);
	});

	it('goes on past the discovery when it waits for the training', async () => {
		scriptCrawl(simulator, { training: { gapMs: 500, durationMs: 500 } });
		const { success } = await wait({ waitFor: 'training' });
		expect(success[0]?.json).toMatchObject({
			rawStatus: 'Successful',
			details: { phase: 'training', trainedUrlsCount: 10 },
			warnings: [],
		});
		expect(simulator.requests.length).toBeGreaterThan(1);
	});

	it('is still running while no page has been trained', async () => {
		scriptCrawl(simulator);
		const { stillRunning } = await wait({ waitFor: 'training' }, { maxWaitMinutes: 0.02 });
		expect(stillRunning[0]?.json).toMatchObject({
			status: 'running',
			warnings: ['The discovery has ended, and no page has been trained yet.'],
		});
	});

	it('adds the pages of the crawl on request', async () => {
		scriptCrawl(simulator, { pages: 3 });
		const { success } = await wait({}, { returnPages: true });
		expect(success[0]?.json.pages).toHaveLength(3);
	});
});

it('Start → Wait → Train → Wait → Get Many needs no typing', async () => {
	const wait = { provider: 'highLevel', options: { responsiveness: 'fixed', intervalSeconds: 1 } };
	const steps: Array<[string, string, INodeParameters]> = [
		[
			'Start',
			'highLevelCrawler',
			{
				resource: 'crawl',
				operation: 'start',
				knowledgeBaseId: simulator.ids.highLevel.knowledgeBaseId,
				url: `${simulator.siteUrl}handbook/`,
			},
		],
		['Discovered', 'waitUntilCrawlDone', wait],
		['Train', 'highLevelCrawler', { resource: 'url', operation: 'train' }],
		['Trained', 'waitUntilCrawlDone', { ...wait, waitFor: 'training' }],
		['Pages', 'highLevelCrawler', { resource: 'url', operation: 'getMany' }],
	];
	const run = await runWorkflow({
		nodes: steps.map(([name, type, parameters]) => ({
			name: `${name} step`,
			type: `n8n-nodes-crawl-jobs.${type}`,
			parameters,
		})),
		connections: Object.fromEntries(
			[START, ...steps.map(([name]) => `${name} step`)]
				.slice(0, -1)
				.map((name, index) => [
					name,
					{ main: [[{ node: `${steps[index]?.[0]} step`, type: 'main', index: 0 }]] },
				]),
		),
		items: [{}],
		credentials: simulatorCredentials(simulator),
	});
	const [train] = run.outputsOf('Train step').flat();
	const pages = run.outputsOf('Pages step').flat();
	expect(run.error).toBeUndefined();
	expect(pages.length).toBe(train?.json.queuedPages);
	expect(new Set(pages.map(({ json }) => json.status))).toEqual(new Set(['Successful']));
});

describe('the credentials of the wait node', () => {
	it.each([
		[
			{ provider: 'highLevel', authentication: 'privateIntegration' },
			'highLevelPrivateIntegrationApi',
		],
		[{ provider: 'highLevel', authentication: 'oAuth2' }, 'highLevelCrawlerOAuth2Api'],
		[{ provider: 'geonode' }, 'geonodeScraperApi'],
		[{ provider: 'geonode', authentication: 'oAuth2' }, 'geonodeScraperApi'],
	])('for %j are %s alone', (parameters, expected) => {
		const node = packageNodes['n8n-nodes-crawl-jobs.waitUntilCrawlDone'];
		const shown = node?.description.credentials?.filter((credential) =>
			NodeHelpers.displayParameter(parameters, credential, null, null),
		);
		expect(shown?.map(({ name }) => name)).toEqual([expected]);
	});
});
