import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { showFor } from '../shared/node/fields';
import { listSearchMethods } from '../shared/node/search';
import { providerProperty } from '../providerFields';
import { providers } from '../providers';
import { waitOptionsProperty } from './options';
import { waitForCrawls } from './run';
import { waitModeProperties } from './waitModes';

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
		description:
			'Wait until a crawl has succeeded, failed or been cancelled, then branch on the outcome',
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
		properties: [providerProperty, ...jobProperties, ...waitModeProperties, waitOptionsProperty],
	};

	methods = { listSearch: listSearchMethods(...providers) };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await waitForCrawls(this);
	}
}
