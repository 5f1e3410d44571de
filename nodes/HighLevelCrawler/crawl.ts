import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { includeRawOption, showFor } from '../shared/fields';
import { requireWebAddress } from '../shared/identifiers';
import { readLines, requireWebAddresses } from '../shared/lines';
import type { Operation } from '../shared/operations';
import { withoutBlanks } from '../shared/requestBody';
import { statusOperation } from '../shared/statusOperation';
import {
	crawlReferenceProperties,
	isVersion3,
	knowledgeBaseProperty,
	locationIdProperty,
	waitForProperty,
} from './fields';
import { highLevel } from './provider';
import { readKnowledgeBase } from './reference';
import { readStarted } from './status';

const SHOW_START = { resource: ['crawl'], operation: ['start'] };
const SHOW_STATUS = { resource: ['crawl'], operation: ['getStatus'] };

export const crawlProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['crawl'] } },
		options: [
			{
				name: 'Get Status',
				value: 'getStatus',
				action: 'Get the status of a crawl',
				description: 'Look up how far a crawl is',
			},
			{
				name: 'Start',
				value: 'start',
				action: 'Start a crawl',
				description: 'Start to find the pages of a website; they are trained in a second step',
			},
		],
		default: 'start',
	},
	...showFor(
		[
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
		],
		SHOW_START,
	),
	...showFor([...crawlReferenceProperties, waitForProperty], SHOW_STATUS),
	...includeRawOption(SHOW_STATUS),
];

const start: Operation = async ({ parameter, send, defaults }) => {
	const knowledgeBase = readKnowledgeBase(parameter, defaults);
	const { body } = await send({
		method: 'POST',
		path: '/knowledge-bases/crawler',
		body: {
			...knowledgeBase,
			url: requireWebAddress(parameter('url'), 'URL'),
			option: parameter('option') as string,
			...(isVersion3(parameter) && startOptions(parameter('options', {}) as IDataObject)),
		},
	});
	return [readStarted(body, knowledgeBase)];
};

function startOptions({ preSelectedUrls, autoTrain }: IDataObject): IDataObject {
	const hasUrls = readLines(preSelectedUrls).length > 0;
	return withoutBlanks({
		preSelectedUrls: hasUrls ? requireWebAddresses(preSelectedUrls, 'Only These URLs') : [],
		autoTrain,
	});
}

export const crawlOperations = { start, getStatus: statusOperation(highLevel) };
