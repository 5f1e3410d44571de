import type { ResourceOperation } from '../../../shared/node/operations';
import { objectOf, toCount } from '../../../shared/tolerant';
import { CRAWLER_PATH, readHighLevelAnswer } from '../../api';
import {
	isVersion3,
	knowledgeBaseProperty,
	locationIdProperty,
	readKnowledgeBase,
} from '../../fields';
import { readUrlIds, urlIdsProperty } from './urlIds';

const toDeletion = objectOf({ deletedCount: toCount });

/** Takes trained URLs out of a knowledge base. */
export const deleteUrls: ResourceOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete trained pages',
	description: 'Delete trained pages from a knowledge base',
	properties: [
		// The defaults read an item of *Get Many*, which names its knowledge base itself.
		locationIdProperty('={{ $json.locationId }}'),
		knowledgeBaseProperty('={{ $json.knowledgeBaseId }}'),
		urlIdsProperty,
	],
	async run({ parameter, send, defaults }) {
		const urlIds = readUrlIds(parameter('urlIds'));
		const { body } = await send({
			method: 'DELETE',
			path: CRAWLER_PATH,
			body: {
				...readKnowledgeBase(parameter, defaults),
				urlIds,
				...(isVersion3(parameter) && { deleteAll: false }),
			},
		});
		const { deletedCount } = readHighLevelAnswer(toDeletion, body, 'HighLevel deletion');
		return [{ deleted: true, deletedCount, urlIds }];
	},
};
