import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { baseUrlExpression, signWithKey } from '../nodes/shared/credentialInput';
import { answerRules } from '../nodes/shared/credentialTest';
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

	authenticate = signWithKey({
		field: 'workspaceSecret',
		label: 'Workspace Secret',
		header: 'Authorization',
		scheme: 'Bearer ',
	});

	// With a workspace ID, its crawls are asked for: that finds a wrong id or region, too.
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ (${JSON.stringify(REGION_BASE_URLS)})[$credentials.region] ?? ${baseUrlExpression('inBaseUrl')} }}`,
			url: '={{ $credentials.workspaceId.trim() ? "/workspaces/" + encodeURIComponent($credentials.workspaceId.trim()) + "/crawler/jobs?limit=1" : "/agents?limit=1" }}',
			disableFollowRedirect: true,
		},
		// The two requests have no field in common: agents come without an envelope as well.
		rules: answerRules([]),
	};
}
