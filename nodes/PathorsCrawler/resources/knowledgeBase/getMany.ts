import { limitProperties } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import { readLimit } from '../../../shared/node/parameters';
import { take } from '../../../shared/paginate';
import { projectProperty, readProjectId } from '../../fields';
import { listKnowledgeBases } from '../../lists';

/** The knowledge bases of a project. */
export const getMany: ResourceOperation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many knowledge bases',
	description: 'List the knowledge bases of a project',
	properties: [projectProperty, ...limitProperties()],
	async run({ parameter, send, reading }) {
		const projectId = readProjectId(parameter);
		const limit = readLimit(parameter);
		const list = listKnowledgeBases(send, projectId);
		const knowledgeBases = await take(list, limit, reading);
		return knowledgeBases.map((knowledgeBase) => ({ ...knowledgeBase, projectId }));
	},
};
