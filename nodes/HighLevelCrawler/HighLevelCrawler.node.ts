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
import { apiVersionProperty, authenticationProperty } from './fields';
import { highLevel } from './provider';
import { crawlOperations } from './resources/crawl';
import { knowledgeBaseOperations } from './resources/knowledgeBase';
import { urlOperations } from './resources/url';
import { runOperations } from '../shared/node/runOperations';

export class HighLevelCrawler implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HighLevel Crawler',
		name: 'highLevelCrawler',
		icon: { light: 'file:highLevel.svg', dark: 'file:highLevel.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Crawl websites into HighLevel knowledge bases',
		defaults: { name: 'HighLevel Crawler' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'highLevelPrivateIntegrationApi',
				required: true,
				testedBy: 'testHighLevelCredential',
				displayOptions: { show: { authentication: ['privateIntegration'] } },
			},
			{
				name: 'highLevelCrawlerOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		properties: [
			authenticationProperty,
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Crawl', value: 'crawl' },
					{ name: 'Knowledge Base', value: 'knowledgeBase' },
					{ name: 'Page', value: 'url' },
				],
				default: 'crawl',
			},
			...operationProperties('crawl', crawlOperations, 'start'),
			...operationProperties('url', urlOperations, 'train'),
			...operationProperties('knowledgeBase', knowledgeBaseOperations, 'getMany'),
			{
				...apiVersionProperty,
				description:
					"The version of HighLevel's API to use. V3 adds options to 'Start': 'Only These Pages' and 'Train Automatically'. Otherwise, change this only if HighLevel rejects the default version.",
			},
		],
	};

	methods = {
		credentialTest: { testHighLevelCredential: credentialTest(highLevel) },
		listSearch: listSearchMethods(highLevel),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, highLevel, {
			crawl: crawlOperations,
			url: urlOperations,
			knowledgeBase: knowledgeBaseOperations,
		});
	}
}
