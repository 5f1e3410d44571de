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
import { geonode } from './provider';
import { crawlOperations } from './resources/crawl';
import { pageOperations } from './resources/page';
import { runOperations } from '../shared/node/runOperations';

export class GeonodeCrawler implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Geonode Crawler',
		name: 'geonodeCrawler',
		icon: { light: 'file:geonode.svg', dark: 'file:geonode.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Crawl websites with the Geonode Scraper API',
		defaults: { name: 'Geonode Crawler' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'geonodeScraperApi', required: true, testedBy: 'testGeonodeCredential' }],
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
		credentialTest: { testGeonodeCredential: credentialTest(geonode) },
		listSearch: listSearchMethods(geonode),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, geonode, { crawl: crawlOperations, page: pageOperations });
	}
}
