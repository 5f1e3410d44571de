import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { credentialTest } from '../shared/node/credentialTest';
import { operationProperties } from '../shared/node/operations';
import { listSearchMethods } from '../shared/node/search';
import { pathors } from './provider';
import { crawlOperations } from './resources/crawl';
import { knowledgeBaseOperations } from './resources/knowledgeBase';
import { runOperations } from '../shared/node/runOperations';

export class PathorsCrawler implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Pathors Crawler',
		name: 'pathorsCrawler',
		icon: { light: 'file:pathors.svg', dark: 'file:pathors.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Crawl websites into the knowledge base of a Pathors project',
		defaults: { name: 'Pathors Crawler' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'pathorsDeveloperApi', required: true, testedBy: 'testPathorsCredential' },
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Crawl', value: 'crawl' },
					{ name: 'Knowledge Base', value: 'knowledgeBase' },
				],
				default: 'crawl',
			},
			...operationProperties('crawl', crawlOperations, 'start'),
			...operationProperties('knowledgeBase', knowledgeBaseOperations, 'getMany'),
		],
	};

	methods = {
		credentialTest: { testPathorsCredential: credentialTest(pathors) },
		listSearch: listSearchMethods(pathors),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, pathors, {
			crawl: crawlOperations,
			knowledgeBase: knowledgeBaseOperations,
		});
	}
}
