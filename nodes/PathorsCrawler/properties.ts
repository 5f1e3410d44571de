import type { INodeProperties } from 'n8n-workflow';

/** The project to work in, chosen by the user. */
export const projectProperty: INodeProperties = {
	displayName: 'Project',
	name: 'projectId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: '' },
	description: 'The Pathors project that the knowledge base belongs to',
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string' },
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchPathorsProjects', searchable: true },
		},
	],
};

/** The knowledge base to work in, chosen by the user. */
export const knowledgeBaseProperty: INodeProperties = {
	displayName: 'Knowledge Base',
	name: 'knowledgeBaseId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: '' },
	description: 'The knowledge base that the pages go into. A project has one.',
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'kb_abc123' },
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchPathorsKnowledgeBases', searchable: true },
		},
	],
};

const crawlProperty: INodeProperties = {
	displayName: 'Crawl',
	name: 'jobId',
	type: 'resourceLocator',
	default: { mode: 'id', value: '={{ $json.jobId }}' },
	description: 'Left as it is, the crawl is read from the input item',
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string' },
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchPathorsCrawls', searchable: true },
		},
	],
};

/** The ids of a crawl, read from the item that Start and Get Status give. */
export const jobProperties: INodeProperties[] = [
	fromItem(projectProperty, '={{ $json.reference.projectId }}'),
	fromItem(knowledgeBaseProperty, '={{ $json.reference.knowledgeBaseId }}'),
	crawlProperty,
];

/** Not required: n8n would refuse to run the workflow, where a blank id is an error of its item. */
function fromItem(property: INodeProperties, expression: string): INodeProperties {
	return { ...property, required: false, default: { mode: 'id', value: expression } };
}
