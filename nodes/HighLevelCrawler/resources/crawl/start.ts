import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readLines, requireWebAddress, requireWebAddresses } from '../../../shared/input';
import type { ResourceOperation } from '../../../shared/node/operations';
import { withoutBlanks } from '../../../shared/withoutBlanks';
import { CRAWLER_PATH } from '../../api';
import {
	isVersion3,
	knowledgeBaseProperty,
	locationIdProperty,
	readKnowledgeBase,
} from '../../fields';
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
		placeholder: 'https://example.com',
		description: 'Where the crawl starts',
	},
	{
		displayName: 'Crawl',
		name: 'option',
		type: 'options',
		options: [
			{
				name: 'Domain',
				value: 'Domain',
				description: 'All pages of the domain of the URL',
			},
			{
				name: 'Exact URL',
				value: 'Exact',
				description: 'Only the page at the URL itself',
			},
			{
				name: 'Path',
				value: 'Path',
				description: 'The pages whose address begins with the URL',
			},
		],
		default: 'Path',
		description: 'Which pages to look for',
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
				displayName: 'Only These URLs',
				name: 'preSelectedUrls',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				placeholder: 'https://example.com/about',
				description: 'Crawl these pages and no others. One address per line.',
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

/** Starts the discovery of pages; the request is sent once. */
export const start: ResourceOperation = {
	name: 'Start',
	value: 'start',
	action: 'Start a crawl',
	description: 'Start to find the pages of a website; they are trained in a second step',
	properties,
	async run({ parameter, send, defaults }) {
		const knowledgeBase = readKnowledgeBase(parameter, defaults);
		const { body } = await send({
			method: 'POST',
			path: CRAWLER_PATH,
			body: {
				...knowledgeBase,
				url: requireWebAddress(parameter('url'), 'URL'),
				option: parameter('option') as string,
				...(isVersion3(parameter) && startOptions(parameter('options', {}) as IDataObject)),
			},
		});
		return [readStarted(body, knowledgeBase)];
	},
};

function startOptions({ preSelectedUrls, autoTrain }: IDataObject): IDataObject {
	const hasUrls = readLines(preSelectedUrls).length > 0;
	return withoutBlanks({
		preSelectedUrls: hasUrls ? requireWebAddresses(preSelectedUrls, 'Only These URLs') : [],
		autoTrain,
	});
}
