import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { RequestFault } from '../../../shared/errors';
import { requireWebAddress } from '../../../shared/input';
import type { ResourceOperation } from '../../../shared/node/operations';
import { withoutBlanks } from '../../../shared/withoutBlanks';
import { CRAWL_PATH } from '../../api';
import { readCrawl } from '../../status';

const properties: INodeProperties[] = [
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'https://example.com',
		description: 'Where the crawl starts',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Depth',
				name: 'depth',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 10 },
				default: 2,
				description: 'How many links away from the start to go; 1 crawls only the URL itself',
			},
			{
				displayName: 'Formats',
				name: 'formats',
				type: 'multiOptions',
				options: [
					{ name: 'HTML', value: 'html' },
					{ name: 'Markdown', value: 'markdown' },
				],
				default: ['markdown'],
				description: 'In which formats to keep the content of each page',
			},
			{
				displayName: 'Include Subdomains',
				name: 'includeSubdomains',
				type: 'boolean',
				default: false,
				description: 'Whether to follow links to subdomains of the start',
			},
			{
				displayName: 'Maximum Pages',
				name: 'maxPages',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 10_000 },
				default: 100,
				description: 'After how many pages the crawl ends',
			},
			{
				displayName: 'Proxy Country',
				name: 'proxyCountry',
				type: 'string',
				default: '',
				placeholder: 'US',
				description: 'Two-letter code of the country to crawl from',
			},
			{
				displayName: 'Proxy Type',
				name: 'proxyType',
				type: 'options',
				options: [
					{ name: 'Datacenter', value: 'datacenter' },
					{ name: 'Residential', value: 'residential' },
				],
				default: 'datacenter',
			},
			{
				displayName: 'Render JavaScript',
				name: 'renderJs',
				type: 'boolean',
				default: false,
				description: 'Whether to open each page in a browser before reading it',
			},
			{
				displayName: 'Same Domain Only',
				name: 'sameDomainOnly',
				type: 'boolean',
				default: true,
				description: 'Whether to stay on the domain of the start',
			},
			{
				displayName: 'Wait for Selector',
				name: 'waitFor',
				type: 'string',
				default: '',
				placeholder: '#content',
				description: 'What has to appear on a page before it is read',
			},
			{
				displayName: 'Wait Timeout (Ms)',
				name: 'waitTimeout',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 10_000,
				description: 'How long to wait for a page, in milliseconds',
			},
			{
				displayName: 'Wait Until',
				name: 'waitUntil',
				type: 'options',
				options: [
					{ name: 'Commit', value: 'commit' },
					{ name: 'DOM Content Loaded', value: 'domcontentloaded' },
					{ name: 'Load', value: 'load' },
					{ name: 'Network Idle', value: 'networkidle' },
				],
				default: 'load',
				description: 'Which moment of a page load to wait for',
			},
		],
	},
];

/** Starts a crawl; the request is sent once. */
export const start: ResourceOperation = {
	name: 'Start',
	value: 'start',
	action: 'Start a crawl',
	description: 'Start to crawl a website',
	properties,
	async run({ parameter, send }) {
		const { body } = await send({
			method: 'POST',
			path: CRAWL_PATH,
			body: startBody(parameter('url'), parameter('options', {}) as IDataObject),
		});
		const job = readCrawl(body, {});
		if (job.jobId !== '') return [job];
		throw new RequestFault('permanent', 'Geonode accepted the crawl, but gave no job ID for it', {
			advice: 'Look it up with Get Many. Starting it again would crawl twice.',
		});
	},
};

function startBody(url: unknown, options: IDataObject): IDataObject {
	return withoutBlanks({
		url: requireWebAddress(url, 'URL'),
		depth: options.depth,
		limit: options.maxPages,
		formats: options.formats,
		render_js: options.renderJs,
		same_domain_only: options.sameDomainOnly,
		include_subdomains: options.includeSubdomains,
		proxy: withoutBlanks({ country: options.proxyCountry, type: options.proxyType }),
		wait_config: withoutBlanks({
			wait_until: options.waitUntil,
			wait_for: options.waitFor,
			wait_timeout: options.waitTimeout,
		}),
	});
}
