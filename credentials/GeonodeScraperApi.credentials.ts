import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class GeonodeScraperApi implements ICredentialType {
	name = 'geonodeScraperApi';

	displayName = 'Geonode Scraper API';

	icon: Icon = {
		light: 'file:../nodes/GeonodeCrawler/geonode.svg',
		dark: 'file:../nodes/GeonodeCrawler/geonode.dark.svg',
	};

	documentationUrl = 'https://docs.geonode.com';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The key of the Scraper API, from the Geonode dashboard',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://scraper.geonode.io',
			description: 'Change it only to reach the API through a proxy of your own',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-Api-Key': '={{$credentials.apiKey}}' } },
	};

	// The cheapest request that needs a key; Geonode's own n8n node tests its credential with it.
	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/v1/statistics' },
	};
}
