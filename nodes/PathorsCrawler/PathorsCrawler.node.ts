import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { listSearchMethods } from '../shared/listSearch';
import { runOperations } from '../shared/operations';
import { crawlOperations, crawlProperties } from './crawl';
import { knowledgeBaseOperations, knowledgeBaseProperties } from './knowledgeBase';
import { pathors } from './provider';

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
		credentials: [{ name: 'pathorsDeveloperApi', required: true }],
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
			...crawlProperties,
			...knowledgeBaseProperties,
		],
	};

	methods = { listSearch: listSearchMethods(pathors) };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, pathors, {
			crawl: crawlOperations,
			knowledgeBase: knowledgeBaseOperations,
		});
	}
}
