import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { sign } from '../nodes/GeonodeCrawler/credential';

export class GeonodeScraperApi implements ICredentialType {
	name = 'geonodeScraperApi';

	displayName = 'Geonode Scraper API';

	icon: Icon = {
		light: 'file:../nodes/GeonodeCrawler/geonode.svg',
		dark: 'file:../nodes/GeonodeCrawler/geonode.dark.svg',
	};

	documentationUrl = 'https://docs.geonode.com/docs/scraper-api/v1/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The key for the Scraper API, from the Geonode dashboard',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://scraper.geonode.io',
			description: 'Change it only to reach the API through your own proxy',
		},
	];

	// A node of the provider has the test: it can say what is wrong.
	authenticate = sign;
}
