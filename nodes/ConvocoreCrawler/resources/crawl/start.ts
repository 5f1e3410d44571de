import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { sendOnce } from '../../../shared/http/sendOnce';
import { readLines } from '../../../shared/input';
import { requireWebAddresses } from '../../../shared/webAddresses';
import { optionsProperty } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import type { ApiRequest } from '../../../shared/provider';
import { IF_START_LOST, readStartedJob } from '../../../shared/node/startedJob';
import { withoutBlanks } from '../../../shared/withoutBlanks';
import { jobsPath } from '../../api';
import { readWorkspaceId, workspaceProperty } from '../../fields';
import { convocore } from '../../provider';
import { readAnsweredCrawl } from '../../status';
import { readWebhook, webhookOption } from '../../webhook';

const SHOW_WHEN_CRAWLING = { '/crawl': [true] };

const options: INodeProperties[] = [
	{
		displayName: 'Agent Names or IDs',
		name: 'toAgentIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getAgents' },
		default: [],
		description:
			'Agents whose knowledge bases receive the pages. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Deep Mode',
		name: 'deep',
		type: 'boolean',
		default: false,
		description:
			"Whether to use Convocore's deep mode, which costs 10 credits per page instead of 1",
	},
	{
		displayName: 'Exclude URL Patterns',
		name: 'unMatchers',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		displayOptions: { show: SHOW_WHEN_CRAWLING },
		description: 'Links to skip, one pattern per line',
	},
	{
		displayName: 'Include URL Patterns',
		name: 'urlMatchers',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		displayOptions: { show: SHOW_WHEN_CRAWLING },
		description: 'Links to follow, one pattern per line. Leave empty to follow all.',
	},
	{
		displayName: 'Maximum Pages',
		name: 'maxPages',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 500, numberPrecision: 0 },
		default: 250,
		displayOptions: { show: SHOW_WHEN_CRAWLING },
		description: 'How many pages to crawl at most',
	},
	{
		displayName: 'Refresh Rate',
		name: 'refreshRate',
		type: 'options',
		options: [
			{ name: 'Every 12 Hours', value: '12h' },
			{ name: 'Every 24 Hours', value: '24h' },
			{ name: 'Every 6 Hours', value: '6h' },
			{ name: 'Every 7 Days', value: '7d' },
			{ name: 'Never', value: 'never' },
		],
		default: 'never',
		description: 'How often Convocore repeats the crawl automatically',
	},
	{
		displayName: 'Stay on Domain',
		name: 'stayOnDomain',
		type: 'boolean',
		default: true,
		displayOptions: { show: SHOW_WHEN_CRAWLING },
		description: 'Whether to follow only links within the domains of the URLs',
	},
	{
		displayName: 'Use Proxy',
		name: 'useProxy',
		type: 'boolean',
		default: false,
		description: "Whether to fetch the pages through Convocore's proxy, which costs extra",
	},
	webhookOption,
];

const properties: INodeProperties[] = [
	workspaceProperty(''),
	{
		displayName: 'URLs',
		name: 'urls',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com',
		description: 'Addresses to start crawling from, one per line',
	},
	{
		displayName: 'Follow Links',
		name: 'crawl',
		type: 'boolean',
		default: true,
		description: 'Whether to also crawl the pages that the URLs link to',
	},
	optionsProperty(options),
];

/** Starts a crawl; the request is sent once. */
export const start: ResourceOperation = {
	name: 'Start',
	value: 'start',
	action: 'Start crawl',
	description: 'Start crawling one or more websites',
	properties,
	async run({ parameter, send, defaults }) {
		const workspaceId = readWorkspaceId(parameter, defaults);
		const chosen = parameter('options', {}) as IDataObject;
		const webhook = readWebhook(chosen.webhook);
		const crawl = parameter('crawl') === true;
		const urls = requireWebAddresses(parameter('urls'), 'URLs');
		const request: ApiRequest = {
			method: 'POST',
			path: jobsPath(workspaceId),
			body: {
				urls,
				crawl,
				...withoutBlanks({
					crawlOptions: crawl ? crawlOptions(chosen) : {},
					deep: chosen.deep,
					useProxy: chosen.useProxy,
					refreshRate: chosen.refreshRate,
					toAgentIds: chosen.toAgentIds,
					webhook: webhook.body,
				}),
			},
			secrets: webhook.secrets,
		};
		return [
			await sendOnce(send, request, IF_START_LOST, (body) =>
				readStartedJob({
					provider: convocore,
					body,
					idNames: ['id', 'jobId'],
					referenceTo: (jobId) => ({ workspaceId, jobId }),
					url: urls[0] ?? null,
					read: () => readAnsweredCrawl(body, { workspaceId }),
				}),
			),
		];
	},
};

function crawlOptions(chosen: IDataObject): IDataObject {
	return withoutBlanks({
		maxPages: chosen.maxPages,
		urlMatchers: readLines(chosen.urlMatchers),
		unMatchers: readLines(chosen.unMatchers),
		stayOnDomain: chosen.stayOnDomain,
	});
}
