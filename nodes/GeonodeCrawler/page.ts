import type { INodeProperties } from 'n8n-workflow';

import {
	limitProperties,
	readLimit,
	readSimplify,
	showFor,
	simplifyProperty,
} from '../shared/fields';
import type { Operation } from '../shared/operations';
import { take } from '../shared/paginate';
import { listPages } from './pages';
import { geonode } from './provider';

const SHOW_GET_MANY = { resource: ['page'], operation: ['getMany'] };

export const pageProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['page'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many pages',
				description: 'Get the pages that a crawl has found, with their content',
			},
		],
		default: 'getMany',
	},
	...showFor(geonode.jobProperties, SHOW_GET_MANY),
	...limitProperties(SHOW_GET_MANY),
	simplifyProperty(SHOW_GET_MANY),
];

const SIMPLE_FIELDS = ['url', 'depth', 'status', 'errorMessage', 'markdown'] as const;

const getMany: Operation = async ({ parameter, send }) => {
	const { jobId = '' } = geonode.readReference(parameter, {});
	const pages = await take(listPages(send, jobId), readLimit(parameter));
	if (!readSimplify(parameter)) return pages;
	return pages.map((page) =>
		Object.fromEntries(SIMPLE_FIELDS.map((field) => [field, page[field]])),
	);
};

export const pageOperations = { getMany };
