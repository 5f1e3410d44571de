import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { sign } from '../nodes/HighLevelCrawler/credential';

export class HighLevelPrivateIntegrationApi implements ICredentialType {
	name = 'highLevelPrivateIntegrationApi';

	displayName = 'HighLevel Private Integration API';

	icon: Icon = {
		light: 'file:../nodes/HighLevelCrawler/highLevel.svg',
		dark: 'file:../nodes/HighLevelCrawler/highLevel.dark.svg',
	};

	documentationUrl =
		'https://marketplace.gohighlevel.com/docs/Authorization/PrivateIntegrationsToken/';

	properties: INodeProperties[] = [
		{
			displayName: 'Private Integration Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'From Settings > Private Integrations of the sub-account, with the scopes knowledge-bases.readonly and knowledge-bases.write',
		},
		{
			displayName: 'Location ID',
			name: 'locationId',
			type: 'string',
			default: '',
			description:
				'The sub-account that the token belongs to. Used when a node does not set one, and needed to test the credential.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://services.leadconnectorhq.com',
			description: 'Change it only to reach the API through your own proxy',
		},
	];

	// A node of the provider has the test: it can say what is wrong.
	authenticate = sign;
}
