import { limitProperties } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import { readLimit } from '../../../shared/node/parameters';
import { projectProperty, readProjectId } from '../../fields';
import { fetchKnowledgeBases } from '../../lists';

/** The knowledge bases of a project. */
export const getMany: ResourceOperation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many knowledge bases',
	description: 'List the knowledge bases of a project',
	properties: [projectProperty, ...limitProperties()],
	async run({ parameter, send }) {
		const projectId = readProjectId(parameter);
		const knowledgeBases = await fetchKnowledgeBases(send, projectId);
		return knowledgeBases
			.slice(0, readLimit(parameter))
			.map((knowledgeBase) => ({ ...knowledgeBase, projectId }));
	},
};
