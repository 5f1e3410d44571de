import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { showFor } from '../shared/fields';
import { listSearchMethods } from '../shared/listSearch';
import { providers } from '../shared/providers';
import { optionProperties } from './options';
import { waitForCrawls } from './runWait';

const DEFAULT_PROVIDER = providers[0]?.id ?? '';

const providerCredentials = providers.flatMap((provider) => provider.credentials);

const jobProperties = providers.flatMap((provider) =>
	showFor(provider.jobProperties, { provider: [provider.id] }),
);

export class WaitUntilCrawlDone implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wait Until Crawl Done',
		name: 'waitUntilCrawlDone',
		icon: { light: 'file:wait.svg', dark: 'file:wait.dark.svg' },
		group: ['organization'],
		version: 1,
		subtitle: '={{ $parameter["provider"] }}',
		description: 'Keep checking a crawl and go on when it has succeeded, failed or been cancelled',
		defaults: { name: 'Wait Until Crawl Done' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
		],
		outputNames: ['Success', 'Failed', 'Cancelled', 'Still Running'],
		credentials: [...providerCredentials],
		properties: [
			{
				displayName: 'Provider',
				name: 'provider',
				type: 'options',
				noDataExpression: true,
				options: providers.map(({ id, displayName }) => ({ name: displayName, value: id })),
				default: DEFAULT_PROVIDER,
				description: 'Where the crawl runs',
			},
			...jobProperties,
			{
				displayName: 'Wait Mode',
				name: 'waitMode',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Check Once',
						value: 'checkOnce',
						description: 'Checks once and lets go; for a loop through a Wait node',
					},
					{
						name: 'Durable',
						value: 'durable',
						description:
							'Parks this execution, which then costs no memory and survives restarts; for long crawls',
					},
					{
						name: 'In This Execution',
						value: 'inExecution',
						description: 'Keeps this execution running until the crawls have ended',
					},
				],
				default: 'inExecution',
				description: 'How to wait',
			},
			{
				displayName:
					'Checks are at least 65 seconds apart. The workflow has to be saved, and n8n 2.41 or newer.',
				name: 'durableNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { waitMode: ['durable'] } },
			},
			...optionProperties,
		],
	};

	methods = { listSearch: listSearchMethods(...providers) };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await waitForCrawls(this);
	}
}
