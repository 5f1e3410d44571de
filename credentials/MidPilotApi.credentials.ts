import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { sign } from '../nodes/MidPilotScraper/credential';

export class MidPilotApi implements ICredentialType {
	name = 'midPilotApi';

	displayName = 'midPilot API';

	icon: Icon = {
		light: 'file:../nodes/MidPilotScraper/midPilot.svg',
		dark: 'file:../nodes/MidPilotScraper/midPilot.dark.svg',
	};

	documentationUrl = 'https://docs.evolveum.com/midpoint/projects/midpilot/';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'http://localhost:8090',
			description: 'The address of your midPilot connector generator, without /api/v1',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-API-Key',
			description: 'The header that holds the key. Only for servers that require one.',
		},
		{
			displayName: 'Header Value',
			name: 'headerValue',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The key itself. Only for servers that require one.',
		},
	];

	// A node of the provider has the test: it can say what is wrong.
	authenticate = sign;
}
