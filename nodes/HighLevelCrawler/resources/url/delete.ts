import { RequestFault } from '../../../shared/errors';
import type { ResourceOperation } from '../../../shared/node/operations';
import { asItIs, objectOf, toCount } from '../../../shared/tolerant';
import { CRAWLER_PATH, readHighLevelAnswer } from '../../api';
import {
	isVersion3,
	knowledgeBaseProperty,
	locationIdProperty,
	readKnowledgeBase,
} from '../../fields';
import { readUrlIds, urlIdsProperty } from './urlIds';

const toDeletion = objectOf({ success: asItIs, deletedCount: toCount });

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
		const deletedCount = readDeletion(body);
		return [{ deleted: true, deletedCount, urlIds }];
	},
};

/**
 * How many pages were deleted, where the answer says so.
 * @throws {RequestFault} when the answer does not say that any deletion took place
 */
function readDeletion(body: unknown): number | null {
	const answer = readHighLevelAnswer(toDeletion, body, 'HighLevel deletion');
	if (answer.success === true || answer.deletedCount !== null) return answer.deletedCount;
	throw new RequestFault('passing', 'HighLevel did not say whether it deleted the pages', {
		advice:
			"The pages may have been deleted all the same. Look them up with 'Page: Get Many'. Deleting them again does no harm.",
		isUncertain: true,
	});
}
