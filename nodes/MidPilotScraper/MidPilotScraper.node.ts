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
import { sessionOperations, sessionProperties } from './session';
import { midPilot } from './provider';

export class MidPilotScraper implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'midPilot Scraper',
		name: 'midPilotScraper',
		icon: { light: 'file:midPilot.svg', dark: 'file:midPilot.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Scrape documentation websites with the midPilot connector generator',
		defaults: { name: 'midPilot Scraper' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'midPilotApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Crawl', value: 'crawl' },
					{ name: 'Session', value: 'session' },
				],
				default: 'crawl',
			},
			...crawlProperties,
			...sessionProperties,
		],
	};

	methods = { listSearch: listSearchMethods(midPilot) };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, midPilot, {
			crawl: crawlOperations,
			session: sessionOperations,
		});
	}
}
