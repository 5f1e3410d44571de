import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { packageNodes } from '../support/engine/packageTypes';
import { runWorkflow, START } from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { useSimulator } from '../support/useSimulator';
import { waitFor } from '../wait/waitNode';
import { crawlItem, scriptCrawl } from './highLevelNode';

const simulator = useSimulator({ pageDelayMs: 1 });

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

	it('waitFor training: continues after the discovery', async () => {
		scriptCrawl(simulator, { training: { gapMs: 500, durationMs: 500 } });
		const { success } = await wait({ waitFor: 'training' });
		expect(success[0]?.json).toMatchObject({
			rawStatus: 'Successful',
			details: { phase: 'training', trainedUrlsCount: 10 },
			warnings: [],
		});
		expect(simulator.requests.length).toBeGreaterThan(1);
	});

	it('waitFor training: is still running while no page has been trained', async () => {
		scriptCrawl(simulator);
		const { stillRunning } = await wait({ waitFor: 'training' }, { maxWaitMinutes: 0.02 });
		expect(stillRunning[0]?.json).toMatchObject({
			status: 'running',
			warnings: ['The discovery has ended, but no pages have been trained yet.'],
		});
	});

	it('returnPages: adds the pages of the crawl', async () => {
		scriptCrawl(simulator, { pages: 3 });
		const { success } = await wait({}, { returnPages: true });
		expect(success[0]?.json.pages).toHaveLength(3);
	});
});

/** A discovery that stays Pending is taken as done once it has stood still for half a minute. */
const STANDSTILL_TIMEOUT_MS = 90_000;

describe.each(['Pending', 'Successful'] as const)(
	'with discoveries that end as %s',
	(discoveryEnd) => {
		const simulator = useSimulator({ pageDelayMs: 1, discoveryEnd });

		it(
			'Start → Wait → Train → Wait → Get Many needs no typing',
			async () => {
				const wait = {
					provider: 'highLevel',
					options: { responsiveness: 'fixed', intervalSeconds: 1 },
				};
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
			},
			STANDSTILL_TIMEOUT_MS,
		);
	},
);

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
