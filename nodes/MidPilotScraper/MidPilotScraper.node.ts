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
import { midPilot } from './provider';
import { crawlOperations } from './resources/crawl';
import { sessionOperations } from './resources/session';
import { runOperations } from '../shared/node/runOperations';

export class MidPilotScraper implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'midPilot Scraper',
		name: 'midPilotScraper',
		icon: { light: 'file:midPilot.svg', dark: 'file:midPilot.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Crawl documentation websites with the midPilot connector generator',
		defaults: { name: 'midPilot Scraper' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'midPilotApi', required: true, testedBy: 'testMidPilotCredential' }],
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
			...operationProperties('crawl', crawlOperations, 'start'),
			...operationProperties('session', sessionOperations, 'create'),
		],
	};

	methods = {
		credentialTest: { testMidPilotCredential: credentialTest(midPilot) },
		listSearch: listSearchMethods(midPilot),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, midPilot, {
			crawl: crawlOperations,
			session: sessionOperations,
		});
	}
}
