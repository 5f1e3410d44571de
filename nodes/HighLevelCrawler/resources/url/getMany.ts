import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { limitProperties } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import { readLimit } from '../../../shared/node/parameters';
import { take } from '../../../shared/paginate';
import {
	knowledgeBaseProperty,
	locationIdProperty,
	operationIdProperty,
	readKnowledgeBase,
	readReference,
} from '../../fields';
import { listPages, listTrainedUrls } from '../../lists';

const properties: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'source',
		type: 'options',
		options: [
			{
				name: 'A Crawl',
				value: 'crawl',
				description: 'All pages that one crawl has found, trained or not',
			},
			{
				name: 'The Knowledge Base',
				value: 'knowledgeBase',
				description: 'The URLs that have been trained, by whichever crawl',
			},
		],
		default: 'knowledgeBase',
		description: 'Which URLs to list',
	},
	locationIdProperty('={{ $json.reference.locationId }}'),
	knowledgeBaseProperty('={{ $json.reference.knowledgeBaseId }}'),
	{ ...operationIdProperty, displayOptions: { show: { source: ['crawl'] } } },
	...limitProperties(),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: { show: { source: ['knowledgeBase'] } },
		options: [
			{
				displayName: 'URL Contains',
				name: 'urlContains',
				type: 'string',
				default: '',
				placeholder: '/blog/',
				description: 'Gives only the URLs with this in them',
			},
		],
	},
];

/** The trained URLs of a knowledge base, or the pages that one crawl has found. */
export const getMany: ResourceOperation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many pages',
	description: 'List the URLs that a knowledge base holds, or that a crawl has found',
	properties,
	async run({ parameter, send, defaults }) {
		const limit = readLimit(parameter);
		if (parameter('source') === 'crawl') {
			const reference = readReference(parameter, defaults);
			const pages = await take(listPages(send, reference), limit);
			// So that the pages which a filter lets through can be trained without naming the crawl.
			return pages.map((page) => ({ ...page, jobId: reference.operationId, reference }));
		}
		const { urlContains } = parameter('filters', {}) as IDataObject;
		const query = {
			...readKnowledgeBase(parameter, defaults),
			address: String(urlContains ?? ''),
		};
		return await take(listTrainedUrls(send, query), limit);
	},
};
