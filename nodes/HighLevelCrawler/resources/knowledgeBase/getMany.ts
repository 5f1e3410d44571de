import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { textOf } from '../../../shared/input';
import { limitProperties } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import { readLimit } from '../../../shared/node/parameters';
import { take } from '../../../shared/paginate';
import { locationIdProperty, readLocationId } from '../../fields';
import { listKnowledgeBases } from '../../lists';

const properties: INodeProperties[] = [
	locationIdProperty(''),
	...limitProperties(),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Name Contains',
				name: 'nameContains',
				type: 'string',
				default: '',
				description: 'Return only knowledge bases whose name contains this text',
			},
		],
	},
];

/** The knowledge bases of a sub-account. */
export const getMany: ResourceOperation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many knowledge bases',
	description: 'List the knowledge bases of a sub-account',
	properties,
	async run({ parameter, send, defaults, reading }) {
		const { nameContains } = parameter('filters', {}) as IDataObject;
		const query = {
			locationId: readLocationId(parameter, defaults),
			name: textOf(nameContains),
		};
		return await take(listKnowledgeBases(send, query), readLimit(parameter), reading);
	},
};
