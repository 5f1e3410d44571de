import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { sendOnce } from '../../../shared/http/sendOnce';
import { requireWebAddress } from '../../../shared/webAddresses';
import type { ResourceOperation } from '../../../shared/node/operations';
import type { ApiRequest } from '../../../shared/provider';
import { IF_START_LOST, readStartedJob } from '../../../shared/node/startedJob';
import { withoutBlanks } from '../../../shared/withoutBlanks';
import { CRAWL_PATH } from '../../api';
import { geonode } from '../../provider';
import { readCrawl } from '../../status';

const properties: INodeProperties[] = [
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com',
		description: 'The address to start crawling from',
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
				typeOptions: { minValue: 1, maxValue: 10, numberPrecision: 0 },
				default: 2,
				description:
					'How many levels of pages to crawl. 1 is only the URL itself, 2 also the pages that it links to.',
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
				description: 'Whether to follow links to subdomains of the URL',
			},
			{
				displayName: 'Maximum Pages',
				name: 'maxPages',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 10_000, numberPrecision: 0 },
				default: 100,
				description: 'How many pages to crawl at most',
			},
			{
				displayName: 'Proxy Country',
				name: 'proxyCountry',
				type: 'string',
				default: '',
				placeholder: 'e.g. US',
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
				description: 'Whether to stay on the domain of the URL',
			},
			{
				displayName: 'Wait for Selector',
				name: 'waitFor',
				type: 'string',
				default: '',
				placeholder: 'e.g. #content',
				description: 'CSS selector to wait for before reading a page',
			},
			{
				displayName: 'Wait Timeout (Ms)',
				name: 'waitTimeout',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
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
				description: 'When a page counts as loaded',
			},
		],
	},
];

/** Starts a crawl; the request is sent once. */
export const start: ResourceOperation = {
	name: 'Start',
	value: 'start',
	action: 'Start crawl',
	description: 'Start crawling a website',
	properties,
	async run({ parameter, send }) {
		const url = requireWebAddress(parameter('url'), 'URL');
		const request: ApiRequest = {
			method: 'POST',
			path: CRAWL_PATH,
			body: startBody(url, parameter('options', {}) as IDataObject),
		};
		return [
			await sendOnce(send, request, IF_START_LOST, (body) =>
				readStartedJob({
					provider: geonode,
					body,
					idNames: ['job_id', 'jobId', 'id'],
					referenceTo: (jobId) => ({ jobId }),
					url,
					read: () => readCrawl(body, {}),
				}),
			),
		];
	},
};

function startBody(url: string, options: IDataObject): IDataObject {
	return withoutBlanks({
		url,
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
