import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { AUTOMATIC, automaticProviderProperties } from '../providerFields';
import { providers } from '../providers';
import { WAIT_MODES, waitModeProperties } from '../shared/crawlWait/waitModes';
import { RESUME_WEBHOOKS } from '../shared/n8nEngine';
import { showFor } from '../shared/node/fields';
import { listSearchMethods } from '../shared/node/search';
import { waitOptionsProperty } from './options';
import { waitSubtitle } from './subtitle';
import { waitForInput } from './waitNode';
import { onResumeCall } from '../shared/crawlWait/durable/wake';

/**
 * None is required. With *Automatic*, those of providers whose crawls do not come here stay empty, and
 * n8n looks at the first description of a credential only, whatever its conditions
 * (core: `execution-engine/node-execution-context/node-execution-context.js`).
 */
const providerCredentials = providers.flatMap(({ id, credentials }) =>
	credentials.map(({ name, displayOptions }) => ({
		name,
		required: false,
		displayOptions: { ...displayOptions, show: { '/provider': [id, AUTOMATIC] } },
	})),
);

const jobProperties = providers.flatMap((provider) =>
	showFor(provider.jobProperties, { provider: [provider.id] }),
);

/** n8n's editor shows no hint whose condition cannot be evaluated, as where there is no input yet. */
const isOtherProvider = `={{ $parameter.provider !== '${AUTOMATIC}' && $json.provider !== $parameter.provider && ${JSON.stringify(
	providers.map(({ id }) => id),
)}.includes($json.provider) }}`;

export class WaitUntilCrawlDone implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wait Until Crawl Done',
		name: 'waitUntilCrawlDone',
		icon: { light: 'file:wait.svg', dark: 'file:wait.dark.svg' },
		group: ['organization'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: waitSubtitle,
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
		webhooks: RESUME_WEBHOOKS,
		outputNames: ['Success', 'Failed', 'Cancelled', 'Still Running'],
		credentials: [...providerCredentials],
		hints: [
			{
				message: "The input is a crawl of another service: set 'Provider' to Automatic",
				type: 'warning',
				location: 'inputPane',
				whenToDisplay: 'beforeExecution',
				displayCondition: isOtherProvider,
			},
		],
		properties: [
			...automaticProviderProperties,
			...jobProperties,
			...waitModeProperties(WAIT_MODES),
			waitOptionsProperty,
		],
	};

	methods = { listSearch: listSearchMethods(...providers) };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await waitForInput(this);
	}

	/** Called with the resume address of an execution that is parked in this node. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await onResumeCall(this);
	}
}
