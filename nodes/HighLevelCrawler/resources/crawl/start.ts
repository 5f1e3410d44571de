import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { sendOnce } from '../../../shared/http/sendOnce';
import { textOf } from '../../../shared/input';
import { readWebAddresses, requireWebAddress } from '../../../shared/webAddresses';
import type { ResourceOperation } from '../../../shared/node/operations';
import type { ApiRequest } from '../../../shared/provider';
import { readStartedJob } from '../../../shared/node/startedJob';
import { withoutBlanks } from '../../../shared/withoutBlanks';
import { CRAWLER_PATH } from '../../api';
import {
	isVersion3,
	knowledgeBaseProperty,
	locationIdProperty,
	readKnowledgeBase,
} from '../../fields';
import { highLevel } from '../../provider';
import { readStarted } from '../../status';

const properties: INodeProperties[] = [
	locationIdProperty(''),
	knowledgeBaseProperty(),
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
		displayName: 'Pages to Crawl',
		name: 'option',
		type: 'options',
		options: [
			{
				name: 'Domain',
				value: 'Domain',
				description: 'All pages on the domain of the URL',
			},
			{
				name: 'Exact URL',
				value: 'Exact',
				description: 'Only the page at the URL itself',
			},
			{
				name: 'Path',
				value: 'Path',
				description: 'All pages whose address starts with the URL',
			},
		],
		default: 'Path',
		description: 'Which pages of the website to crawl',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		// Only this version has any.
		displayOptions: { show: { apiVersion: ['v3'] } },
		options: [
			{
				displayName: 'Only These Pages',
				name: 'preSelectedUrls',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				placeholder: 'e.g. https://example.com/about',
				description: 'Crawl only these pages, one address per line',
			},
			{
				displayName: 'Train Automatically',
				name: 'autoTrain',
				type: 'boolean',
				default: true,
				description: 'Whether to train all pages as soon as they have been found',
			},
		],
	},
];

const IF_LOST =
	"The crawl may have been started all the same. Look it up with 'Get Status' and an empty 'Operation ID' before you start it again.";

/** Starts the discovery of pages; the request is sent once. */
export const start: ResourceOperation = {
	name: 'Start',
	value: 'start',
	action: 'Start crawl',
	description:
		"Start discovering the pages of a website. A second step, 'Page: Train', trains them.",
	properties,
	async run({ parameter, send, defaults }) {
		const knowledgeBase = readKnowledgeBase(parameter, defaults);
		const url = requireWebAddress(parameter('url'), 'URL');
		const request: ApiRequest = {
			method: 'POST',
			path: CRAWLER_PATH,
			body: {
				...knowledgeBase,
				url,
				option: textOf(parameter('option')),
				...(isVersion3(parameter) && startOptions(parameter('options', {}) as IDataObject)),
			},
		};
		return [
			await sendOnce(send, request, IF_LOST, (body) =>
				readStartedJob({
					provider: highLevel,
					body,
					idNames: ['operationId', '_id', 'id'],
					referenceTo: (operationId) => ({ ...knowledgeBase, operationId }),
					url,
					read: () => readStarted(body, knowledgeBase),
				}),
			),
		];
	},
};

function startOptions({ preSelectedUrls, autoTrain }: IDataObject): IDataObject {
	return withoutBlanks({
		preSelectedUrls: readWebAddresses(preSelectedUrls, 'Only These Pages'),
		autoTrain,
	});
}
