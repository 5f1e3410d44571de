import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { showFor } from '../shared/fields';
import { RequestFault } from '../shared/http/fault';
import { readLines, requireWebAddresses } from '../shared/lines';
import type { Operation } from '../shared/operations';
import { withoutBlanks } from '../shared/requestBody';
import { readData } from './envelope';
import { jobsPath } from './reference';
import { JOB, readCrawl } from './status';
import { readWebhook, webhookOption } from './webhook';
import { readWorkspaceId, workspaceProperty } from './workspaces';

const SHOW_WHEN_CRAWLING = { '/crawl': [true] };

const options: INodeProperties[] = [
	{
		displayName: 'Agent Names or IDs',
		name: 'toAgentIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getAgents' },
		default: [],
		description:
			'Whose knowledge bases the pages are added to. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Deep',
		name: 'deep',
		type: 'boolean',
		default: false,
		description: "Whether to use Convocore's deep mode, at 10 credits per page instead of 1",
	},
	{
		displayName: 'Exclude URL Patterns',
		name: 'unMatchers',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		displayOptions: { show: SHOW_WHEN_CRAWLING },
		description: 'Which links to leave out, one pattern per line',
	},
	{
		displayName: 'Include URL Patterns',
		name: 'urlMatchers',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		displayOptions: { show: SHOW_WHEN_CRAWLING },
		description: 'Which links to follow, one pattern per line; all when empty',
	},
	{
		displayName: 'Maximum Pages',
		name: 'maxPages',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 500 },
		default: 250,
		displayOptions: { show: SHOW_WHEN_CRAWLING },
		description: 'After how many pages the crawl ends',
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
		description: 'How often Convocore repeats the crawl by itself',
	},
	{
		displayName: 'Stay on Domain',
		name: 'stayOnDomain',
		type: 'boolean',
		default: true,
		displayOptions: { show: SHOW_WHEN_CRAWLING },
		description: 'Whether to follow only links to the domains of the URLs',
	},
	{
		displayName: 'Use Proxy',
		name: 'useProxy',
		type: 'boolean',
		default: false,
		description: "Whether to reach the pages through Convocore's proxy, which costs extra",
	},
	webhookOption,
];

/** The fields of the Start operation. */
export const startProperties: INodeProperties[] = showFor(
	[
		workspaceProperty(''),
		{
			displayName: 'URLs',
			name: 'urls',
			type: 'string',
			typeOptions: { rows: 3 },
			required: true,
			default: '',
			placeholder: 'https://example.com',
			description: 'Where the crawl starts, one address per line',
		},
		{
			displayName: 'Follow Links',
			name: 'crawl',
			type: 'boolean',
			default: true,
			description: 'Whether to go on to the pages that the URLs link to',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options,
		},
	],
	{ resource: ['crawl'], operation: ['start'] },
);

/** Starts a crawl, and gives it as a CrawlJob. */
export const start: Operation = async ({ parameter, send, defaults }) => {
	const workspaceId = readWorkspaceId(parameter, defaults);
	const chosen = parameter('options', {}) as IDataObject;
	const webhook = readWebhook(chosen.webhook);
	const crawl = parameter('crawl') === true;
	const { body } = await send({
		method: 'POST',
		path: jobsPath(workspaceId),
		body: {
			urls: requireWebAddresses(parameter('urls'), 'URLs'),
			crawl,
			...withoutBlanks({
				crawlOptions: crawl ? crawlOptions(chosen) : {},
				deep: chosen.deep,
				useProxy: chosen.useProxy,
				refreshRate: chosen.refreshRate,
				toAgentIds: readLines(chosen.toAgentIds),
				webhook: webhook.body,
			}),
		},
		secrets: webhook.secrets,
	});
	const job = readCrawl(readData(body, JOB), { workspaceId });
	if (job.jobId !== '') return [job];
	throw new RequestFault('permanent', 'Convocore accepted the crawl, but gave no job ID for it', {
		advice: 'Look it up with Get Many. Starting it again would crawl twice.',
	});
};

function crawlOptions(chosen: IDataObject): IDataObject {
	return withoutBlanks({
		maxPages: chosen.maxPages,
		urlMatchers: readLines(chosen.urlMatchers),
		unMatchers: readLines(chosen.unMatchers),
		stayOnDomain: chosen.stayOnDomain,
	});
}
