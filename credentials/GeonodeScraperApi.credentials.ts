import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { baseUrlExpression, signWithKey } from '../nodes/shared/credentialInput';
import { answerRules } from '../nodes/shared/credentialTest';

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

	authenticate = signWithKey({ field: 'apiKey', label: 'API Key', header: 'X-Api-Key' });

	// What the nodes need; its answer has a documented shape, by which it is told from others.
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ${baseUrlExpression('inPaths')} }}`,
			url: '/v1/crawl/jobs',
			qs: { page: 1, page_size: 1 },
			disableFollowRedirect: true,
		},
		rules: answerRules(['jobs']),
	};
}
