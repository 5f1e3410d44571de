import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { textOf } from '../../../shared/input';
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
import { highLevel } from '../../provider';
import { nameLatest } from './latestCrawl';

const properties: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'source',
		type: 'options',
		options: [
			{
				name: 'A Crawl',
				value: 'crawl',
				description: 'All pages that a crawl has found, trained or not',
			},
			{
				name: 'The Knowledge Base',
				value: 'knowledgeBase',
				description: 'Pages that have been trained, from any crawl',
			},
		],
		default: 'knowledgeBase',
		description: 'Which pages to list',
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
				placeholder: 'e.g. /blog/',
				description: 'Return only pages whose URL contains this text',
			},
		],
	},
];

/** The trained URLs of a knowledge base, or the pages that one crawl has found. */
export const getMany: ResourceOperation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many pages',
	description: 'List the trained pages of a knowledge base, or the pages that a crawl has found',
	properties,
	async run({ parameter, send, defaults, reading }) {
		const limit = readLimit(parameter);
		if (parameter('source') === 'crawl') {
			const reference = await nameLatest(send, readReference(parameter, defaults));
			const pages = await take(listPages(highLevel, send, reference), limit, reading);
			// So that the pages which a filter lets through can be trained without naming the crawl.
			return pages.map((page) => ({ ...page, jobId: reference.operationId, reference }));
		}
		const { urlContains } = parameter('filters', {}) as IDataObject;
		const query = {
			...readKnowledgeBase(parameter, defaults),
			address: textOf(urlContains),
		};
		return await take(listTrainedUrls(send, query), limit, reading);
	},
};
