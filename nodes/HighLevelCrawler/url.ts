import type { INodeProperties } from 'n8n-workflow';

import { deleteProperties, deleteUrls } from './deleteUrls';
import { getManyProperties, getManyUrls } from './getUrls';
import { trainProperties, trainUrls } from './trainUrls';

export const urlProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['url'] } },
		options: [
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete trained pages',
				description: 'Take trained URLs out of a knowledge base',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many pages',
				description: 'List the URLs that a knowledge base holds, or that a crawl has found',
			},
			{
				name: 'Train',
				value: 'train',
				action: 'Train discovered pages',
				description: 'Put the pages that a crawl has found into the knowledge base',
			},
		],
		default: 'train',
	},
	...trainProperties,
	...getManyProperties,
	...deleteProperties,
];

export const urlOperations = { train: trainUrls, getMany: getManyUrls, delete: deleteUrls };
