import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { limitProperties, readLimit } from '../shared/fields';
import type { Operation } from '../shared/operations';
import { take } from '../shared/paginate';
import { locationIdProperty } from './fields';
import { listKnowledgeBases } from './knowledgeBases';
import { readLocationId } from './reference';

const SHOW_GET_MANY = { resource: ['knowledgeBase'], operation: ['getMany'] };

export const knowledgeBaseProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['knowledgeBase'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many knowledge bases',
				description: 'List the knowledge bases of a sub-account',
			},
		],
		default: 'getMany',
	},
	{ ...locationIdProperty(''), displayOptions: { show: SHOW_GET_MANY } },
	...limitProperties(SHOW_GET_MANY),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: { show: SHOW_GET_MANY },
		options: [
			{
				displayName: 'Name Contains',
				name: 'nameContains',
				type: 'string',
				default: '',
				description: 'Gives only the knowledge bases with this in their name',
			},
		],
	},
];

const getMany: Operation = async ({ parameter, send, defaults }) => {
	const { nameContains } = parameter('filters', {}) as IDataObject;
	const query = {
		locationId: readLocationId(parameter, defaults),
		name: String(nameContains ?? ''),
	};
	return await take(listKnowledgeBases(send, query), readLimit(parameter));
};

export const knowledgeBaseOperations = { getMany };
