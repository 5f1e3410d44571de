import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { providers } from '../providers';
import { listSearchMethods } from '../shared/node/search';
import { triggerProperties } from './fields';
import { pollCrawls } from './poll';

const providerCredentials = providers.flatMap((provider) => provider.credentials);

export class CrawlFinishedTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Crawl Finished Trigger',
		name: 'crawlFinishedTrigger',
		icon: { light: 'file:finished.svg', dark: 'file:finished.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["provider"] }}',
		description: 'Starts the workflow when a crawl has ended, whoever started it',
		defaults: { name: 'Crawl Finished Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: providerCredentials,
		properties: [...triggerProperties],
	};

	methods = { listSearch: listSearchMethods(...providers) };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCrawls(this);
	}
}
