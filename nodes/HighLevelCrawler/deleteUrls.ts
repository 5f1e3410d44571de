import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { showFor } from '../shared/fields';
import type { Operation } from '../shared/operations';
import { count } from '../shared/values';
import { readHighLevelAnswer } from './answer';
import { isVersion3, knowledgeBaseProperty, locationIdProperty } from './fields';
import { readKnowledgeBase } from './reference';
import { readUrlIds } from './urlIds';

// The defaults read an item of *Get Many*, which names its knowledge base itself.
export const deleteProperties: INodeProperties[] = showFor(
	[
		locationIdProperty('={{ $json.locationId }}'),
		knowledgeBaseProperty('={{ $json.knowledgeBaseId }}'),
		{
			displayName: 'URL IDs',
			name: 'urlIds',
			type: 'string',
			required: true,
			default: '={{ $json.id }}',
			description: 'IDs with commas between them, or an expression that gives a list of IDs',
		},
	],
	{ resource: ['url'], operation: ['delete'] },
);

const deletedSchema = z.object({ deletedCount: count });

/** Takes trained URLs out of a knowledge base. */
export const deleteUrls: Operation = async ({ parameter, send, defaults }) => {
	const urlIds = readUrlIds(parameter('urlIds'));
	const { body } = await send({
		method: 'DELETE',
		path: '/knowledge-bases/crawler',
		body: {
			...readKnowledgeBase(parameter, defaults),
			urlIds,
			...(isVersion3(parameter) && { deleteAll: false }),
		},
	});
	const { deletedCount } = readHighLevelAnswer(deletedSchema, body, 'HighLevel deletion');
	return [{ deleted: true, deletedCount, urlIds }];
};
