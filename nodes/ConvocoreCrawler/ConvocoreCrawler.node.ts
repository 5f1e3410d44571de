import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { listSearchMethods, loadOptionsMethod } from '../shared/listSearch';
import { runOperations } from '../shared/operations';
import { searchConvocoreAgents } from './agents';
import { crawlOperations, crawlProperties } from './crawl';
import { pageOperations, pageProperties } from './page';
import { convocore } from './provider';

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
		credentials: [{ name: 'convocoreCrawlerApi', required: true }],
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
			...crawlProperties,
			...pageProperties,
		],
	};

	methods = {
		listSearch: listSearchMethods(convocore),
		loadOptions: { getAgents: loadOptionsMethod(convocore, searchConvocoreAgents) },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, convocore, { crawl: crawlOperations, page: pageOperations });
	}
}
