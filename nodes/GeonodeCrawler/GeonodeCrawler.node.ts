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
import { pageOperations, pageProperties } from './page';
import { geonode } from './provider';

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
		credentials: [{ name: 'geonodeScraperApi', required: true }],
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

	methods = { listSearch: listSearchMethods(geonode) };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, geonode, { crawl: crawlOperations, page: pageOperations });
	}
}
