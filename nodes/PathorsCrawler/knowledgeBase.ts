import type { INodeProperties } from 'n8n-workflow';

import { limitProperties, readLimit, showFor } from '../shared/fields';
import { requireId } from '../shared/identifiers';
import type { Operation } from '../shared/operations';
import { fetchKnowledgeBases } from './lists';
import { projectProperty } from './properties';

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
				description: 'List the knowledge bases of a project',
			},
		],
		default: 'getMany',
	},
	...showFor([projectProperty], SHOW_GET_MANY),
	...limitProperties(SHOW_GET_MANY),
];

const getMany: Operation = async ({ parameter, send }) => {
	const projectId = requireId(parameter('projectId'), 'Project');
	const knowledgeBases = await fetchKnowledgeBases(send, projectId);
	return knowledgeBases
		.slice(0, readLimit(parameter))
		.map((knowledgeBase) => ({ ...knowledgeBase, projectId }));
};

export const knowledgeBaseOperations = { getMany };
