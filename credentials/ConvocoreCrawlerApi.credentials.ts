import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { sign } from '../nodes/ConvocoreCrawler/credential';
import { REGION_BASE_URLS } from '../nodes/ConvocoreCrawler/regions';

export class ConvocoreCrawlerApi implements ICredentialType {
	name = 'convocoreCrawlerApi';

	displayName = 'Convocore Crawler API';

	icon: Icon = {
		light: 'file:../nodes/ConvocoreCrawler/convocore.svg',
		dark: 'file:../nodes/ConvocoreCrawler/convocore.dark.svg',
	};

	documentationUrl = 'https://docs.convocore.ai';

	properties: INodeProperties[] = [
		{
			displayName: 'Workspace Secret',
			name: 'workspaceSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The secret of the workspace, from the workspace settings in Convocore',
		},
		{
			displayName: 'Workspace ID',
			name: 'workspaceId',
			type: 'string',
			default: '',
			description: 'Used when a node does not choose a workspace',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Europe', value: 'eu' },
				{ name: 'North America', value: 'na' },
				{ name: 'Custom', value: 'custom' },
			],
			default: 'eu',
			description: 'Where the workspace was created. A secret is only valid in its own region.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: REGION_BASE_URLS.eu,
			displayOptions: { show: { region: ['custom'] } },
			description:
				'The address of your own proxy, including the version, such as https://proxy.example.com/v3',
		},
	];

	// A node of the provider has the test: it can say what is wrong.
	authenticate = sign;
}
