import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { credentialTest } from '../shared/node/credentialTest';
import { operationProperties } from '../shared/node/operations';
import { listSearchMethods, loadOptionsMethod } from '../shared/node/search';
import { searchConvocoreAgents } from './lists';
import { convocore } from './provider';
import { crawlOperations } from './resources/crawl';
import { pageOperations } from './resources/page';
import { runOperations } from '../shared/node/runOperations';

export class ConvocoreCrawler implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Convocore Crawler',
		name: 'convocoreCrawler',
		icon: { light: 'file:convocore.svg', dark: 'file:convocore.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Crawl websites with Convocore',
		defaults: { name: 'Convocore Crawler' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'convocoreCrawlerApi', required: true, testedBy: 'testConvocoreCredential' },
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Crawl', value: 'crawl' },
					{ name: 'Page', value: 'page' },
				],
				default: 'crawl',
			},
			...operationProperties('crawl', crawlOperations, 'start'),
			...operationProperties('page', pageOperations, 'getMany'),
		],
	};

	methods = {
		credentialTest: { testConvocoreCredential: credentialTest(convocore) },
		listSearch: listSearchMethods(convocore),
		loadOptions: { getAgents: loadOptionsMethod(convocore, searchConvocoreAgents) },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, convocore, { crawl: crawlOperations, page: pageOperations });
	}
}
