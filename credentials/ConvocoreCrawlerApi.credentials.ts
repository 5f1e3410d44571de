import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

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
			description: 'The secret of the workspace, from its settings in Convocore',
		},
		{
			displayName: 'Workspace ID',
			name: 'workspaceId',
			type: 'string',
			default: '',
			description: 'Used wherever a node names no workspace of its own',
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
			description: 'Where the workspace was created; a secret is only known in its own region',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: REGION_BASE_URLS.eu,
			displayOptions: { show: { region: ['custom'] } },
			description: 'An address of your own, such as a proxy, including the version: …/v3',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.workspaceSecret}}' } },
	};

	// With a workspace ID, its crawls are asked for: that finds a wrong id or region, too.
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ (${JSON.stringify(REGION_BASE_URLS)})[$credentials.region] ?? $credentials.baseUrl }}`,
			url: '={{ $credentials.workspaceId ? "/workspaces/" + encodeURIComponent($credentials.workspaceId) + "/crawler/jobs?limit=1" : "/workspaces" }}',
		},
	};
}
