import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class HighLevelCrawlerOAuth2Api implements ICredentialType {
	name = 'highLevelCrawlerOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'HighLevel Crawler OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/HighLevelCrawler/highLevel.svg',
		dark: 'file:../nodes/HighLevelCrawler/highLevel.dark.svg',
	};

	documentationUrl =
		'https://marketplace.gohighlevel.com/docs/ghl/knowledge-base/knowledge-base-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'options',
			options: [
				{
					name: 'Standard',
					value: 'https://marketplace.gohighlevel.com/v2/oauth/chooselocation',
				},
				{
					name: 'White-Label',
					value: 'https://marketplace.leadconnectorhq.com/v2/oauth/chooselocation',
				},
			],
			default: 'https://marketplace.gohighlevel.com/v2/oauth/chooselocation',
			required: true,
			description: 'Where to sign in. Choose one sub-account there, not the agency.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://services.leadconnectorhq.com',
			description: 'Change it only to reach the API through a proxy of your own',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{ $self["baseUrl"].replace(/\\/+$/, "") }}/oauth/token',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: 'knowledge-bases.readonly knowledge-bases.write',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
	];
}
