import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class PathorsDeveloperApi implements ICredentialType {
	name = 'pathorsDeveloperApi';

	displayName = 'Pathors Developer API';

	icon: Icon = {
		light: 'file:../nodes/PathorsCrawler/pathors.svg',
		dark: 'file:../nodes/PathorsCrawler/pathors.dark.svg',
	};

	documentationUrl = 'https://docs.pathors.com';

	properties: INodeProperties[] = [
		{
			displayName: 'Developer Key',
			name: 'developerKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'dk_...',
			description:
				'From Settings → Developer Keys in Pathors, where it is shown once. Older keys, which start with sk_ or buzz_live_, no longer work.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.pathors.com',
			description: 'Change it only to reach the API through a proxy of your own',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.developerKey}}' } },
	};

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/v1/projects' },
	};
}
