import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { JobScript } from '../support/simulator';
import { useSimulator } from '../support/useSimulator';
import { convocoreNode } from './convocoreNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const { convocore, scripted } = convocoreNode(simulator);

const bodies = () => simulator.requests.map(({ body }) => body);

describe('Crawl: Start', () => {
	const start = async (urls: unknown, more: INodeParameters = {}) =>
		await convocore({
			resource: 'crawl',
			operation: 'start',
			urls: urls as INodeParameters['urls'],
			...more,
		});

	it('gives the new crawl as a queued CrawlJob', async () => {
		const { json } = await start(simulator.siteUrl);
		expect(json).toEqual([
			expect.objectContaining({
				provider: 'convocore',
				status: 'queued',
				rawStatus: 'queued',
				url: simulator.siteUrl,
				reference: { workspaceId: simulator.ids.convocore.workspaceId, jobId: json[0]?.jobId },
			}),
		]);
	});

	it('sends one request, with no more than what the user set', async () => {
		await start(simulator.siteUrl);
		expect(bodies()).toEqual([{ urls: [simulator.siteUrl], crawl: true }]);
	});

	it.each([
		['lines of a text', (urls: string[]) => ` ${urls.join('\n\n')}\n`],
		['a list from an expression', (urls: string[]) => urls],
	])('takes several URLs as %s', async (_, write) => {
		const urls = [`${simulator.siteUrl}blog/`, `${simulator.siteUrl}handbook/`];
		await start(write(urls));
		expect(bodies()).toEqual([{ urls, crawl: true }]);
	});

	it('sends every option by its name in the API', async () => {
		await start(simulator.siteUrl, {
			options: {
				maxPages: 5,
				urlMatchers: '/blog/*\n/handbook/*',
				unMatchers: '/down/*',
				stayOnDomain: false,
				deep: true,
				useProxy: true,
				refreshRate: '24h',
				toAgentIds: ['simAgent1', 'simAgent2'],
			},
		});
		expect(bodies()).toEqual([
			{
				urls: [simulator.siteUrl],
				crawl: true,
				crawlOptions: {
					maxPages: 5,
					urlMatchers: ['/blog/*', '/handbook/*'],
					unMatchers: ['/down/*'],
					stayOnDomain: false,
				},
				deep: true,
				useProxy: true,
				refreshRate: '24h',
				toAgentIds: ['simAgent1', 'simAgent2'],
			},
		]);
	});

	it('leaves out the options for following links when none are followed', async () => {
		await start(simulator.siteUrl, { crawl: false, options: { maxPages: 5, deep: true } });
		expect(bodies()).toEqual([{ urls: [simulator.siteUrl], crawl: false, deep: true }]);
	});

	const webhook = (change: IDataObject = {}) => ({
		options: {
			webhook: {
				settings: {
					url: 'https://127.0.0.1:1/hook',
					events: ['job_completed'],
					secret: 'hook-secret-value',
					bearerToken: 'hook-token-value',
					headers: { header: [{ name: 'X-Tenant', value: 'hook-header-value' }] },
					...change,
				},
			},
		} as INodeParameters,
	});

	it('sends a webhook with its secrets', async () => {
		await start(simulator.siteUrl, webhook());
		expect(bodies()).toEqual([
			expect.objectContaining({
				webhook: {
					url: 'https://127.0.0.1:1/hook',
					events: ['job_completed'],
					secret: 'hook-secret-value',
					bearerToken: 'hook-token-value',
					headers: { 'X-Tenant': 'hook-header-value' },
				},
			}),
		]);
	});

	it('shows that a webhook has secrets, and none of them', async () => {
		const { json } = await start(simulator.siteUrl, webhook());
		expect(json[0]?.details).toMatchObject({
			webhook: { hasSecret: true, hasBearerToken: true, headerKeys: ['X-Tenant'] },
		});
		expect(JSON.stringify(json)).not.toMatch(/hook-(secret|token|header)-value/);
	});

	it('shows no secret of a webhook when the server sends it back in an error', async () => {
		const { error } = await start('https://example.com/hook-secret-value', webhook());
		expect(error?.description).toContain('[redacted]');
		expect(error?.description).not.toContain('hook-secret-value');
	});

	it.each([
		['none', '={{ $json.nothing }}', "'URLs' is missing"],
		['blank lines', ' \n ', "'URLs' is missing"],
		['a word', 'example', "Entry 1 of 'URLs' is not a web address"],
		['one bad line', 'https://example.com\nftp://example.com', "Entry 2 of 'URLs' is not"],
		['an object in a list', [{}], "Entry 1 of 'URLs' is not a web address"],
	])('refuses %s as URLs, and sends nothing', async (_, urls, message) => {
		const { error } = await start(urls);
		expect(error?.message).toContain(message);
		expect(simulator.requests).toHaveLength(0);
	});

	it.each([
		['without an address', '', 'is not a web address'],
		['that is not encrypted', 'http://example.com/hook', 'must start with https://'],
	])('refuses a webhook %s, and sends nothing', async (_, url, message) => {
		const { error } = await start(simulator.siteUrl, webhook({ url }));
		expect(error?.message).toContain(message);
		expect(simulator.requests).toHaveLength(0);
	});

	it('shows what the server does not like about the values', async () => {
		const { error } = await start('https://example.com/unreachable');
		expect(error?.message).toContain('rejected the request (HTTP 400)');
		expect(error?.description).toContain('https://example.com/unreachable');
		expect(simulator.requests).toHaveLength(1);
	});

	it.each([
		['of the node', 'otherWorkspace', '/v3/workspaces/otherWorkspace/crawler/jobs'],
		['of the credential', '', '/v3/workspaces/simWorkspace01/crawler/jobs'],
	])('starts in the workspace %s', async (_, workspaceId, path) => {
		scripted({ workspaceId: 'otherWorkspace' } as Partial<JobScript>);
		await start(simulator.siteUrl, { workspaceId });
		expect(simulator.requests.map((request) => request.path)).toEqual([path]);
	});
});
