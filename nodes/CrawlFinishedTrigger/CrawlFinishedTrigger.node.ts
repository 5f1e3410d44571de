import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { nameOfNode } from '../providerFields';
import { providers } from '../providers';
import { listSearchMethods } from '../shared/node/search';
import { triggerProperties } from './fields';
import { triggerWebhooks } from './webhookDescription';
import { isRegistered, register, unregister } from './registration';
import { receiveCall } from './webhook';
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
		webhooks: triggerWebhooks,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: providerCredentials,
		properties: [...triggerProperties],
	};

	constructor() {
		// n8n's linter reads a name only where it stands in the description.
		const name = nameOfNode(this.description.displayName);
		Object.assign(this.description, { displayName: name, defaults: { name } });
	}

	methods = { listSearch: listSearchMethods(...providers) };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCall(this);
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCrawls(this);
	}
}
