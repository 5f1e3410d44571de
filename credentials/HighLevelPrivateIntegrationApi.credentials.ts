import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class HighLevelPrivateIntegrationApi implements ICredentialType {
	name = 'highLevelPrivateIntegrationApi';

	displayName = 'HighLevel Private Integration API';

	icon: Icon = {
		light: 'file:../nodes/HighLevelCrawler/highLevel.svg',
		dark: 'file:../nodes/HighLevelCrawler/highLevel.dark.svg',
	};

	documentationUrl =
		'https://marketplace.gohighlevel.com/docs/ghl/knowledge-base/knowledge-base-api';

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
				'The sub-account that the token belongs to, used where a node does not name one. Its test needs it too.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://services.leadconnectorhq.com',
			description: 'Change it only to reach the API through a proxy of your own',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	};

	// A token tells nothing of itself, so this needs the sub-account and the scope to read.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/knowledge-bases/',
			headers: { Version: '2021-04-15' },
			qs: { locationId: '={{$credentials.locationId}}', limit: 1 },
		},
		rules: [
			{
				type: 'responseCode',
				properties: { value: 400, message: 'Fill in the Location ID of the sub-account' },
			},
			{
				type: 'responseCode',
				properties: { value: 403, message: 'The token does not belong to this Location ID' },
			},
			{
				type: 'responseCode',
				properties: { value: 422, message: 'Fill in the Location ID of the sub-account' },
			},
		],
	};
}
